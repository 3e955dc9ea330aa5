/// Something said to people: an English pattern, and what stands in its places.
///
/// Written as a string literal, in which each interpolation is a place: `"On \(server), answer \(method)"` has the pattern
/// `On {0}, answer {1}`, by which the catalogue finds the other languages. A message in a place is said in the same language
/// as the whole; a text stays as it is.
package struct Message: Hashable, Sendable {
  package enum Argument: Hashable, Sendable {
    case text(String)
    case message(Message)
  }

  package let pattern: String
  package let arguments: [Argument]

  fileprivate init(pattern: String, arguments: [Argument]) {
    self.pattern = pattern
    self.arguments = arguments
  }

  /// A sentence that was kept in English, and is said in another language where the catalogue has it whole.
  package init(kept sentence: String) { self.init(pattern: sentence, arguments: []) }

  /// A count with its noun, `1 client` or `3 clients`: the catalogue holds both.
  package init(count: String, _ noun: String) {
    self.init(pattern: "{0} \(noun)\(count == "1" ? "" : "s")", arguments: [.text(count)])
  }

  /// In English: as keys, SQL and machines have it.
  package var english: String { Language.english(self) }

  package var isEmpty: Bool { pattern.isEmpty }

  func filling(_ pattern: String, in language: Language) -> String {
    guard !arguments.isEmpty else { return pattern }
    var text = ""
    for part in Place.parts(of: pattern) {
      switch part {
      case .text(let words): text += words
      case .place(let number) where arguments.indices.contains(number):
        switch arguments[number] {
        case .text(let value): text += value
        case .message(let message): text += language(message)
        }
      case .place: break
      }
    }
    return text
  }
}

extension Message: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self.init(pattern: value, arguments: []) }

  package init(stringInterpolation: StringInterpolation) {
    self.init(pattern: stringInterpolation.pattern, arguments: stringInterpolation.arguments)
  }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var pattern = ""
    fileprivate var arguments: [Argument] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      arguments.reserveCapacity(interpolationCount)
    }

    package mutating func appendLiteral(_ literal: String) { pattern += literal }

    package mutating func appendInterpolation(_ message: Message) { append(.message(message)) }

    package mutating func appendInterpolation(_ text: some StringProtocol) { append(.text(String(text))) }

    package mutating func appendInterpolation(_ number: Int) { append(.text(String(number))) }

    private mutating func append(_ argument: Argument) {
      pattern += "{\(arguments.count)}"
      arguments.append(argument)
    }
  }
}

extension [Message] {
  /// One after the other; the separator is punctuation, and the same in every language.
  package func joined(separator: String = "") -> Message {
    let places = indices.map { "{\($0)}" }.joined(separator: separator)
    return Message(pattern: places, arguments: map { .message($0) })
  }
}
