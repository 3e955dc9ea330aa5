import Correlator
import Evidence
import Foundation
import Store
import Testing

@Suite("A log that grows: the store goes on where it stopped")
struct ResumeTests {
  private func writer(_ folder: Folder) throws -> StoreWriter {
    try StoreWriter(.file(folder.file("s.db")), options: options)
  }

  /// One import of a log: an exchange a line from `lines` on.
  private func read(
    _ writer: StoreWriter, _ number: Int, lines: ClosedRange<Int>, progress: LogProgress, grownFrom: StoredLog? = nil,
    head: Int = 100
  ) throws -> StoredLog? {
    let identity = LogIdentity(sha256: digest(number), head: digest(head), grownFrom: grownFrom)
    guard let input = try writer.begin(log: "access.log", identity) else { return nil }
    for line in lines {
      try input.add(
        Exchange(locator: Locator(entry: line, offset: line), method: "GET", url: "https://a.example/\(line)"))
      try input.add(IngestProblem(.badLine, at: Locator(entry: line, offset: 0), why: "broken"))
    }
    try input.addTraffic(hour: 1, endpoint: "/", method: "GET", status: 200, requests: lines.upperBound)
    let stored = try input.leave(progress)
    try input.finish(summary("access.log", number, kind: .log, read: lines.upperBound))
    return stored
  }

  private func progress(_ number: Int, bytes: Int = 9000, line: Int) -> LogProgress {
    LogProgress(opening: "first line", content: digest(number), bytes: bytes, line: line, settings: "cors")
  }

  @Test func `what was settled stays, the rest is read again, and its ids stay`() throws {
    let folder = try Folder()
    let writer = try writer(folder)
    let first = try #require(try read(writer, 1, lines: 1...5, progress: progress(1, line: 4)))
    #expect(try writer.logs(opening: "first line") == [first])
    #expect(try writer.logs(opening: "another line") == [])
    let second = try read(writer, 2, lines: 4...8, progress: progress(2, line: 8), grownFrom: first)
    #expect(second?.source == first.source)
    let reader = try writer.close()
    #expect(try reader.column("SELECT entry FROM exchanges") == (1...8).map(String.init))
    #expect(try reader.column("SELECT entry FROM rejects ORDER BY 1") == (1...8).map(String.init))
    #expect(try reader.column("SELECT requests FROM traffic") == ["8"])
    #expect(try reader.column("SELECT read FROM sources") == ["8"])
    #expect(try reader.column("SELECT sha256 FROM sources") == [digest(2)])
  }

  @Test func `a log of which little was there gets the ids of its beginning`() throws {
    let folder = try Folder()
    let grown = try writer(folder)
    let small = progress(1, bytes: 300, line: 3)
    let first = try #require(try read(grown, 1, lines: 1...3, progress: small, head: 1))
    let second = try #require(try read(grown, 2, lines: 1...8, progress: progress(2, line: 8), grownFrom: first))
    #expect(second.source != first.source)
    let ids = try grown.close().column("SELECT exchange_id FROM exchanges")
    let whole = try StoreWriter(.temporary, options: options)
    _ = try read(whole, 2, lines: 1...8, progress: progress(2, line: 8))
    #expect(try whole.close().column("SELECT exchange_id FROM exchanges") == ids)
  }

  @Test func `the same content is known, packed or not`() throws {
    let writer = try StoreWriter(.temporary, options: options)
    _ = try read(writer, 1, lines: 1...2, progress: progress(2, line: 3))
    #expect(try writer.knows(sha256: digest(1)))
    #expect(try writer.knows(sha256: digest(9), content: digest(2)))
    #expect(try writer.knows(sha256: digest(2)))
    #expect(try !writer.knows(sha256: digest(9)))
    #expect(try read(writer, 1, lines: 1...2, progress: progress(1, line: 3)) == nil)
    _ = try writer.close()
  }

  @Test func `another run read it on meanwhile`() throws {
    let writer = try StoreWriter(.temporary, options: options)
    let first = try #require(try read(writer, 1, lines: 1...5, progress: progress(1, line: 4)))
    _ = try read(writer, 2, lines: 4...8, progress: progress(2, line: 8), grownFrom: first)
    let error = #expect(throws: StoreError.self) {
      _ = try read(writer, 3, lines: 4...9, progress: progress(3, line: 9), grownFrom: first)
    }
    #expect(error?.kind == .locked)
    #expect(try writer.close().column("SELECT max(entry) FROM exchanges") == ["8"])
  }

  @Test func `given up, the log is as it was`() throws {
    let folder = try Folder()
    let made = try writer(folder)
    let first = try #require(try read(made, 1, lines: 1...5, progress: progress(1, line: 4)))
    try made.close()
    let adding = try writer(folder)
    let identity = LogIdentity(sha256: digest(2), head: digest(100), grownFrom: first)
    try #require(try adding.begin(log: "access.log", identity)).abandon()
    #expect(try adding.logs(opening: "first line") == [first])
    #expect(try adding.close().column("SELECT entry FROM exchanges") == (1...5).map(String.init))
  }

  @Test func `a journal that a killed run left does not keep readers out`() throws {
    let folder = try Folder()
    let made = try writer(folder)
    _ = try read(made, 1, lines: 1...5, progress: progress(1, line: 4))
    try made.close()
    // What SQLite leaves behind when it is killed: some pages changed, and the journal that has them as they were.
    let store = folder.file("s.db")
    let adding = try StoreWriter(.file(store), options: options)
    let input = try #require(try adding.begin(source: "b.har", sha256: digest(7)))
    for entry in 1...60_000 {
      try input.add(
        Exchange(
          locator: Locator(entry: entry, offset: 0), method: "GET",
          url: "https://a.example/\(entry)/" + String(repeating: "x", count: 400)))
    }
    let killed = folder.file("killed.db")
    try FileManager.default.copyItem(atPath: store, toPath: killed)
    try FileManager.default.copyItem(atPath: store + "-journal", toPath: killed + "-journal")
    try input.abandon()
    #expect(try StoreReader(path: killed).column("SELECT entry FROM exchanges") == (1...5).map(String.init))
  }
}
