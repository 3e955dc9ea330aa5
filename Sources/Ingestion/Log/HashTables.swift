/// A set of 64-bit hashes with a greatest size; when full it takes no more.
struct HashSet64 {
  private var slots = [UInt64](repeating: 0, count: 256)
  private(set) var count = 0
  private let capacity: Int

  init(capacity: Int) { self.capacity = capacity }

  func contains(_ hash: UInt64) -> Bool {
    if count == 0 { return false }
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

  /// Some of what it holds, `limit` at most.
  func members(limit: Int) -> [UInt64] { Array(slots.lazy.filter { $0 != 0 }.prefix(limit)) }

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
