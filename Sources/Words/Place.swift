/// A place of a pattern, `{0}`, or the words between two.
enum Place: Equatable {
  case text(String)
  case place(Int)

  /// Braces that hold no number are words.
  static func parts(of pattern: String) -> [Place] {
    var parts: [Place] = []
    var words = ""
    var rest = pattern[...]
    while let brace = rest.firstIndex(of: "{") {
      words += rest[..<brace]
      let digits = rest[brace...].dropFirst().prefix { $0.isASCII && $0.isWholeNumber }
      let end = digits.endIndex
      if let number = Int(digits), end < rest.endIndex, rest[end] == "}" {
        if !words.isEmpty { parts.append(.text(words)) }
        words = ""
        parts.append(.place(number))
        rest = rest[end...].dropFirst()
      } else {
        words += "{"
        rest = rest[brace...].dropFirst()
      }
    }
    words += rest
    if !words.isEmpty { parts.append(.text(words)) }
    return parts
  }
}
