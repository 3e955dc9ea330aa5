import CZlib

/// What a zip member's decompressed bytes must add up to.
struct Checksum {
  let expectedCRC: UInt32
  let expectedCount: Int
  private var crc: UInt = 0

  init(crc: UInt32, count: Int) {
    expectedCRC = crc
    expectedCount = count
  }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else { return }
    crc = crc32_z(crc, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
  }

  func verdict(_ count: Int) -> ByteSource.Damage? {
    if count < expectedCount { return .cut }
    return crc == UInt(expectedCRC) ? nil : .corrupt("its checksum is wrong")
  }
}
