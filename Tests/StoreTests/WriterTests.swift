import Correlator
import Evidence
import Fetch
import Foundation
import Store
import Testing

private let views = [
  "verdicts", "preflights", "exchanges", "rejects", "traffic", "sources", "failures_by_origin", "failures_by_endpoint",
  "failures_by_cause",
]

/// Everything that a reader can see, in one order.
private func content(_ reader: StoreReader) throws -> [String] {
  try views.flatMap { view in try reader.table("SELECT * FROM \(view)").map { "\(view): \($0)" }.sorted() }
}

private func exchange(_ entry: Int, origin: String = "https://app.example") -> Exchange {
  var exchange = Exchange(
    locator: Locator(entry: entry, offset: 0), method: "GET", url: "https://api.example/users/\(entry)",
    request: HeaderRecord(["Origin": origin, "User-Agent": "Agent/\(entry % 3)", "X-Trace": "1"]),
    response: HeaderRecord([
      "Access-Control-Allow-Origin": "https://a.example", "Vary": "Origin", "vary": " Accept ",
    ]), status: 200)
  exchange.startedAt = midnight + Int64(entry)
  exchange.duration = 1500
  exchange.client = "10.0.0.\(entry % 5)"
  return exchange
}

/// An input whose content follows from its number.
private func fill(_ writer: StoreWriter, _ number: Int) throws {
  try writer.fill("input-\(number)", number) { input in
    for entry in 1...20 {
      try input.add(exchange(entry, origin: "https://app\(number).example"), endpoint: "https://api.example/users/{id}")
      try input.add(Case(entry: entry, origin: "https://app\(number).example", client: "c\(entry % 4)").verdict)
    }
    var preflight = PreflightRecord(
      preflight: Locator(entry: 21, offset: 0), url: "https://api.example/", outcome: .followed)
    preflight.followUp = Locator(entry: 22, offset: 0)
    preflight.confidence = 0.9
    preflight.gap = 2500
    try input.add(preflight)
    try input.add(IngestProblem(.badLine, at: Locator(entry: 30, offset: 900), why: "no method", sample: "???"))
    try input.addTraffic(hour: 490_920, endpoint: "https://api.example/", method: "GET", status: 200, requests: number)
    try input.addTraffic(hour: 490_920, endpoint: "https://api.example/", method: "GET", status: 200, requests: 1)
  }
}

@Suite struct `A store that is written` {
  let folder: Folder
  var path: String { folder.file("s.db") }

  init() throws { folder = try Folder() }

  func open() throws -> StoreWriter { try StoreWriter(.file(path), options: options) }

  @Test func `appears whole, with nothing beside it`() throws {
    let writer = try open()
    try fill(writer, 1)
    #expect(folder.names == ["s.db.partial"])
    try writer.close()
    #expect(folder.names == ["s.db"])
    #expect(try StoreReader(path: path).column("PRAGMA user_version") == ["\(Schema.version)"])
  }

  @Test func `keeps every value of a header that was sent more than once`() throws {
    let writer = try open()
    try fill(writer, 1)
    let rows = try writer.close().table(
      """
      SELECT vary, origin, user_agent, other_request_headers, duration_ms, request_recorded FROM exchanges
      WHERE entry = 1
      """)
    #expect(
      rows == [
        [
          .text("Origin\nAccept"), .text("https://app1.example"), .text("Agent/1"), .text("x-trace"), .real(1.5),
          .text("all"),
        ]
      ])
  }

  @Test func `tells recorded, absent and blacked-out headers apart`() throws {
    let writer = try open()
    try writer.fill("a.log", 1) { input in
      try input.add(
        Exchange(
          locator: Locator(entry: 1, offset: 0), method: "GET", url: "/",
          request: HeaderRecord(coverage: .only(FieldSet(.origin, .referer)), redacted: FieldSet(.cookie)),
          response: .nothing))
    }
    let rows = try writer.close().table(
      "SELECT cookie, origin, request_recorded, response_recorded, status, started_at FROM exchanges")
    #expect(rows == [[.text("[redacted]"), .null, .text("origin\nreferer"), .text(""), .null, .null]])
  }

  @Test func `takes an input once, whatever its path`() throws {
    let writer = try open()
    try fill(writer, 1)
    #expect(try writer.begin(source: "other/path", sha256: digest(1)) == nil)
    let before = try content(try writer.close())
    let again = try open()
    #expect(try again.begin(source: "third/path", sha256: digest(1)) == nil)
    #expect(try content(try again.close()) == before)
  }

  @Test func `has the same content whatever the order of its inputs`() throws {
    let forth = try StoreWriter(.temporary, options: options)
    for number in [1, 2, 3] { try fill(forth, number) }
    // The other one is made in three runs.
    for number in [3, 1, 2] {
      let writer = try open()
      try fill(writer, number)
      try writer.close()
    }
    let expected = try content(try forth.close())
    #expect(expected.count > 120)
    #expect(try content(try StoreReader(path: path)) == expected)
  }

  @Test func `keeps two inputs apart whose digests begin alike`() throws {
    let writer = try StoreWriter(.temporary, options: options)
    let twin = digest(1).prefix(8) + String(repeating: "cd", count: 28)
    try fill(writer, 1)
    let input = try #require(try writer.begin(source: "twin", sha256: String(twin)))
    try input.add(Case(entry: 1).verdict)
    var said = summary("twin", 1)
    said.sha256 = String(twin)
    try input.finish(said)
    let reader = try writer.close()
    #expect(try reader.column("SELECT count(*) FROM sources") == ["2"])
    #expect(try reader.column("SELECT count(*) FROM verdicts WHERE source = 'twin'") == ["1"])
  }

  @Test(arguments: [true, false]) func `has nothing of an abandoned input`(isNew: Bool) throws {
    var writer = try open()
    try fill(writer, 1)
    if !isNew {
      try writer.close()
      writer = try open()
    }
    let input = try #require(try writer.begin(source: "half", sha256: digest(2)))
    for entry in 1...50 {
      try input.add(exchange(entry, origin: "https://half.example"))
      try input.add(Case(entry: entry, origin: "https://half.example").verdict)
    }
    try input.add(IngestProblem(.badLine, at: Locator(entry: 30, offset: 900), why: "no method"))
    try input.addTraffic(hour: 1, endpoint: "https://half.example/", method: "GET", status: 200, requests: 5)
    try input.abandon()
    try fill(writer, 3)
    let got = try content(try writer.close())

    let clean = try StoreWriter(.temporary, options: options)
    try fill(clean, 1)
    try fill(clean, 3)
    #expect(try got == content(try clean.close()))
  }

  @Test func `is left as it was when a run ends in the middle`() throws {
    let writer = try open()
    try fill(writer, 1)
    let before = try content(try writer.close())
    do {
      let second = try open()
      let input = try #require(try second.begin(source: "half", sha256: digest(2)))
      try input.add(Case(entry: 1).verdict)
    }
    #expect(try content(try StoreReader(path: path)) == before)
  }

  @Test func `leaves nothing when a new one is never closed`() throws {
    do {
      let writer = try open()
      try fill(writer, 1)
    }
    #expect(folder.names.isEmpty)
  }

  @Test func `clears away what an interrupted run left`() throws {
    try Data(repeating: 0x2A, count: 5000).write(to: URL(fileURLWithPath: path + ".partial"))
    let writer = try open()
    try fill(writer, 1)
    #expect(try writer.close().column("SELECT count(*) FROM verdicts") == ["20"])
    #expect(folder.names == ["s.db"])
  }

  @Test(arguments: ["ln", "ln -s"]) func `leaves what the partial file's name leads to alone`(link: String) throws {
    let other = folder.file("other")
    try Data("mine".utf8).write(to: URL(fileURLWithPath: other))
    let linking = Process()
    linking.executableURL = URL(fileURLWithPath: "/bin/sh")
    linking.arguments = ["-c", "\(link) '\(other)' '\(path).partial'"]
    try linking.run()
    linking.waitUntilExit()
    let writer = try open()
    try fill(writer, 1)
    try writer.close()
    #expect(try String(contentsOfFile: other, encoding: .utf8) == "mine")
    #expect(folder.names.sorted() == ["other", "s.db"])
  }

  @Test func `is not begun twice at once`() throws {
    let first = try open()
    #expect { _ = try open() } throws: { ($0 as? StoreError)?.kind == .locked }
    try fill(first, 1)
    try first.close()
  }

  @Test func `can be read while another input is being added`() throws {
    let first = try open()
    try fill(first, 1)
    let reader = try first.close()
    let before = try content(reader)
    let second = try open()
    let input = try #require(try second.begin(source: "more", sha256: digest(2)))
    try input.add(Case(entry: 1).verdict)
    #expect(try content(reader) == before && reader.findings().blocked == 20)
    try input.finish(summary("more", 2))
    #expect(try reader.findings().blocked == 21)
  }

  @Test func `limits the rejects it shows, and counts all`() throws {
    let writer = try open()
    try writer.fill("a.log", 1) { input in
      for entry in 1...Import.maximumRejects + 5 {
        try input.add(IngestProblem(.badLine, at: Locator(entry: entry, offset: 0), why: "no method"))
      }
    }
    let reader = try writer.close()
    #expect(try reader.column("SELECT count(*) FROM rejects") == ["\(Import.maximumRejects)"])
    #expect(try reader.column("SELECT problems ->> 'bad-line' FROM sources") == ["\(Import.maximumRejects + 5)"])
    #expect(try reader.sources().first?.problems.first?.count == Import.maximumRejects + 5)
  }

  @Test func `refuses an entry that an id cannot hold`() throws {
    let writer = try StoreWriter(.temporary, options: options)
    let input = try #require(try writer.begin(source: "a", sha256: digest(1)))
    #expect { try input.add(Case(entry: 1 << 32).verdict) } throws: { ($0 as? StoreError)?.kind == .tooManyEntries }
    try input.abandon()
    try writer.close()
  }

  /// Neighbours are numbered by SQLite: that must not show, whatever comes between them.
  @Test(arguments: [
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20], [1, 2, 3, 7, 8, 9, 20, 21, 30, 31, 32],
    [5, 6, 7, 1, 2, 3, 8, 9], [4, 4, 5, 5, 6, 7, 6, 8], [9, 8, 7, 6, 5, 4, 3, 2, 1],
  ])
  func `keeps each row under its entry`(_ entries: [Int]) throws {
    let writer = try open()
    for number in [2, 1, 3] {
      try writer.fill("\(number)", number) { input in for entry in entries { try input.add(exchange(entry)) } }
    }
    let dropped = try #require(try writer.begin(source: "4", sha256: digest(4)))
    for entry in entries { try dropped.add(exchange(entry)) }
    try dropped.abandon()
    try writer.fill("5", 5) { input in for entry in entries { try input.add(exchange(entry)) } }
    let expected = Set(entries).sorted().map { "\($0) https://api.example/users/\($0)" }
    let reader = try writer.close()
    for number in [1, 2, 3, 5] {
      let sql = "SELECT entry || ' ' || url FROM exchanges WHERE source = '\(number)' ORDER BY entry"
      #expect(try reader.column(sql) == expected)
    }
  }

  @Test func `names its rows by digest and entry`() throws {
    let writer = try open()
    try fill(writer, 1)
    let id = try #require(RowID.of(Locator(entry: 4, offset: 0), sha256: digest(1)))
    #expect(try writer.close().column("SELECT entry FROM verdicts WHERE verdict_id = \(id)") == ["4"])
  }
}
