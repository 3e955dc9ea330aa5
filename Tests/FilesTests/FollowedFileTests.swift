import Files
import Foundation
import Testing

@Suite("A file that grows")
struct FollowedFileTests {
  private func read(_ file: FollowedFile) throws -> String {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 7, alignment: 1)
    defer { buffer.deallocate() }
    var bytes: [UInt8] = []
    while case let count = try file.read(into: buffer), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func append(_ text: String, to path: String) throws {
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  @Test func `gives what was added, and waits`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("log", "a long enough line\n")
    let file = try FollowedFile(path: path)
    #expect(try read(file) == "a long enough line\n")
    #expect(try file.state() == .waiting)
    #expect(try !file.hasMore())
    try append("another\nand a ha", to: path)
    #expect(try file.hasMore())
    #expect(try read(file) == "another\nand a ha")
    file.rewind()
    #expect(try read(file) == "a long enough line\nanother\nand a ha")
  }

  @Test func `renamed, it is read on until its name is looked at`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("log", "one\n")
    let file = try FollowedFile(path: path)
    #expect(try read(file) == "one\n")
    try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
    #expect(try file.state() == .renamed)
    try append("late\n", to: path + ".1")
    _ = try folder.write("log", "new\n")
    #expect(try read(file) == "late\n")
    #expect(try file.state() == .renamed)
    #expect(try read(FollowedFile(path: path)) == "new\n")
  }

  @Test(arguments: ["", "x\n", "written anew, and by now longer than what was read before\n"])
  func `emptied or written anew, it gives nothing more`(text: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("log", "the first content\n")
    let file = try FollowedFile(path: path)
    #expect(try read(file) == "the first content\n")
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
    #expect(try read(file) == "")
    #expect(try file.state() == .truncated)
  }

  @Test func `the digests of beginnings are those of the beginnings`() throws {
    let folder = try TemporaryFolder()
    let text = String(repeating: "0123456789", count: 100)
    let file = try FollowedFile(path: try folder.write("log", text))
    let digest = try file.digest(ofBeginnings: [995, 10, 10, 2000])
    #expect(digest.beginnings.keys.sorted() == [10, 995])
    #expect(digest.beginnings[10] == Digest.of(Array("0123456789".utf8)))
    #expect(digest.beginnings[995] == Digest.of(Array(text.utf8.prefix(995))))
    #expect(digest.digest == Digest.of(Array(text.utf8)))
  }
}

@Suite("Rotated logs")
struct RotatedSetTests {
  @Test(arguments: [
    (
      ["access.log", "access.log.1", "access.log.2.gz", "access.log.10.gz"],
      ["access.log.10.gz", "access.log.2.gz", "access.log.1", "access.log"]
    ),
    (["a/x.log", "a/x.log-20250311.gz", "a/x.log-20250312"], ["a/x.log-20250311.gz", "a/x.log-20250312", "a/x.log"]),
    (["b.log", "a.log.1", "b.log.1", "a.log"], ["b.log.1", "b.log", "a.log.1", "a.log"]),
    (["v1.2", "z.har", "y.har", "-"], ["v1.2", "z.har", "y.har", "-"]),
  ])
  func `are read oldest first`(paths: [String], ordered: [String]) {
    #expect(RotatedSet.oldestFirst(paths) == ordered)
  }

  @Test(arguments: [("access.log", true), ("access.log.1", false), ("access.log-20250312", false), ("a.json", true)])
  func `the one that is still written`(path: String, isCurrent: Bool) {
    #expect(RotatedSet.isCurrent(path) == isCurrent)
  }
}
