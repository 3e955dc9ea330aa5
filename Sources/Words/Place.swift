/// A place of a pattern, `{0}`, or the words between two.
enum Place: Equatable {
  case text(String)
  case place(Int)

  /// Braces that hold no number are words.
  static func parts(of pattern: String) -> [Place] {
    var parts: [Place] = []
    let bytes = pattern.utf8
    var words = bytes.startIndex
    var rest = words
    // By bytes: sentences are filled for each origin and endpoint of a log.
    while let brace = bytes[rest...].firstIndex(of: UInt8(ascii: "{")) {
      rest = bytes.index(after: brace)
      guard let end = bytes[rest...].firstIndex(where: { $0 &- 48 >= 10 }), bytes[end] == UInt8(ascii: "}"),
        let number = Int(pattern[rest..<end])
      else { continue }
      if words < brace { parts.append(.text(String(pattern[words..<brace]))) }
      parts.append(.place(number))
      rest = bytes.index(after: end)
      words = rest
    }
    if words < bytes.endIndex { parts.append(.text(String(pattern[words...]))) }
    return parts
  }
}
