import Scanning

/// The names that a reader has met, each as it stands before its value: `"name":`. It is full after 64 KB.
final class KeyPool {
  static let capacity = 65536
  let bytes: UnsafeMutableRawPointer
  private(set) var count = 0

  init() { bytes = .allocate(byteCount: KeyPool.capacity, alignment: 8) }

  deinit { bytes.deallocate() }

  /// How many bytes stand around a name.
  static let marks = 3

  /// Where the name `base[start..<end]` begins, after its quote; `nil` where there is no room left.
  func add(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int? {
    guard count + (end - start) + KeyPool.marks <= KeyPool.capacity else { return nil }
    let place = count + 1
    (bytes + place).copyMemory(from: base + start, byteCount: end - start)
    count = place + end - start + 2
    bytes.storeBytes(of: UInt8(ascii: "\""), toByteOffset: place - 1, as: UInt8.self)
    bytes.storeBytes(of: UInt8(ascii: "\""), toByteOffset: count - 2, as: UInt8.self)
    bytes.storeBytes(of: UInt8(ascii: ":"), toByteOffset: count - 1, as: UInt8.self)
    return place
  }

  /// The first 16 bytes of the name at `place`, with what stands around it.
  func head(_ place: Int, _ keyCount: Int) -> (LogBytes.Head, LogBytes.Head) {
    let count = keyCount + KeyPool.marks
    return (
      LogBytes.Head(bytes, place - 1, min(count, 8)), LogBytes.Head(bytes, place + 7, max(0, min(count - 8, 8)))
    )
  }
}
