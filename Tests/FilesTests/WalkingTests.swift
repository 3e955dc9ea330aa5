import Files
import Foundation
import Testing

struct WalkingTests {
  @Test func `folders are searched in natural order, hidden files and circles left out`() throws {
    let folder = try TemporaryFolder()
    for name in ["b/log.10", "b/log.9", "b/log.1", "a.har", ".hidden", ".git/x", "c/d/e.har"] {
      _ = try folder.write(name, "x")
    }
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/c/up", withDestinationPath: folder.path)
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/dangling", withDestinationPath: "nowhere")
    let walker = InputWalker([folder.path])
    #expect(
      walker.inputs.map { $0.replacing(folder.path + "/", with: "") }
        == ["a.har", "b/log.1", "b/log.9", "b/log.10", "c/d/e.har"])
    #expect(walker.failures.isEmpty)
  }

  @Test func `named paths keep their order, and a missing one does not hide the others`() throws {
    let folder = try TemporaryFolder()
    let first = try folder.write("z.har", "x")
    let hidden = try folder.write(".named", "x")
    let walker = InputWalker([first, folder.path + "/missing", "-", hidden])
    #expect(walker.inputs == [first, "-", hidden])
    #expect(walker.failures.map(\.reason) == ["No such file or directory"])
  }

  @Test func `files that come into a folder later are found once, and again when they have grown`() throws {
    let folder = try TemporaryFolder()
    let first = try folder.write("a.log", "x")
    var watch = FolderWatch([folder.path, first])
    #expect(watch.isWatching && watch.changes() == [])
    let second = try folder.write("new/b.log", "")
    #expect(watch.changes() == [second] && watch.changes() == [])
    _ = try folder.write("new/b.log", "more")
    #expect(watch.changes() == [second] && watch.changes() == [])
    #expect(!FolderWatch([first]).isWatching)
  }

  @Test(arguments: [
    (["log.10", "log.2", "log"], ["log", "log.2", "log.10"]),
    (["a1b20", "a1b3", "a01b3"], ["a01b3", "a1b3", "a1b20"]),
    (["b", "a", ""], ["", "a", "b"]),
  ])
  func `runs of digits count as numbers`(names: [String], sorted: [String]) {
    #expect(names.sorted(by: NaturalOrder.precedes) == sorted)
  }
}

struct AtomicFileTests {
  @Test func `the file appears at commit and not before`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("report.html", "old")
    let file = try AtomicFile(path: path)
    try file.write("new")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    try file.commit()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["report.html"])
  }

  @Test func `without commit nothing is left behind`() throws {
    let folder = try TemporaryFolder()
    do {
      let file = try AtomicFile(path: folder.path + "/report.html")
      try file.write("half")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func `a symbolic link keeps pointing at the file that is replaced`() throws {
    let folder = try TemporaryFolder()
    let target = try folder.write("real", "old")
    let link = folder.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    let file = try AtomicFile(path: link)
    try file.write("new")
    try file.commit()
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
  }

  @Test func `a folder that is not there is an output error with a remedy`() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: FileError.self) { try AtomicFile(path: folder.path + "/no/report.html") }
    #expect(error?.operation.concernsOutput == true)
    #expect(error?.remedy == "make the folder first")
  }
}
