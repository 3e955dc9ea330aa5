import Files
import Foundation
import Testing

struct ByteSourceTests {
  static let packed: [(Container, String)] = [
    (.plain, Data(PackedSamples.text.utf8).base64EncodedString()), (.gzip, PackedSamples.gzip),
    (.zlib, PackedSamples.zlib), (.zstd, PackedSamples.zstd), (.bzip2, PackedSamples.bzip2), (.xz, PackedSamples.xz),
  ]

  @Test(arguments: packed, [1, 7, 4096])
  func `every container is told by its magic and unpacked, concatenated streams included`(
    sample: (Container, String), chunk: Int
  ) throws {
    let folder = try TemporaryFolder()
    let bytes = unbase64(sample.1)
    var source = try ByteSource(path: folder.write("input.dat", bytes))
    #expect(source.container == sample.0)
    let text = String(decoding: try drain(&source, chunk: chunk), as: UTF8.self)
    #expect(text == PackedSamples.text)
    #expect(source.damage == nil)
    #expect(source.decompressedCount == text.utf8.count)
    #expect(source.rawCount == bytes.count)
    #expect(try source.finishDigest() == Digest.of(bytes))
  }

  @Test(arguments: packed.dropFirst())
  func `a cut input gives its good part and says that it was cut`(sample: (Container, String)) throws {
    let folder = try TemporaryFolder()
    let bytes = unbase64(sample.1)
    var source = try ByteSource(path: folder.write("cut", Array(bytes.dropLast(9))))
    let text = String(decoding: try drain(&source, chunk: 512), as: UTF8.self)
    #expect(PackedSamples.text.hasPrefix(text))
    #expect(source.damage == .cut)
    #expect(source.damage?.sentence(source.container) == "the \(sample.0) data is cut off")
  }

  @Test(arguments: packed.dropFirst())
  func `a damaged input ends with a word on the damage, and its digest covers every byte`(
    sample: (Container, String)
  ) throws {
    let folder = try TemporaryFolder()
    var bytes = unbase64(sample.1)
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
