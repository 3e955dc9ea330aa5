/// The names that a reader has met, one behind the other. It is full after 64 KB.
final class KeyPool {
  static let capacity = 65536
  let bytes: UnsafeMutableRawPointer
  private(set) var count = 0

  init() { bytes = .allocate(byteCount: KeyPool.capacity, alignment: 8) }

  deinit { bytes.deallocate() }

  /// Where the name `base[start..<end]` begins; `nil` where there is no room left.
  func add(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int? {
    guard count + (end - start) <= KeyPool.capacity else { return nil }
    let place = count
    (bytes + place).copyMemory(from: base + start, byteCount: end - start)
    count = place + end - start
    return place
  }
}
