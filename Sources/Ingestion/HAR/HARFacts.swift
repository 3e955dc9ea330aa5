import Scanning

/// What a HAR says of itself: who wrote it, and its pages.
struct HARFacts {
  struct Page {
    var id: String?
    var title: String?
    /// It has a `request`: an entry, met among the pages of a damaged file.
    var isEntry = false
  }

  /// `name` and `version`, of `creator` or `browser`.
  static func identity(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(JSONError) -> (name: String, version: String) {
    var name: String?
    var version: String?
    while let key = try cursor.key(bytes) {
      if key.spells("name", bytes) {
        name = try HARValue.text(bytes, &cursor)
      } else if key.spells("version", bytes) {
        version = try HARValue.text(bytes, &cursor)
      } else {
        try cursor.skipValue(bytes)
      }
    }
    return (name ?? "", version ?? "")
  }

  static func page(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor) throws(JSONError) -> Page {
    var page = Page()
    while let key = try cursor.key(bytes) {
      if key.spells("id", bytes) {
        page.id = try HARValue.text(bytes, &cursor)
      } else if key.spells("title", bytes) {
        page.title = try HARValue.text(bytes, &cursor)
      } else {
        if key.spells("request", bytes) { page.isEntry = true }
        try cursor.skipValue(bytes)
      }
    }
    return page
  }
}
