/// Bytes examined eight at a time.
///
/// The marks that these functions return have bit 7 of each byte set that matches; the lowest one is exact, which is all that a
/// search for the first match needs. Comparing `SIMD16` with scalar literals is slow on this compiler.
@usableFromInline
package enum Words {
  @inlinable @inline(__always)
  package static func load(_ bytes: RawSpan, _ at: Int) -> UInt64 {
    UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: at, as: UInt64.self))
  }

  /// Where the byte is zero.
  @inlinable @inline(__always)
  package static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  @inlinable @inline(__always)
  package static func matches(_ word: UInt64, _ pattern: UInt64) -> UInt64 { zeros(word ^ pattern) }

  /// The byte repeated eight times.
  @inlinable @inline(__always)
  package static func pattern(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// The index of the first mark.
  @inlinable @inline(__always)
  package static func first(_ marks: UInt64) -> Int { marks.trailingZeroBitCount >> 3 }

  /// The index of the first `"` or `\` from `start` on; the count where there is none.
  ///
  /// `highBits` gathers bit 7 of the bytes passed, so that plain ASCII can be told.
  @inlinable @inline(__always)
  package static func quoteOrBackslash(_ bytes: Span<UInt8>, from start: Int, highBits: inout UInt64) -> Int {
    let raw = bytes.bytes
    let count = bytes.count
    var at = start
    while at &+ 8 <= count {
      let word = load(raw, at)
      let marks = matches(word, 0x2222_2222_2222_2222) | matches(word, 0x5C5C_5C5C_5C5C_5C5C)
      if marks != 0 {
        let index = first(marks)
        highBits |= word & ~(~UInt64(0) << UInt64(truncatingIfNeeded: index &* 8))
        return at &+ index
      }
      highBits |= word
      at &+= 8
    }
    while at < count {
      let byte = raw.unsafeLoad(fromUncheckedByteOffset: at, as: UInt8.self)
      if byte == 0x22 || byte == 0x5C { return at }
      highBits |= UInt64(byte)
      at &+= 1
    }
    return count
  }

  /// The same for long strings that nobody keeps: 32 bytes at a time.
  @inlinable
  package static func skipToQuoteOrBackslash(_ bytes: Span<UInt8>, from start: Int) -> Int {
    let raw = bytes.bytes
    var at = start
    while at &+ 32 <= bytes.count {
      let a = load(raw, at)
      let b = load(raw, at &+ 8)
      let c = load(raw, at &+ 16)
      let d = load(raw, at &+ 24)
      let quotes: UInt64 = 0x2222_2222_2222_2222
      let backslashes: UInt64 = 0x5C5C_5C5C_5C5C_5C5C
      let marks =
        matches(a, quotes) | matches(b, quotes) | matches(c, quotes) | matches(d, quotes)
        | matches(a, backslashes) | matches(b, backslashes) | matches(c, backslashes) | matches(d, backslashes)
      if marks != 0 { break }
      at &+= 32
    }
    var ignored: UInt64 = 0
    return quoteOrBackslash(bytes, from: at, highBits: &ignored)
  }
}
