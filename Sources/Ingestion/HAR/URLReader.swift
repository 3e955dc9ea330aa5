import Fetch

/// Parses targets, and remembers the authorities it has met: a recording asks few hosts many times.
struct URLReader {
  private var authorities: [String: URLRecord] = [:]
  private static let authorityLimit = 4096

  /// The target without its fragment, and what the URL standard's parser makes of it.
  mutating func read(_ text: String) -> (url: String, record: URLRecord?) {
    let url = String(text.prefixBeforeFragment())
    guard let end = URLReader.authorityEnd(url) else { return (url, URLRecord(url)) }
    let prefix = String(url[..<end])
    let rest = url[end...]
    // Dot segments and stray bytes are the full parser's business.
    guard !rest.utf8.contains(where: { $0 <= 0x20 || $0 == 0x5C }), !rest.contains("/.") else {
      return (url, URLRecord(url))
    }
    let base: URLRecord
    if let known = authorities[prefix] {
      base = known
    } else {
      guard let parsed = URLRecord(prefix) else { return (url, nil) }
      if authorities.count >= URLReader.authorityLimit { authorities.removeAll(keepingCapacity: true) }
      authorities[prefix] = parsed
      base = parsed
    }
    var record = base
    if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
      record.path = mark == rest.startIndex ? "/" : String(rest[..<mark])
      record.query = String(rest[rest.utf8.index(after: mark)...])
    } else {
      record.path = rest.isEmpty ? "/" : String(rest)
    }
    return (url, record)
  }

  /// Where `http://host:port` ends; `nil` for any other shape.
  private static func authorityEnd(_ url: String) -> String.Index? {
    guard url.hasPrefix("https://") || url.hasPrefix("http://") else { return nil }
    let utf8 = url.utf8
    guard let start = utf8.firstIndex(of: UInt8(ascii: ":")).map({ utf8.index($0, offsetBy: 3) }) else { return nil }
    let end = utf8[start...].firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x5C } ?? utf8.endIndex
    return end == start ? nil : end
  }
}
