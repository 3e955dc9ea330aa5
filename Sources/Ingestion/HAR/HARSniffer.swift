import Scanning

/// Tells from an input's first bytes whether it is a HAR, or what goes round as one.
package enum HARSniffer {
  /// What an input's beginning looks like, and by what it was told.
  package enum Verdict: Equatable, Sendable {
    /// Feed it to `HARReader`.
    case har(because: String)
    /// JSON, whose beginning shows nothing of a HAR: a log of JSON lines, perhaps.
    case otherJSON
    case notJSON
  }

  /// How many of the first bytes suffice for any exporter that is known.
  package static let prefixLength = 65_536

  /// Looks at the first bytes of the decompressed input: all of a shorter one.
  package static func look(at prefix: Span<UInt8>) -> Verdict {
    var transcoder = UTF16Transcoder()
    if let text = transcoder.transcode(prefix), !text.isEmpty { return look(atUTF8: text.span) }
    return look(atUTF8: prefix)
  }

  private static func look(atUTF8 bytes: Span<UInt8>) -> Verdict {
    guard let start = jsonStart(bytes) else { return .notJSON }
    var cursor = JSONCursor(at: start)
    do throws(JSONError) {
      while bytes[cursor.at] == UInt8(ascii: "[") {
        cursor.at += 1
        let first = try cursor.next(bytes)
        if first == UInt8(ascii: "]") { return .otherJSON }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
          // Lines of text may begin like a list, `[12/Mar/2025:10:15:32 +0000]`, and do not go on like one.
          try cursor.skipValue(bytes)
          let mark = try cursor.next(bytes)
          return mark == UInt8(ascii: ",") || mark == UInt8(ascii: "]") ? .otherJSON : .notJSON
        }
      }
      cursor.at += 1
      while let key = try cursor.key(bytes) {
        if let reason = reason(key, try cursor.next(bytes), bytes) { return .har(because: reason) }
        try cursor.skipValue(bytes)
      }
    } catch {
      // The prefix ended inside a value that shows nothing, or the text is broken.
      return error.kind == .endOfInput || error.at > start + 1 ? .otherJSON : .notJSON
    }
    return .otherJSON
  }

  /// The first bracket, behind a byte order mark, whitespace, or the name of a JSONP function.
  private static func jsonStart(_ bytes: Span<UInt8>) -> Int? {
    var at = 0
    var isInName = false
    if bytes.count > 2, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { at = 3 }
    while at < min(bytes.count, 512) {
      switch bytes[at] {
      case UInt8(ascii: "{"): return at
      case UInt8(ascii: "["): return isInName ? nil : at
      case 0...0x20: break
      case UInt8(ascii: "("):
        isInName = false
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"),
        UInt8(ascii: "$"), UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "="):
        isInName = true
      default: return nil
      }
      if bytes[at] == UInt8(ascii: "("), at + 1 < bytes.count, bytes[at + 1] > 0x20, bytes[at + 1] != UInt8(ascii: "{"),
        bytes[at + 1] != UInt8(ascii: "[")
      {
        return nil
      }
      at += 1
    }
    return nil
  }

  private static func reason(_ key: JSONString, _ value: UInt8, _ bytes: Span<UInt8>) -> String? {
    let isObject = value == UInt8(ascii: "{")
    if key.spells("log", bytes), isObject { return "it has a log" }
    if key.spells("entries", bytes), value == UInt8(ascii: "[") { return "it has a list of entries" }
    if key.spells("request", bytes), isObject { return "it begins with an entry's request" }
    if key.spells("startedDateTime", bytes) { return "it begins with an entry" }
    if key.spells("snapshot", bytes), isObject { return "it begins with a Playwright snapshot" }
    if key.spells("type", bytes), value == UInt8(ascii: "\""), isTraceLine(key, bytes) {
      return "it is a Playwright trace"
    }
    if key.spells("creator", bytes), isObject { return "it names a creator" }
    return nil
  }

  /// Whether the value of `type` is one that a Playwright trace begins with.
  private static func isTraceLine(_ key: JSONString, _ bytes: Span<UInt8>) -> Bool {
    var cursor = JSONCursor(at: key.end + 1)
    guard (try? cursor.expect(UInt8(ascii: ":"), bytes)) != nil, let type = try? cursor.string(bytes) else {
      return false
    }
    return type.spells("context-options", bytes) || type.spells("resource-snapshot", bytes)
  }
}
