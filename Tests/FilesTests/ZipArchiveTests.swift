import Files
import Testing

struct ZipArchiveTests {
  @Test func `recordings are found and read, deflated, stored and with zip64 sizes`() throws {
    let folder = try TemporaryFolder()
    let archive = try ZipArchive(path: folder.write("a.har.zip", unbase64(PackedSamples.zip)))
    #expect(archive.members.map(\.name) == ["har.har", "stored.har", "body.png", "trace.network"])
    #expect(archive.inputs.map(\.name) == ["har.har", "stored.har", "trace.network"])
    let contents = try archive.inputs.map { (member) throws(FileError) in
      var source = try archive.open(member)
      let bytes = try drain(&source, chunk: 100)
      #expect(source.damage == nil)
      return String(decoding: bytes, as: UTF8.self)
    }
    #expect(contents == [PackedSamples.text, String(PackedSamples.text.prefix(60)), "{}\n"])
  }

  @Test func `a wrong checksum is damage`() throws {
    let folder = try TemporaryFolder()
    var bytes = unbase64(PackedSamples.zip)
    let stored = Array("stored.har".utf8)
    let place = bytes.indices.first { bytes[$0...].starts(with: stored) } ?? 0
    bytes[place + 50] ^= 1
    let archive = try ZipArchive(path: folder.write("a.zip", bytes))
    let member = try #require(archive.members.first { $0.name == "stored.har" })
    var source = try archive.open(member)
    #expect(try drain(&source, chunk: 100).count == 60)
    #expect(source.damage == .corrupt("its checksum is wrong"))
  }

  @Test func `a cut archive is refused with a reason`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.zip", Array(unbase64(PackedSamples.zip).prefix(300)))
    #expect(throws: FileError.self) { try ZipArchive(path: path) }
    #expect(throws: FileError.self) { try ZipArchive(path: "-") }
  }

  @Test func `no damaged directory leads outside the file`() throws {
    let folder = try TemporaryFolder()
    let bytes = unbase64(PackedSamples.zip)
    for index in bytes.indices.dropFirst(bytes.count - 320) {
      var copy = bytes
      copy[index] = 0xFF
      let path = try folder.write("a.zip", copy)
      guard let archive = try? ZipArchive(path: path) else { continue }
      for member in archive.members {
        guard var source = try? archive.open(member) else { continue }
        _ = try? drain(&source, chunk: 256)
        #expect(source.decompressedCount <= PackedSamples.text.utf8.count)
      }
    }
  }
}
