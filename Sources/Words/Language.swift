/// A language that people are told things in; keys, header names and configurations are in none.
package enum Language: String, CaseIterable, Sendable {
  case english = "en"
  case korean = "ko"

  /// The language of a POSIX locale: `ko_KR.UTF-8`, `ko`, `C`; English where it is none of ours.
  package init(locale: String) {
    let name = locale.prefix { $0 != "_" && $0 != "." && $0 != "@" && $0 != "-" }
    self = Language(rawValue: name.lowercased()) ?? .english
  }

  /// The message in this language; in English where the catalogue lacks it.
  package func callAsFunction(_ message: Message) -> String {
    let pattern = self == .english ? message.pattern : translation(of: message.pattern) ?? message.pattern
    return message.filling(pattern, in: self)
  }

  /// What the catalogue says for an English pattern.
  package func translation(of pattern: String) -> String? {
    switch self {
    case .english: pattern
    case .korean: Catalogue.korean[pattern]
    }
  }
}
