/// A zip archive's members, and each of them as a source of bytes.
package struct ZipArchive {
  /// An entry of the central directory.
  package struct Member: Sendable {
    package let name: String
    /// Decompressed, in bytes.
    package let size: Int
    let compressedSize: Int
    let headerOffset: Int
    let method: UInt16
    let crc: UInt32
    let isEncrypted: Bool
  }

  package let path: String
  /// Files in the archive's order; folders are left out.
  package let members: [Member]
  private let file: Descriptor

  /// Reads the archive's directory.
  ///
  /// - Throws: `FileError` where the file cannot be read, or its directory is not where a zip archive has it.
  package init(path: String) throws(FileError) {
    guard path != "-" else {
      throw FileError(
        .unpack, path: path, reason: "a zip archive cannot be read from a pipe", remedy: "save it as a file first")
    }
    file = try Descriptor(reading: path)
    self.path = path
    members = try ZipDirectory(file).members
  }

  /// The members worth reading: recordings and what is named like a log; where there are none, all of them.
  ///
  /// A Playwright trace holds hundreds of other files beside its recording.
  package var inputs: [Member] {
    let telling = members.filter { $0.isRecording || $0.isNamedLikeLog }
    return telling.isEmpty ? members : telling
  }

  /// A member's bytes.
  ///
  /// - Throws: `FileError` where it is encrypted, packed by an unknown method, or its header is missing.
  package func open(_ member: Member) throws(FileError) -> ByteSource {
    let place = "\(path)/\(member.name)"
    if member.isEncrypted {
      throw FileError(.unpack, path: place, reason: "it is encrypted", remedy: "unpack it with its password first")
    }
    guard member.method == 0 || member.method == 8 else {
      throw FileError(
        .unpack, path: place, reason: "it is packed by method \(member.method), which is not supported",
        remedy: "unpack it first")
    }
    // A descriptor of its own, so that two members can be read side by side.
    let source = try Descriptor(reading: path)
    let header = LittleEndian(try source.bytes(at: member.headerOffset, count: 30))
    guard header.u32(0) == 0x0403_4B50, let name = header.u16(26), let extra = header.u16(28) else {
      throw FileError(.unpack, path: place, reason: "its header is missing", remedy: "get an undamaged copy")
    }
    try source.seek(to: member.headerOffset + 30 + Int(name) + Int(extra))
    return ByteSource(
      member: place, of: source, limit: member.compressedSize, isDeflated: member.method == 8,
      checksum: Checksum(crc: member.crc, count: member.size))
  }
}

extension ZipArchive.Member {
  /// Whether it holds recorded traffic: `.har`, and the `.network` of a Playwright trace.
  package var isRecording: Bool { name.hasSuffix(".har") || name.hasSuffix(".network") }

  /// `access.log`, `access.log.2.gz`, `access_log`, `access.log-20260101`.
  fileprivate var isNamedLikeLog: Bool {
    let last = name.split(separator: "/").last ?? ""
    return last.split(whereSeparator: { ".-_".contains($0) }).dropFirst().contains("log")
  }
}
