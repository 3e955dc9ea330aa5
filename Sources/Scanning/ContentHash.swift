/// A hash of bytes that is the same in every run, unlike `Hasher`'s.
package enum ContentHash {
  /// A multiply and a mix for every eight bytes; never 0.
  ///
  /// The range has to lie within the bytes.
  package static func of(_ bytes: Span<UInt8>, _ range: Range<Int>, seed: UInt64 = 0xCBF2_9CE4_8422_2325) -> UInt64 {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    var hash = seed ^ UInt64(range.count)
    var at = range.lowerBound
    while at &+ 8 <= range.upperBound {
      hash = (hash ^ Words.load(bytes.bytes, at)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 32
      at &+= 8
    }
    var tail: UInt64 = 0
    while at < range.upperBound {
      tail = tail << 8 | UInt64(bytes[unchecked: at])
      at &+= 1
    }
    hash = (hash ^ tail) &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 29
    return hash | 1
  }
}
