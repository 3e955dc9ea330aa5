import Foundation
import Store
import Testing

@Suite struct `A file that is no store of this version` {
  let folder: Folder
  var path: String { folder.file("other.db") }

  init() throws { folder = try Folder() }

  func refusal(_ open: () throws -> Void) -> StoreError? {
    do {
      try open()
      return nil
    } catch { return error as? StoreError }
  }

  @Test func `is refused when it is no database, and left as it is`() throws {
    let text = String(repeating: "no database at all\n", count: 100)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    for open in [{ _ = try StoreWriter(.file(path), options: options) }, { _ = try StoreReader(path: path) }] {
      let error = try #require(refusal(open))
      #expect(error.kind == .notAStore(found: "no SQLite database"))
      #expect(error.path == path && !error.remedy.isEmpty)
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  @Test func `is refused when it is of another version or program`() throws {
    let writer = try StoreWriter(.file(path), options: options)
    try writer.fill("a.har", 1) { try $0.add(Case(entry: 1)) }
    try writer.close()
    for (place, value, kind) in [
      (60, UInt8(99), StoreError.Kind.wrongVersion(found: 99 << 24 | Schema.version, expected: Schema.version)),
      (68, UInt8(0), .notAStore(found: "another program's SQLite database (application_id 5198419)")),
    ] {
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      let before = bytes[place]
      bytes[place] = value
      try bytes.write(to: URL(fileURLWithPath: path))
      #expect(refusal { _ = try StoreWriter(.file(path), options: options) }?.kind == kind)
      #expect(refusal { _ = try StoreReader(path: path) }?.kind == kind)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
      bytes[place] = before
      try bytes.write(to: URL(fileURLWithPath: path))
    }
  }

  @Test func `is said to be missing, or empty`() throws {
    #expect(refusal { _ = try StoreReader(path: path) }?.kind == .openFailed)
    try Data().write(to: URL(fileURLWithPath: path))
    #expect(refusal { _ = try StoreReader(path: path) }?.kind == .notAStore(found: "an empty file"))
  }

  @Test func `is replaced when it is a file of no bytes`() throws {
    try Data().write(to: URL(fileURLWithPath: path))
    let writer = try StoreWriter(.file(path), options: options)
    try writer.fill("a.har", 1) { input in for entry in 1...20 { try input.add(Case(entry: entry)) } }
    #expect(try writer.close().column("SELECT count(*) FROM verdicts") == ["20"])
  }

  @Test func `cannot be made in a folder that is not there`() {
    #expect(refusal { _ = try StoreWriter(.file(folder.file("no/such/s.db")), options: options) }?.kind == .openFailed)
  }

  @Test func `that may no longer be written is said to be so, with what to do`() throws {
    try StoreWriter(.file(path), options: options).close()
    let writer = try StoreWriter(.file(path), options: options)
    // SQLite refuses to write to a file that has been moved away, as to one whose mode forbids it; root may write all others.
    try FileManager.default.moveItem(atPath: path, toPath: path + ".old")
    let error = refusal { try writer.fill("a.har", 1) { input in try input.add(Case(entry: 1)) } }
    #expect(error?.kind == .readOnly)
    #expect(error?.remedy == "make the file and its folder writable, or name another store")
  }
}
