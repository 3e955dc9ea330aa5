import Scanning

/// Values of members, whatever type an exporter gave them.
enum HARValue {
  /// A string, or a number as its characters; `nil` for anything else.
  static func text(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ isBadUTF8: inout Bool
  ) throws(JSONError) -> String? {
    let first = try cursor.next(bytes)
    if first == UInt8(ascii: "\"") {
      let string = try cursor.string(bytes)
      let (text, isValid) = JSONText.decode(bytes, HeaderReader.limited(string, bytes))
      if !isValid { isBadUTF8 = true }
      return text
    }
    let start = cursor.at
    try cursor.skipValue(bytes)
    guard first == UInt8(ascii: "-") || first &- 0x30 < 10 else { return nil }
    return bytes.extracting(start..<cursor.at).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }

  static func text(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor) throws(JSONError) -> String? {
    var ignored = false
    return try text(bytes, &cursor, &ignored)
  }

  /// A number, or a string that spells one.
  static func number(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor) throws(JSONError) -> Double? {
    if try cursor.next(bytes) == UInt8(ascii: "\"") {
      let string = try cursor.string(bytes)
      return JSONScalar.number(bytes, string.start..<string.end)
    }
    let start = cursor.at
    try cursor.skipValue(bytes)
    return JSONScalar.number(bytes, start..<cursor.at)
  }

  /// Whether the value is neither missing nor empty: `true`, `"memory"`, `1`.
  static func isTrue(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor) throws(JSONError) -> Bool {
    switch try cursor.next(bytes) {
    case UInt8(ascii: "\""):
      let text = try cursor.string(bytes)
      return text.count > 0 && !text.spells("false", bytes)
    case UInt8(ascii: "n"), UInt8(ascii: "f"), UInt8(ascii: "0"):
      try cursor.skipValue(bytes)
      return false
    default:
      try cursor.skipValue(bytes)
      return true
    }
  }

  /// What a member that marks failure holds; an object's first text stands for it.
  static func mark(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor) throws(JSONError) -> HAREntry.Mark {
    switch try cursor.next(bytes) {
    case UInt8(ascii: "n"), UInt8(ascii: "f"):
      try cursor.skipValue(bytes)
      return .null
    case UInt8(ascii: "{"):
      cursor.at += 1
      var words: String?
      while try cursor.key(bytes) != nil {
        let text = try text(bytes, &cursor)
        words = words ?? text
      }
      return .text(words ?? "error")
    default: return .text(try text(bytes, &cursor) ?? "error")
    }
  }

  /// Whether this is a list, or the object that IE writes for one, with something in it.
  static func isFilledList(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor) throws(JSONError) -> Bool {
    let first = try cursor.next(bytes)
    guard first == UInt8(ascii: "[") || first == UInt8(ascii: "{") else {
      try cursor.skipValue(bytes)
      return false
    }
    var inside = cursor
    inside.at += 1
    let second = try inside.next(bytes)
    try cursor.skipValue(bytes)
    return second != UInt8(ascii: "]") && second != UInt8(ascii: "}")
  }

  static func isZero(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor) throws(JSONError) -> Bool {
    let isZero = try cursor.next(bytes) == UInt8(ascii: "0")
    let start = cursor.at
    try cursor.skipValue(bytes)
    return isZero && cursor.at - start == 1
  }

  /// Whether an object `content` has a size.
  static func hasSize(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor) throws(JSONError) -> Bool {
    guard try cursor.next(bytes) == UInt8(ascii: "{") else {
      try cursor.skipValue(bytes)
      return false
    }
    cursor.at += 1
    var hasSize = false
    while let key = try cursor.key(bytes) {
      if key.spells("size", bytes) {
        hasSize = try !isZero(bytes, &cursor)
      } else {
        try cursor.skipValue(bytes)
      }
    }
    return hasSize
  }

  /// `requestId` in a JSON object written as a string.
  static func requestID(in text: String) -> String? {
    let bytes = text.utf8.span
    var cursor = JSONCursor()
    do throws(JSONError) {
      try cursor.expect(UInt8(ascii: "{"), bytes)
      while let key = try cursor.key(bytes) {
        if key.spells("requestId", bytes) { return try HARValue.text(bytes, &cursor) }
        try cursor.skipValue(bytes)
      }
    } catch {
      return nil
    }
    return nil
  }
}
