/// Whether and how text is coloured: a value that the caller decides about, from the terminal and `NO_COLOR`.
package struct Style: Sendable {
  package let usesColor: Bool

  package init(usesColor: Bool) { self.usesColor = usesColor }

  package static let plain = Style(usesColor: false)
  package static let ansi = Style(usesColor: true)

  enum Role: String {
    case heading = "1"
    case blocked = "31"
    case allowed = "32"
    case decided = "1;33"
    case quiet = "2"
    case key = "36"
  }

  func callAsFunction(_ role: Role, _ text: String) -> String {
    usesColor && !text.isEmpty ? "\u{1B}[\(role.rawValue)m\(text)\u{1B}[0m" : text
  }
}
