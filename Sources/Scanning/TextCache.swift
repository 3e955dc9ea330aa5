/// Texts made from bytes, the recent ones remembered: recordings repeat the same names, origins and agents endlessly.
///
/// Of fixed size: a text that falls into a place taken by another replaces it.
package struct TextCache {
  private struct Slot {
    var hash: UInt64 = 0
    var text = ""
  }

  private var slots: [Slot]
  private let mask: UInt64

  /// Room for 2 to the power of `bits` texts; at least two bits.
  package init(bits: Int) {
    slots = Array(repeating: Slot(), count: 1 << max(2, bits))
    mask = UInt64(slots.count - 1)
  }

  /// How many places there are.
  package var capacity: Int { slots.count }

  /// The text of these bytes, its place, and whether it has just been put there.
  package mutating func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (text: String, place: Int, isNew: Bool) {
    let hash = ContentHash.of(bytes, range)
    let home = Int(truncatingIfNeeded: (hash >> 20) & mask)
    var free: Int?
    // Neighbours in a group of four: two texts that come in turns do not push each other out.
    for probe in 0..<4 {
      let place = home ^ probe
      if slots[place].hash == hash, TextCache.isEqual(slots[place].text, bytes, range) {
        return (slots[place].text, place, false)
      }
      if free == nil, slots[place].hash == 0 { free = place }
    }
    let place = free ?? home ^ Int(truncatingIfNeeded: hash >> 60) & 3
    let text = bytes.extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    slots[place] = Slot(hash: hash, text: text)
    return (text, place, true)
  }

  private static func isEqual(_ text: String, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let utf8 = text.utf8.span
    guard utf8.count == range.count else { return false }
    var at = 0
    while at &+ 8 <= utf8.count {
      if Words.load(utf8.bytes, at) != Words.load(bytes.bytes, range.lowerBound &+ at) { return false }
      at &+= 8
    }
    while at < utf8.count {
      if utf8[unchecked: at] != bytes[unchecked: range.lowerBound &+ at] { return false }
      at &+= 1
    }
    return true
  }
}
