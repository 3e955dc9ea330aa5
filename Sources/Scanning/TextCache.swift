/// Texts made from bytes, the recent ones remembered: recordings repeat the same names, origins and agents endlessly.
///
/// Of fixed size: a text that falls into a place taken by another replaces it.
package struct TextCache<Extra> {
  @usableFromInline
  struct Slot {
    @usableFromInline var hash: UInt64
    @usableFromInline var text: String
    @usableFromInline var extra: Extra

    @inlinable
    init(hash: UInt64, text: String, extra: Extra) {
      self.hash = hash
      self.text = text
      self.extra = extra
    }
  }

  @usableFromInline var slots: [Slot]
  @usableFromInline let mask: UInt64

  /// Room for 2 to the power of `bits` texts.
  @inlinable
  package init(bits: Int, empty: Extra) {
    slots = Array(repeating: Slot(hash: 0, text: "", extra: empty), count: 1 << bits)
    mask = UInt64(slots.count - 1)
  }

  /// The text of these ASCII bytes, and what `make` said of it.
  @inlinable
  package mutating func text(
    _ bytes: Span<UInt8>, _ range: Range<Int>, make: (Span<UInt8>) -> Extra
  ) -> (text: String, extra: Extra) {
    let hash = ContentHash.of(bytes, range)
    let index = Int(truncatingIfNeeded: (hash >> 20) & mask)
    if slots[index].hash == hash, isEqual(slots[index].text, bytes, range) {
      return (slots[index].text, slots[index].extra)
    }
    let part = bytes.extracting(range)
    let slot = Slot(
      hash: hash, text: part.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }, extra: make(part))
    slots[index] = slot
    return (slot.text, slot.extra)
  }

  @inlinable
  func isEqual(_ text: String, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let utf8 = text.utf8.span
    guard utf8.count == range.count else { return false }
    var index = 0
    while index < utf8.count {
      if utf8[unchecked: index] != bytes[range.lowerBound &+ index] { return false }
      index &+= 1
    }
    return true
  }
}

/// A hash of bytes that is the same in every run, unlike `Hasher`'s.
package enum ContentHash {
  /// FNV-1a's multiply and mix, eight bytes at a time; never 0.
  @inlinable
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
