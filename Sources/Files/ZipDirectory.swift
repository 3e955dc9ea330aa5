/// The central directory of a zip archive (APPNOTE 4.3.12 to 4.3.16), zip64 included.
struct ZipDirectory {
  let members: [ZipArchive.Member]

  init(_ file: Descriptor) throws(FileError) {
    func damaged(_ reason: String) -> FileError {
      FileError(.unpack, path: file.path, reason: reason, remedy: "get an undamaged copy")
    }
    guard let length = file.length else { throw damaged("it is no regular file") }
    // The end record is the last thing but a comment of at most 65,535 bytes.
    let tailStart = max(0, length - 65_557)
    let tail = LittleEndian(try file.bytes(at: tailStart, count: length - tailStart))
    guard let end = tail.lastIndex(of: 0x0605_4B50), var size = tail.u32(end + 12).map(Int.init),
      var offset = tail.u32(end + 16).map(Int.init)
    else { throw damaged("its directory is missing: the archive is cut off or no zip archive") }
    if end >= 20, tail.u32(end - 20) == 0x0706_4B50, let place = tail.int64(end - 12) {
      let record = LittleEndian(try file.bytes(at: max(0, min(place, length)), count: 56))
      if record.u32(0) == 0x0606_4B50, let wideSize = record.int64(40), let wideOffset = record.int64(48) {
        (size, offset) = (wideSize, wideOffset)
      }
    }
    guard offset >= 0, size >= 0, offset <= length, size <= length - offset else {
      throw damaged("its directory lies outside the file")
    }
    members = ZipDirectory.parse(LittleEndian(try file.bytes(at: offset, count: size)), fileLength: length)
  }

  private static func parse(_ directory: LittleEndian, fileLength: Int) -> [ZipArchive.Member] {
    var members: [ZipArchive.Member] = []
    var at = 0
    while directory.u32(at) == 0x0201_4B50, let flags = directory.u16(at + 8), let method = directory.u16(at + 10),
      let crc = directory.u32(at + 16), let packed = directory.u32(at + 20), let size = directory.u32(at + 24),
      let nameLength = directory.u16(at + 28), let extraLength = directory.u16(at + 30),
      let commentLength = directory.u16(at + 32), let offset = directory.u32(at + 42)
    {
      let nameEnd = at + 46 + Int(nameLength)
      let name = String(decoding: directory.slice(at + 46, nameEnd), as: UTF8.self)
      var wide = Zip64Extra(directory, from: nameEnd, to: nameEnd + Int(extraLength))
      let fullSize = wide.resolve(size)
      let fullPacked = wide.resolve(packed)
      let fullOffset = wide.resolve(offset)
      at = nameEnd + Int(extraLength) + Int(commentLength)
      guard !name.hasSuffix("/"), fullOffset >= 0, fullOffset < fileLength, fullPacked >= 0, fullSize >= 0 else {
        continue
      }
      members.append(
        ZipArchive.Member(
          name: name, size: fullSize, compressedSize: fullPacked, headerOffset: fullOffset, method: method, crc: crc,
          isEncrypted: flags & 1 != 0))
    }
    return members
  }
}

/// The 64-bit sizes of a member whose 32-bit ones are all ones (APPNOTE 4.5.3): only those, in a fixed order.
private struct Zip64Extra {
  private var values: [Int] = []

  init(_ bytes: LittleEndian, from start: Int, to end: Int) {
    var at = start
    while at + 4 <= end, let tag = bytes.u16(at), let length = bytes.u16(at + 2) {
      if tag == 1 {
        values = stride(from: at + 4, to: at + 4 + Int(length) - 7, by: 8).compactMap(bytes.int64)
      }
      at += 4 + Int(length)
    }
  }

  mutating func resolve(_ narrow: UInt32) -> Int {
    narrow == .max && !values.isEmpty ? values.removeFirst() : Int(narrow)
  }
}

/// Little-endian numbers in bytes; `nil` beyond their end.
struct LittleEndian {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func u16(_ at: Int) -> UInt16? { number(at, 2).map { UInt16(truncatingIfNeeded: $0) } }

  func u32(_ at: Int) -> UInt32? { number(at, 4).map { UInt32(truncatingIfNeeded: $0) } }

  func int64(_ at: Int) -> Int? { number(at, 8).flatMap { Int(exactly: $0) } }

  func slice(_ from: Int, _ to: Int) -> ArraySlice<UInt8> { bytes[min(from, bytes.count)..<min(to, bytes.count)] }

  /// Where this number stands last.
  func lastIndex(of magic: UInt32) -> Int? {
    stride(from: bytes.count - 4, through: 0, by: -1).first { u32($0) == magic }
  }

  private func number(_ at: Int, _ width: Int) -> UInt64? {
    guard at >= 0, at + width <= bytes.count else { return nil }
    var value: UInt64 = 0
    for index in 0..<width { value |= UInt64(bytes[at + index]) << UInt64(8 * index) }
    return value
  }
}
