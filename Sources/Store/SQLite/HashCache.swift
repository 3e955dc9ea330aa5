/// What is known by 64-bit hashes, as many as fit: memory does not grow with the data.
///
/// When it is full it starts anew. It is plain memory: the hot path pays neither for reference counts nor for exclusivity checks.
final class HashCache<Value: BitwiseCopyable> {
  @exclusivity(unchecked) private var keys: UnsafeMutablePointer<UInt64>
  @exclusivity(unchecked) private var values: UnsafeMutablePointer<Value>
  private var count = 0
  @exclusivity(unchecked) private var mask: Int
  private let capacity: Int

  /// `capacity`, a power of two, is the most slots that it may grow to, each of a key and a value.
  init(capacity: Int) {
    self.capacity = capacity
    (keys, values) = HashCache.slots(min(256, capacity))
    mask = min(256, capacity) - 1
  }

  private static func slots(_ size: Int) -> (UnsafeMutablePointer<UInt64>, UnsafeMutablePointer<Value>) {
    let keys = UnsafeMutablePointer<UInt64>.allocate(capacity: size)
    keys.initialize(repeating: 0, count: size)
    return (keys, .allocate(capacity: size))
  }

  deinit {
    keys.deallocate()
    values.deallocate()
  }

  /// 0 marks an empty slot.
  @inline(__always)
  private static func marked(_ key: UInt64) -> UInt64 { key == 0 ? 1 : key }

  @inline(__always)
  subscript(key: UInt64) -> Value? {
    let key = HashCache.marked(key)
    var slot = Int(truncatingIfNeeded: key) & mask
    while keys[slot] != 0 {
      if keys[slot] == key { return values[slot] }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// Remembers what was not there.
  func remember(_ key: UInt64, _ value: Value) {
    if count * 4 >= mask * 3 {
      if mask + 1 < capacity { grow() } else { forget() }
    }
    place(HashCache.marked(key), value)
    count += 1
  }

  private func place(_ key: UInt64, _ value: Value) {
    var slot = Int(truncatingIfNeeded: key) & mask
    while keys[slot] != 0 { slot = (slot &+ 1) & mask }
    keys[slot] = key
    values[slot] = value
  }

  private func grow() {
    let (oldKeys, oldValues, size) = (keys, values, mask + 1)
    (keys, values) = HashCache.slots(size * 2)
    mask = size * 2 - 1
    for slot in 0..<size where oldKeys[slot] != 0 { place(oldKeys[slot], oldValues[slot]) }
    oldKeys.deallocate()
    oldValues.deallocate()
  }

  func forget() {
    keys.update(repeating: 0, count: mask + 1)
    count = 0
  }
}
