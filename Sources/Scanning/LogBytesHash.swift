/// Hashes of bytes, for tables that live as long as a run.
extension LogBytes {
  /// A 64-bit hash of `from..<end`, the same in every run.
  @inlinable @inline(__always)
  package static func hash(_ base: UnsafeRawPointer, _ from: Int, _ end: Int, seed: UInt64 = 0) -> UInt64 {
    var hash = seed ^ 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: end &- from)
    var index = from
    while index &+ 8 <= end {
      hash = mix(hash, UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
      index &+= 8
    }
    // The last bytes of a long run are read with some before them: that is cheaper than one by one.
    if index < end, end &- from >= 8 {
      return mix(hash, UInt64(littleEndian: base.loadUnaligned(fromByteOffset: end &- 8, as: UInt64.self)))
    }
    var tail: UInt64 = 0
    while index < end {
      tail = tail &<< 8 | UInt64(base.load(fromByteOffset: index, as: UInt8.self))
      index &+= 1
    }
    return mix(hash, tail)
  }

  /// Where the first `byte` in `from..<end` stands, or `end`, and a hash of what is before it; up to `readable` bytes may be read.
  @inlinable @inline(__always)
  package static func hash(
    until byte: UInt8, _ base: UnsafeRawPointer, _ from: Int, _ end: Int, readable: Int
  ) -> (end: Int, hash: UInt64) {
    let pattern = ones &* UInt64(byte)
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    var index = from
    var hit: UInt64 = 0
    while index &+ 8 <= end {
      let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let found = word ^ pattern
      hit = (found &- ones) & ~found & highs
      if hit != 0 { break }
      hash = mix(hash, word)
      index &+= 8
    }
    let word =
      index &+ 8 <= readable
      ? UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self)) : few(base, index, end)
    if hit == 0 {
      let found = word ^ pattern
      hit = (found &- ones) & ~found & highs
    }
    // What is behind the last byte is left out, and the length counts instead.
    let count = min(hit.trailingZeroBitCount &>> 3, end &- index)
    let rest = word & (1 &<< UInt64(truncatingIfNeeded: 8 &* count) &- 1)
    let length = UInt64(truncatingIfNeeded: index &+ count &- from)
    return (index &+ count, mix(hash ^ length &* 0x9E37_79B9_7F4A_7C15, rest))
  }

  @inlinable @inline(__always)
  package static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
