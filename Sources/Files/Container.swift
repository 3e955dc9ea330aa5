/// How an input is packed, told by its first bytes and never by its name.
package enum Container: String, CaseIterable, Sendable {
  case plain, gzip, zlib, zstd, bzip2, xz, zip

  /// The longest magic number, in bytes.
  package static let magicLength = 6

  package init(magic bytes: UnsafeRawBufferPointer) {
    func starts(_ magic: UInt8...) -> Bool {
      bytes.count >= magic.count && bytes.prefix(magic.count).elementsEqual(magic)
    }
    if starts(0x1F, 0x8B) {
      self = .gzip
    } else if starts(0x28, 0xB5, 0x2F, 0xFD) || Container.isSkippableFrame(bytes) {
      self = .zstd
    } else if starts(0x42, 0x5A, 0x68), bytes.count > 3, (0x31...0x39).contains(bytes[3]) {
      self = .bzip2
    } else if starts(0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00) {
      self = .xz
    } else if starts(0x50, 0x4B, 0x03, 0x04) || starts(0x50, 0x4B, 0x05, 0x06) {
      self = .zip
    } else if bytes.count > 1, bytes[0] == 0x78, (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0, bytes[1] & 0x20 == 0 {
      // RFC 1950: deflate with a 32 KB window, a header checksum, no preset dictionary.
      self = .zlib
    } else {
      self = .plain
    }
  }

  /// RFC 8878 §3.1.2: a zstd stream may begin with a frame of metadata.
  private static func isSkippableFrame(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count > 3 && bytes[0] & 0xF0 == 0x50 && bytes[1] == 0x2A && bytes[2] == 0x4D && bytes[3] == 0x18
  }

  func inflater() -> (any Inflater)? {
    switch self {
    case .plain, .zip: nil
    case .gzip, .zlib: DeflateInflater(windowBits: 15 + 32)
    case .zstd: ZstdInflater()
    case .bzip2: BZip2Inflater()
    case .xz: XZInflater()
    }
  }
}
