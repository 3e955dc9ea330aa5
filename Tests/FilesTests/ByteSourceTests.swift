import Files
import Foundation
import Testing

struct ByteSourceTests {
  static let packed: [Container] = [.gzip, .zlib, .zstd, .bzip2, .xz]

  static func bytes(_ container: Container) -> [UInt8] {
    switch container {
    case .plain: Array(PackedSamples.text.utf8)
    case .gzip: unbase64(PackedSamples.gzip)
    case .zlib: unbase64(PackedSamples.zlib)
    case .zstd: unbase64(PackedSamples.zstd)
    case .bzip2: unbase64(PackedSamples.bzip2)
    case .xz: unbase64(PackedSamples.xz)
    case .zip: unbase64(PackedSamples.zip)
    }
  }

  @Test(arguments: [.plain] + packed, [1, 7, 4096])
  func `every container is told by its magic and unpacked, concatenated streams included`(
    container: Container, chunk: Int
  ) throws {
    let folder = try TemporaryFolder()
    let bytes = ByteSourceTests.bytes(container)
    var source = try ByteSource(path: folder.write("input.dat", bytes))
    #expect(source.container == container)
    let text = String(decoding: try drain(&source, chunk: chunk), as: UTF8.self)
    #expect(text == PackedSamples.text)
    #expect(source.damage == nil)
    #expect(source.decompressedCount == text.utf8.count)
    #expect(try source.finishDigest() == Digest.of(bytes))
  }

  @Test(arguments: packed)
  func `a cut input gives its good part and says that it was cut`(container: Container) throws {
    let folder = try TemporaryFolder()
    let bytes = ByteSourceTests.bytes(container)
    var source = try ByteSource(path: folder.write("cut", Array(bytes.dropLast(9))))
    let text = String(decoding: try drain(&source, chunk: 512), as: UTF8.self)
    #expect(PackedSamples.text.hasPrefix(text))
    #expect(source.damage == .cut)
    #expect(source.damage?.sentence(source.container) == "the \(container) data is cut off")
  }

  @Test(arguments: packed)
  func `a damaged input ends with a word on the damage, and its digest covers every byte`(
    container: Container
  ) throws {
    let folder = try TemporaryFolder()
    var bytes = ByteSourceTests.bytes(container)
    for index in bytes.count / 2..<bytes.count / 2 + 12 { bytes[index] ^= 0x5A }
    var source = try ByteSource(path: folder.write("damaged", bytes))
    _ = try drain(&source, chunk: 512)
    #expect(source.damage != nil)
    #expect(try source.finishDigest() == Digest.of(bytes))
  }

  @Test func `padding with zeros is no damage, other bytes behind the end are`() throws {
    let folder = try TemporaryFolder()
    var padded = try ByteSource(path: folder.write("padded", unbase64(PackedSamples.gzip) + [0, 0, 0]))
    #expect(try drain(&padded, chunk: 99).count == PackedSamples.text.utf8.count)
    #expect(padded.damage == nil)
    var trailed = try ByteSource(path: folder.write("trailed", unbase64(PackedSamples.gzip) + Array("tail".utf8)))
    #expect(try drain(&trailed, chunk: 99).count == PackedSamples.text.utf8.count)
    #expect(trailed.damage == .trailingGarbage)
  }

  @Test func `an empty file is plain and holds nothing`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("empty", [])
    var source = try ByteSource(path: path)
    #expect(source.container == .plain)
    #expect(try drain(&source, chunk: 10).isEmpty)
    #expect(
      try Digest.ofFile(path).hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func `a missing file and a folder are errors that say what to do`() throws {
    let folder = try TemporaryFolder()
    func message(_ path: String) -> String {
      do throws(FileError) {
        _ = try ByteSource(path: path)
        return "opened"
      } catch {
        return error.description.replacing(folder.path, with: "DIR")
      }
    }
    #expect(
      message(folder.path + "/no.har")
        == "cannot open 'DIR/no.har': No such file or directory (check the spelling of the path)")
    #expect(message(folder.path) == "cannot open 'DIR': Is a directory (name a file)")
  }
}
