/// A place to put a few thousand bytes together in, used again for one line after another.
final class Scratch {
  static let size = 16 << 10

  private let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: Scratch.size, alignment: 8)
  private var count = 0

  deinit { memory.deallocate() }

  /// What was put here since `clear`; it stays until the next one.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }

  func clear() { count = 0 }

  func append(_ byte: UInt8) {
    memory[count] = byte
    count += 1
  }

  func append(_ bytes: UnsafeRawBufferPointer) {
    UnsafeMutableRawBufferPointer(rebasing: memory[count...]).copyMemory(from: bytes)
    count += bytes.count
  }

  func append(_ text: StaticString) {
    append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
