import Correlator

/// The bytes of a combination of values, told apart from those of every other.
///
/// It is used again for one combination after another; its memory grows to the largest.
final class Fingerprint {
  // One owner and one thread: checking each access would cost as much as the access.
  @exclusivity(unchecked) private var bytes: UnsafeMutableRawBufferPointer
  @exclusivity(unchecked) private var count = 0

  init() { bytes = .allocate(byteCount: 4096, alignment: 8) }

  deinit { bytes.deallocate() }

  @inline(__always)
  func clear() { count = 0 }

  @inline(__always)
  private func reserve(_ more: Int) {
    if count &+ more > bytes.count { grow(more) }
  }

  @inline(never)
  private func grow(_ more: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: (count + more) * 2, alignment: 8)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
    bytes.deallocate()
    bytes = larger
  }

  func add(_ text: String) {
    var text = text
    text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  /// A text: its length makes it differ from every split of the same bytes.
  @inline(__always)
  private func add(_ text: UnsafeRawBufferPointer) {
    add(UInt64(truncatingIfNeeded: text.count) << 8 | 1)
    reserve(text.count)
    if let source = text.baseAddress, let base = bytes.baseAddress {
      (base + count).copyMemory(from: source, byteCount: text.count)
    }
    count &+= text.count
  }

  @inline(__always)
  func add(_ text: String?) {
    if let text { add(text) } else { add(tag: 0) }
  }

  @inline(__always)
  func add(tag: UInt8) {
    reserve(1)
    bytes.storeBytes(of: tag, toByteOffset: count, as: UInt8.self)
    count &+= 1
  }

  @inline(__always)
  func add(_ number: UInt64) {
    reserve(8)
    bytes.storeBytes(of: number.littleEndian, toByteOffset: count, as: UInt64.self)
    count &+= 8
  }

  func add(_ cell: Cell) {
    switch cell {
    case .null: add(tag: 0)
    case .text(let text): add(text)
    case .int(let number):
      add(tag: 2)
      add(UInt64(bitPattern: number))
    case .real(let number):
      add(tag: 3)
      add(number.bitPattern)
    case .blob(let blob):
      add(tag: 4)
      blob.withUnsafeBytes { add($0) }
    }
  }

  @inline(__always)
  func hash(_ hash: SipHash) -> UInt64 { hash(UnsafeRawBufferPointer(rebasing: bytes[..<count])) }
}
