import CBlocks

/// Searching and comparing bytes eight at a time, for readers of log lines.
///
/// Offsets count from `base`; callers guarantee that `base[from..<end]` is readable.
@usableFromInline
package enum LogBytes {
  @usableFromInline static let ones: UInt64 = 0x0101_0101_0101_0101
  @usableFromInline static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The offset of the first `byte` in `from..<end`, or `end`.
  @inlinable @inline(__always)
  package static func find(_ byte: UInt8, _ base: UnsafeRawPointer, _ from: Int, _ end: Int) -> Int {
    let pattern = ones &* UInt64(byte)
    var index = from
    while index &+ 8 <= end {
      let word = base.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ pattern
      let hit = (word &- ones) & ~word & highs
      if hit != 0 { return index &+ UInt64(littleEndian: hit).trailingZeroBitCount &>> 3 }
      index &+= 8
    }
    // The rest of a long run is read with bytes before it, which are known to hold no hit.
    if index < end, end &- from >= 8 {
      let word = base.loadUnaligned(fromByteOffset: end &- 8, as: UInt64.self) ^ pattern
      let hit = (word &- ones) & ~word & highs
      return hit == 0 ? end : end &- 8 &+ UInt64(littleEndian: hit).trailingZeroBitCount &>> 3
    }
    while index < end {
      if base.load(fromByteOffset: index, as: UInt8.self) == byte { return index }
      index &+= 1
    }
    return end
  }

  /// As `find`, for what is likely to be far: 64 bytes at a time.
  package static func findFar(_ byte: UInt8, _ base: UnsafeRawPointer, _ from: Int, _ end: Int) -> Int {
    var index = from
    while index &+ 64 <= end {
      let marks = block_marks(base + index, byte, byte)
      if marks != 0 { return index &+ marks.trailingZeroBitCount }
      index &+= 64
    }
    return find(byte, base, index, end)
  }

  /// The offset of the last `byte` in `from..<end`, or `from` where there is none.
  @inlinable @inline(__always)
  package static func findLast(_ byte: UInt8, _ base: UnsafeRawPointer, _ from: Int, _ end: Int) -> Int {
    let pattern = ones &* UInt64(byte)
    var index = end
    while index &- 8 >= from {
      let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index &- 8, as: UInt64.self)) ^ pattern
      // Unlike `find`'s marks these are exact in every byte.
      let hit = ~((word & ~highs) &+ ~highs | word) & highs
      if hit != 0 { return index &- 1 &- hit.leadingZeroBitCount &>> 3 }
      index &-= 8
    }
    while index > from {
      index &-= 1
      if base.load(fromByteOffset: index, as: UInt8.self) == byte { return index }
    }
    return from
  }

  /// The offset of the first `"` or `\` in `from..<end`, or `end`.
  @inlinable @inline(__always)
  package static func findQuoteOrBackslash(_ base: UnsafeRawPointer, _ from: Int, _ end: Int) -> Int {
    var index = from
    while index &+ 8 <= end {
      let word = base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let quote = word ^ 0x2222_2222_2222_2222
      let slash = word ^ 0x5C5C_5C5C_5C5C_5C5C
      let hit = ((quote &- ones) & ~quote | (slash &- ones) & ~slash) & highs
      if hit != 0 { return index &+ UInt64(littleEndian: hit).trailingZeroBitCount &>> 3 }
      index &+= 8
    }
    while index < end {
      let byte = base.load(fromByteOffset: index, as: UInt8.self)
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return index }
      index &+= 1
    }
    return end
  }

  /// What numbers and times are written with, and no value ends with: the bytes from `-` to `9`.
  @inlinable @inline(__always)
  package static func isNumeral(_ byte: UInt8) -> Bool { byte &- 0x2D < 13 }

  /// The offset of the first byte in `from..<end` that is not such a one, or `end`.
  @inlinable @inline(__always)
  package static func findNoNumeral(_ base: UnsafeRawPointer, _ from: Int, _ end: Int) -> Int {
    var index = from
    while index &+ 8 <= end {
      let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      // No byte carries into the next: bit 7 is set of those above `9`, and clear of those below `-`.
      let above = (word & ~highs) &+ ones &* (0x7F - 0x39)
      let notBelow = (word | highs) &- ones &* 0x2D
      let others = (above | ~notBelow | word) & highs
      if others != 0 { return index &+ others.trailingZeroBitCount &>> 3 }
      index &+= 8
    }
    while index < end, isNumeral(base.load(fromByteOffset: index, as: UInt8.self)) { index &+= 1 }
    return index
  }

  /// Whether all bytes of `from..<end` are ASCII, and none of them one of the two, which are not 0.
  @inlinable @inline(__always)
  package static func isASCII(
    _ base: UnsafeRawPointer, _ from: Int, _ end: Int, without byte: UInt8, _ other: UInt8
  ) -> Bool {
    let patterns = (ones &* UInt64(byte), ones &* UInt64(other))
    func marks(_ word: UInt64) -> UInt64 {
      let (one, two) = (word ^ patterns.0, word ^ patterns.1)
      return ((one &- ones) & ~one | (two &- ones) & ~two | word) & highs
    }
    var index = from
    while index &+ 8 <= end {
      if marks(base.loadUnaligned(fromByteOffset: index, as: UInt64.self)) != 0 { return false }
      index &+= 8
    }
    if index == end { return true }
    // The last bytes of a long run are read with some before them, which are known to be right.
    if end &- from >= 8 { return marks(base.loadUnaligned(fromByteOffset: end &- 8, as: UInt64.self)) == 0 }
    return marks(few(base, from, end)) == 0
  }

  /// The fewer than eight bytes of `from..<end`, and zeros.
  @inlinable @inline(__always)
  static func few(_ base: UnsafeRawPointer, _ from: Int, _ end: Int) -> UInt64 {
    func load<Word: FixedWidthInteger & UnsignedInteger>(_ at: Int, _ word: Word.Type) -> UInt64 {
      UInt64(Word(littleEndian: base.loadUnaligned(fromByteOffset: at, as: word)))
    }
    let count = end &- from
    if count >= 4 {
      let shift = UInt64(truncatingIfNeeded: 8 &* (count &- 4))
      return load(from, UInt32.self) | load(end &- 4, UInt32.self) &<< shift
    }
    if count >= 2 {
      let shift = UInt64(truncatingIfNeeded: 8 &* (count &- 2))
      return load(from, UInt16.self) | load(end &- 2, UInt16.self) &<< shift
    }
    return count == 1 ? load(from, UInt8.self) : 0
  }

  /// Whether the first `count` bytes of a word whose others are zero are letters and hyphens.
  @inlinable @inline(__always)
  package static func areLettersOrHyphens(_ word: UInt64, _ count: Int) -> Bool {
    // No byte carries into the next: the highest bit of each is put in, or taken out, before.
    let lower = word & ~highs | ones &* 0x20
    let above = lower &+ ones &* (0x7F - UInt64(UInt8(ascii: "z")))
    let notBelow = (lower | highs) &- ones &* UInt64(UInt8(ascii: "a"))
    let others = ((word & ~highs) ^ ones &* UInt64(UInt8(ascii: "-"))) &+ ~highs
    let wrong = ((above | ~notBelow) & others | word) & highs
    return wrong &<< UInt64(truncatingIfNeeded: 64 &- 8 &* count) == 0
  }

  @inlinable @inline(__always)
  package static func equal(
    _ base: UnsafeRawPointer, _ from: Int, _ other: UnsafeRawPointer, _ otherFrom: Int, count: Int
  ) -> Bool {
    func differs<Word: FixedWidthInteger>(_ word: Word.Type, at index: Int) -> Bool {
      base.loadUnaligned(fromByteOffset: from &+ index, as: word)
        != other.loadUnaligned(fromByteOffset: otherFrom &+ index, as: word)
    }
    if count >= 8 {
      var index = 0
      while index &+ 8 <= count {
        if differs(UInt64.self, at: index) { return false }
        index &+= 8
      }
      // The last bytes are compared with some before them: that is cheaper than one by one.
      return !differs(UInt64.self, at: count &- 8)
    }
    if count >= 4 { return !differs(UInt32.self, at: 0) && !differs(UInt32.self, at: count &- 4) }
    var index = 0
    while index < count {
      if differs(UInt8.self, at: index) { return false }
      index &+= 1
    }
    return true
  }
}
