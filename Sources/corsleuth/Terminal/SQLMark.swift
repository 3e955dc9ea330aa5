import Report

/// A statement's line with the place marked where SQLite stopped.
enum SQLMark {
  /// - Parameter offset: In bytes of UTF-8.
  static func show(_ statement: String, at offset: Int) -> String {
    let lines = statement.split(separator: "\n", omittingEmptySubsequences: false)
    let before = String(decoding: statement.utf8.prefix(offset), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = before.last, before.count <= lines.count else { return VisibleText.escaped(statement) }
    // A tab stays one, so that the mark stands below its place however wide the terminal makes it.
    let margin = String(visible(start).map { $0 == "\t" ? "\t" : " " })
    return "in line \(before.count):\n  \(visible(lines[before.count - 1]))\n  \(margin)^"
  }

  /// A file's statement may hold what a terminal obeys.
  private static func visible(_ line: Substring) -> String {
    line.split(separator: "\t", omittingEmptySubsequences: false).map(VisibleText.escaped).joined(separator: "\t")
  }
}
