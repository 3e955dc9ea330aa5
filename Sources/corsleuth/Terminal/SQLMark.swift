/// A statement's line with the place marked where SQLite stopped.
enum SQLMark {
  /// - Parameter offset: In bytes of UTF-8.
  static func show(_ statement: String, at offset: Int) -> String {
    let lines = statement.split(separator: "\n", omittingEmptySubsequences: false)
    let before = String(decoding: statement.utf8.prefix(offset), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = before.last, before.count <= lines.count else { return statement }
    // A tab stays one, so that the mark stands below its place however wide the terminal makes it.
    let margin = String(start.map { $0 == "\t" ? "\t" : " " })
    return "in line \(before.count):\n  \(lines[before.count - 1])\n  \(margin)^"
  }
}
