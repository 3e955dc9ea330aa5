/// Sources whose answers are not, or need not be, those that browsers got, as rows of `meta`: JSON arrays of their ids.
enum Doubts {
  /// All of them.
  static let any = "doubted"
  /// Those that contradict themselves.
  static let contradicted = "contradicted"

  /// SQL for whether a source is among them; DuckDB, which writes `IN` anew before it hands a view to SQLite, leaves `EXISTS` as it is.
  static func holds(_ source: String, _ key: String = any) -> String {
    "EXISTS (SELECT 1 FROM json_each((SELECT value FROM meta WHERE key = '\(key)')) d WHERE d.value = \(source))"
  }

  /// SQL for a source's blind spots, with what its own lines and others' have shown since.
  static let blindSpots = """
    CASE WHEN \(holds("source.id", contradicted)) THEN json_insert(coalesce(blind_spots, '[]'), '$[#]', '\(sentence)')
      ELSE blind_spots END
    """

  private static let sentence = """
    Requests came though this log shows their preflights refused: a proxy in front answers browsers, and its log tells what \
    they got.
    """
}
