import Fetch
import Scanning

/// Parses targets, and remembers the authorities it has met: a recording asks few hosts many times.
struct URLReader {
  private var authorities = TextCache(bits: 8)
  private var records: [URLRecord?]

  init() { records = Array(repeating: nil, count: authorities.capacity) }

  /// The target without its fragment, and what the URL standard's parser makes of it.
  mutating func read(_ text: String) -> (url: String, record: URLRecord?) {
    let bytes = text.utf8.span
    guard let parts = Parts(bytes) else {
      let url = String(text.prefixBeforeFragment())
      return (url, URLRecord(url))
    }
    let url = parts.end == bytes.count ? text : URLReader.string(bytes, 0..<parts.end)
    let (authority, place, isNew) = authorities.text(bytes, 0..<parts.authorityEnd)
    if isNew { records[place] = URLRecord(authority) }
    guard var record = records[place] else { return (url, nil) }
    record.path =
      parts.pathEnd == parts.authorityEnd ? "/" : URLReader.string(bytes, parts.authorityEnd..<parts.pathEnd)
    if parts.pathEnd < parts.end { record.query = URLReader.string(bytes, parts.pathEnd + 1..<parts.end) }
    return (url, record)
  }

  private static func string(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    bytes.extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }

  /// Where the parts of a plain `http://host/path?query#fragment` end; `nil` for what only the full parser understands.
  private struct Parts {
    var authorityEnd: Int
    var pathEnd: Int
    /// Before the fragment.
    var end: Int

    init?(_ bytes: Span<UInt8>) {
      guard bytes.count > 8, Parts.starts(bytes, "http"), let start = Parts.authorityStart(bytes) else { return nil }
      var at = start
      while at < bytes.count, !Parts.endsAuthority(bytes[at]) { at += 1 }
      guard at > start else { return nil }
      authorityEnd = at
      var previous: UInt8 = 0
      while at < bytes.count, bytes[at] != UInt8(ascii: "?"), bytes[at] != UInt8(ascii: "#") {
        let byte = bytes[at]
        // Dot segments, backslashes and stray bytes.
        if byte <= 0x20 || byte == 0x5C || byte == UInt8(ascii: ".") && previous == UInt8(ascii: "/") { return nil }
        previous = byte
        at += 1
      }
      pathEnd = at
      while at < bytes.count, bytes[at] != UInt8(ascii: "#") {
        if bytes[at] <= 0x20 { return nil }
        at += 1
      }
      end = at
    }

    private static func endsAuthority(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") || byte == 0x5C
        || byte <= 0x20
    }

    private static func authorityStart(_ bytes: Span<UInt8>) -> Int? {
      let colon = bytes[4] == UInt8(ascii: "s") ? 5 : 4
      guard bytes[colon] == UInt8(ascii: ":"), bytes[colon + 1] == UInt8(ascii: "/"),
        bytes[colon + 2] == UInt8(ascii: "/")
      else { return nil }
      return colon + 3
    }

    private static func starts(_ bytes: Span<UInt8>, _ text: StaticString) -> Bool {
      for index in 0..<text.utf8CodeUnitCount where bytes[index] != text.utf8Start[index] { return false }
      return true
    }
  }
}
