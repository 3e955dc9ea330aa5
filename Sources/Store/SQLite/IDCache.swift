/// Row ids by 64-bit hashes, as many as fit: memory does not grow with the data.
///
/// When it is full it starts anew. It is plain memory: the hot path pays neither for reference counts nor for exclusivity checks.
final class IDCache {
  @exclusivity(unchecked) private var keys: UnsafeMutablePointer<UInt64>
  @exclusivity(unchecked) private var ids: UnsafeMutablePointer<Int32>
  private var count = 0
  @exclusivity(unchecked) private var mask: Int
  private let capacity: Int

  /// `capacity`, a power of two, is the most slots that it may grow to; 12 bytes each.
  init(capacity: Int) {
    self.capacity = capacity
    (keys, ids) = IDCache.slots(256)
    mask = 255
  }

  private static func slots(_ size: Int) -> (UnsafeMutablePointer<UInt64>, UnsafeMutablePointer<Int32>) {
    let keys = UnsafeMutablePointer<UInt64>.allocate(capacity: size)
    keys.initialize(repeating: 0, count: size)
    let ids = UnsafeMutablePointer<Int32>.allocate(capacity: size)
    ids.initialize(repeating: 0, count: size)
    return (keys, ids)
  }

  deinit {
    keys.deallocate()
    ids.deallocate()
  }

  @inline(__always)
  subscript(key: UInt64) -> Int64? {
    var slot = Int(truncatingIfNeeded: key) & mask
    while ids[slot] != 0 {
      if keys[slot] == key { return Int64(ids[slot]) }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  func remember(_ key: UInt64, _ id: Int64) {
    guard let id = Int32(exactly: id) else { return }
    if count * 4 >= mask * 3 {
      if mask + 1 < capacity { grow() } else { forget() }
    }
    place(key, id)
    count += 1
  }

  private func place(_ key: UInt64, _ id: Int32) {
    var slot = Int(truncatingIfNeeded: key) & mask
    while ids[slot] != 0 { slot = (slot &+ 1) & mask }
    keys[slot] = key
    ids[slot] = id
  }

  private func grow() {
    let (oldKeys, oldIDs, size) = (keys, ids, mask + 1)
    (keys, ids) = IDCache.slots(size * 2)
    mask = size * 2 - 1
    for slot in 0..<size where oldIDs[slot] != 0 { place(oldKeys[slot], oldIDs[slot]) }
    oldKeys.deallocate()
    oldIDs.deallocate()
  }

  func forget() {
    ids.update(repeating: 0, count: mask + 1)
    count = 0
  }
}
