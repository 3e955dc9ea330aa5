/// A set of 64-bit hashes with a greatest size; when full it takes no more.
struct HashSet64 {
  private var slots = [UInt64](repeating: 0, count: 256)
  private(set) var count = 0
  private let capacity: Int

  init(capacity: Int) { self.capacity = capacity }

  func contains(_ hash: UInt64) -> Bool {
    let hash = hash | 1
    var index = Int(truncatingIfNeeded: hash &>> 8) & (slots.count - 1)
    while slots[index] != 0 {
      if slots[index] == hash { return true }
      index = (index + 1) & (slots.count - 1)
    }
    return false
  }

  mutating func insert(_ hash: UInt64) {
    guard count < capacity, !contains(hash) else { return }
    if count * 2 >= slots.count { grow() }
    place(hash | 1)
    count += 1
  }

  private mutating func place(_ hash: UInt64) {
    var index = Int(truncatingIfNeeded: hash &>> 8) & (slots.count - 1)
    while slots[index] != 0 { index = (index + 1) & (slots.count - 1) }
    slots[index] = hash
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 2)
    for hash in old where hash != 0 { place(hash) }
  }
}

/// The (client, target) pairs that a preflight was made for, with when: a fixed table in which the newest wins.
struct RecentPreflights {
  private struct Slot {
    var key: UInt64 = 0
    var seconds: Int64 = 0
  }

  private var slots: [Slot] = []
  /// A small picture of the keys, which stays in the processor's cache: most requests end here.
  private var bits: [UInt64] = []
  private var noted = 0
  private static let size = 1 << 16
  private static let bitCount = 1 << 18

  var isEmpty: Bool { slots.isEmpty }

  mutating func note(_ key: UInt64, seconds: Int64) {
    if slots.isEmpty {
      slots = [Slot](repeating: Slot(), count: RecentPreflights.size)
      bits = [UInt64](repeating: 0, count: RecentPreflights.bitCount / 64)
    }
    let index = Int(truncatingIfNeeded: key) & (RecentPreflights.size - 2)
    // Two places for each key: the older of the two gives way.
    let isSecond =
      slots[index].key != key && (slots[index + 1].key == key || slots[index + 1].seconds < slots[index].seconds)
    slots[index + (isSecond ? 1 : 0)] = Slot(key: key, seconds: seconds)
    mark(key)
    noted += 1
    if noted > RecentPreflights.bitCount / 8 { redraw(at: seconds) }
  }

  private mutating func mark(_ key: UInt64) {
    let bit = Int(truncatingIfNeeded: key &>> 24) & (RecentPreflights.bitCount - 1)
    bits[bit &>> 6] |= 1 &<< UInt64(bit & 63)
  }

  /// Draws the picture anew from what the table still holds of the last two windows.
  private mutating func redraw(at seconds: Int64) {
    bits = [UInt64](repeating: 0, count: RecentPreflights.bitCount / 64)
    noted = 0
    for slot in slots where slot.key != 0 && abs(seconds - slot.seconds) <= 2 * CORSFilter.window {
      mark(slot.key)
      noted += 1
    }
    noted = min(noted / 2, RecentPreflights.bitCount / 16)
  }

  /// Whether a preflight for this pair was seen within `window` seconds of `seconds`, before or after.
  func contains(_ key: UInt64, seconds: Int64, window: Int64) -> Bool {
    if slots.isEmpty { return false }
    let bit = Int(truncatingIfNeeded: key &>> 24) & (RecentPreflights.bitCount - 1)
    if bits[bit &>> 6] & 1 &<< UInt64(bit & 63) == 0 { return false }
    let index = Int(truncatingIfNeeded: key) & (RecentPreflights.size - 2)
    let first = slots[index]
    if first.key == key, abs(seconds - first.seconds) <= window { return true }
    let second = slots[index + 1]
    return second.key == key && abs(seconds - second.seconds) <= window
  }
}
