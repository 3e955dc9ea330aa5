import Scanning

/// A number for the line of script, or the element, that began a request: equal where that is.
enum InitiatorHash {
  /// Of an `_initiator` object, `nil` where it names no place.
  static func read(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor) throws(JSONError) -> Int? {
    var hash: UInt64 = 1
    var hasPlace = false
    try members(bytes, &cursor, &hash, &hasPlace)
    return hasPlace ? Int(truncatingIfNeeded: hash) : nil
  }

  static func of(_ bytes: Span<UInt8>, _ string: JSONString) -> Int {
    Int(truncatingIfNeeded: ContentHash.of(bytes, range(string)))
  }

  static func mixed(_ initiator: Int, _ place: String) -> Int {
    let bytes = place.utf8.span
    return Int(
      truncatingIfNeeded: ContentHash.of(bytes, 0..<bytes.count, seed: UInt64(bitPattern: Int64(initiator))))
  }

  /// What is hashed stays within the prefix that every reading of a long string shares.
  private static func range(_ string: JSONString) -> Range<Int> {
    string.start..<min(string.end, string.start + ElidedString.limit / 2)
  }

  private static func members(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ hash: inout UInt64, _ hasPlace: inout Bool
  ) throws(JSONError) {
    cursor.at += 1
    while let key = try cursor.key(bytes) {
      let first = try cursor.next(bytes)
      if key.spells("stack", bytes), first == UInt8(ascii: "{") {
        try stack(bytes, &cursor, &hash, &hasPlace)
        continue
      }
      let isPlace =
        key.spells("url", bytes) || key.spells("lineNumber", bytes) || key.spells("columnNumber", bytes)
      guard isPlace || key.spells("type", bytes) else {
        try cursor.skipValue(bytes)
        continue
      }
      let start = cursor.at
      if first == UInt8(ascii: "\"") {
        let text = try cursor.string(bytes)
        hash = ContentHash.of(bytes, range(text), seed: hash &+ UInt64(key.count))
      } else {
        try cursor.skipValue(bytes)
        hash = ContentHash.of(bytes, start..<cursor.at, seed: hash &+ UInt64(key.count))
      }
      if isPlace { hasPlace = true }
    }
  }

  /// The first frame of `stack.callFrames`; parents are other lines.
  private static func stack(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ hash: inout UInt64, _ hasPlace: inout Bool
  ) throws(JSONError) {
    cursor.at += 1
    while let key = try cursor.key(bytes) {
      guard key.spells("callFrames", bytes), try cursor.next(bytes) == UInt8(ascii: "[") else {
        try cursor.skipValue(bytes)
        continue
      }
      cursor.at += 1
      var isFirst = true
      while try cursor.element(bytes) {
        if isFirst, try cursor.next(bytes) == UInt8(ascii: "{") {
          try frame(bytes, &cursor, &hash, &hasPlace)
        } else {
          try cursor.skipValue(bytes)
        }
        isFirst = false
      }
    }
  }

  private static func frame(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ hash: inout UInt64, _ hasPlace: inout Bool
  ) throws(JSONError) {
    cursor.at += 1
    while let key = try cursor.key(bytes) {
      let first = try cursor.next(bytes)
      let start = cursor.at
      let isPlace =
        key.spells("url", bytes) || key.spells("lineNumber", bytes) || key.spells("columnNumber", bytes)
      if isPlace, first == UInt8(ascii: "\"") {
        let text = try cursor.string(bytes)
        hash = ContentHash.of(bytes, range(text), seed: hash &+ UInt64(key.count))
        hasPlace = true
      } else {
        try cursor.skipValue(bytes)
        if isPlace { hash = ContentHash.of(bytes, start..<cursor.at, seed: hash &+ UInt64(key.count)) }
      }
    }
  }
}
