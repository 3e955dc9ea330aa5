/// A place in a JSON text (RFC 8259).
///
/// The bytes are passed to each call, so that it runs on any memory and holds none.
/// It allocates nothing and does not recurse. Lenient where exporters are: `NaN` and `Infinity`, commas before a closing bracket,
/// control characters in strings.
@usableFromInline
package struct JSONCursor: Sendable {
  /// How deep values may nest.
  @inlinable
  package static var depthLimit: Int { 512 }

  @usableFromInline
  package var at: Int
  /// The longest string that `skipValue` has passed over, without its quotes.
  @usableFromInline
  package var longestSkipped = 0..<0

  @inlinable @inline(__always)
  package init(at: Int = 0) { self.at = at }

  /// The next byte that is no whitespace, not passed over; `nil` at the end.
  @inlinable @inline(__always)
  package mutating func peek(_ bytes: Span<UInt8>) -> UInt8? {
    let raw = bytes.bytes
    let count = bytes.count
    while at < count {
      let byte = raw.unsafeLoad(fromUncheckedByteOffset: at, as: UInt8.self)
      if byte > 0x20 { return byte }
      at &+= 1
      // Indentation comes in runs.
      while at &+ 8 <= count, Words.load(raw, at) == 0x2020_2020_2020_2020 { at &+= 8 }
    }
    return nil
  }

  @inlinable @inline(__always)
  package mutating func next(_ bytes: Span<UInt8>) throws(JSONError) -> UInt8 {
    guard let byte = peek(bytes) else { throw JSONError(.endOfInput, at: at) }
    return byte
  }

  /// Passes over this byte.
  @inlinable @inline(__always)
  package mutating func expect(_ byte: UInt8, _ bytes: Span<UInt8>) throws(JSONError) {
    guard try next(bytes) == byte else { throw JSONError(.unexpectedByte, at: at) }
    at &+= 1
  }

  /// Passes over a string and says where its contents lie.
  @inlinable @inline(__always)
  package mutating func string(_ bytes: Span<UInt8>) throws(JSONError) -> JSONString {
    try expect(0x22, bytes)
    let start = at
    var high: UInt64 = 0
    var hasEscapes = false
    while true {
      at = Words.quoteOrBackslash(bytes, from: at, highBits: &high)
      guard at < bytes.count else { throw JSONError(.endOfInput, at: at) }
      if bytes.bytes.unsafeLoad(fromUncheckedByteOffset: at, as: UInt8.self) == 0x22 {
        at &+= 1
        return JSONString(
          start: start, end: at &- 1, hasEscapes: hasEscapes, isASCII: high & 0x8080_8080_8080_8080 == 0)
      }
      hasEscapes = true
      at &+= 2
    }
  }

  /// Passes over `{` or `[`.
  @inlinable @inline(__always)
  package mutating func open(_ bracket: UInt8, _ bytes: Span<UInt8>) throws(JSONError) { try expect(bracket, bytes) }

  /// The next member's name, its colon passed over; `nil` once the closing brace has been passed.
  @inlinable @inline(__always)
  package mutating func key(_ bytes: Span<UInt8>) throws(JSONError) -> JSONString? {
    var byte = try next(bytes)
    if byte == 0x2C {
      at &+= 1
      byte = try next(bytes)
    } else if byte != 0x7D, !isFirst(0x7B, bytes) {
      throw JSONError(.unexpectedByte, at: at)
    }
    if byte == 0x7D {
      at &+= 1
      return nil
    }
    let key = try string(bytes)
    try expect(0x3A, bytes)
    return key
  }

  /// Whether another element follows, its comma passed over; `false` once the closing bracket has been passed.
  @inlinable @inline(__always)
  package mutating func element(_ bytes: Span<UInt8>) throws(JSONError) -> Bool {
    var byte = try next(bytes)
    if byte == 0x2C {
      at &+= 1
      byte = try next(bytes)
    } else if byte != 0x5D, !isFirst(0x5B, bytes) {
      throw JSONError(.unexpectedByte, at: at)
    }
    if byte == 0x5D {
      at &+= 1
      return false
    }
    return true
  }

  /// Whether nothing but whitespace lies between here and the opening bracket, a comma, or the beginning of what is seen.
  @inlinable
  func isFirst(_ bracket: UInt8, _ bytes: Span<UInt8>) -> Bool {
    var before = at &- 1
    while before >= 0, bytes[before] <= 0x20 { before &-= 1 }
    return before < 0 || bytes[before] == bracket || bytes[before] == 0x2C
  }

  /// Passes over a value of any kind.
  @inlinable
  package mutating func skipValue(_ bytes: Span<UInt8>) throws(JSONError) {
    var brackets = BracketStack()
    var isAfterValue = false
    repeat {
      let byte = try next(bytes)
      switch byte {
      case 0x2C, 0x3A, 0x7D, 0x5D: break
      default: if isAfterValue { throw JSONError(.unexpectedByte, at: at) }
      }
      isAfterValue = byte != 0x7B && byte != 0x5B && byte != 0x2C && byte != 0x3A
      switch byte {
      case 0x22: try skipString(bytes)
      case 0x7B, 0x5B:
        guard brackets.push(byte) else { throw JSONError(.tooDeep, at: at) }
        at &+= 1
      case 0x7D, 0x5D:
        guard brackets.pop(byte) else { throw JSONError(.unexpectedByte, at: at) }
        at &+= 1
      case 0x2C, 0x3A:
        guard brackets.depth > 0 else { throw JSONError(.unexpectedByte, at: at) }
        at &+= 1
      default: try skipScalar(bytes)
      }
    } while brackets.depth > 0
  }

  @inlinable
  mutating func skipString(_ bytes: Span<UInt8>) throws(JSONError) {
    at &+= 1
    let start = at
    while true {
      at = Words.skipToQuoteOrBackslash(bytes, from: at)
      guard at < bytes.count else { throw JSONError(.endOfInput, at: at) }
      if bytes[at] == 0x22 { break }
      at &+= 2
    }
    if at &- start > longestSkipped.count { longestSkipped = Range(uncheckedBounds: (start, at)) }
    at &+= 1
  }

  /// Passes over a number, `true`, `false`, `null`, `NaN`, `Infinity`.
  @inlinable
  mutating func skipScalar(_ bytes: Span<UInt8>) throws(JSONError) {
    let start = at
    while at < bytes.count {
      let byte = bytes[at]
      let isPart = byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == 0x2D || byte == 0x2B || byte == 0x2E
      if !isPart { break }
      at &+= 1
    }
    if at == bytes.count { throw JSONError(.endOfInput, at: at) }
    guard at > start, JSONScalar.isKnown(bytes, start..<at) else {
      throw JSONError(at > start ? .badNumber : .unexpectedByte, at: start)
    }
  }
}
