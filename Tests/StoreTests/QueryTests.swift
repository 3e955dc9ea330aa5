import Correlator
import Evidence
import Fetch
import Queries
import Store
import Testing

/// A small world in which each ready query has something to say.
private enum World {
  static func exchange(
    _ entry: Int, _ method: String, status: Int, origin: String = "https://app.example", minutes: Int64 = 0,
    request: [(String, String)] = [], response: [(String, String)] = [], client: String? = "10.0.0.1"
  ) -> Exchange {
    var exchange = Exchange(
      locator: Locator(entry: entry, offset: 0), method: method, url: "https://api.example/users/\(entry)",
      request: HeaderRecord(
        HeaderList([HeaderField(.origin, origin)] + request.map { HeaderField(name: $0.0, value: $0.1) })),
      response: HeaderRecord(HeaderList(response.map { HeaderField(name: $0.0, value: $0.1) })), status: status)
    exchange.startedAt = midnight + minutes * 60_000_000
    exchange.duration = Int64(entry) * 1000
    exchange.client = client
    return exchange
  }

  static func preflight(_ entry: Int, _ outcome: PreflightRecord.Outcome) -> PreflightRecord {
    var record = PreflightRecord(
      preflight: Locator(entry: entry, offset: 0), url: "https://api.example/users/\(entry)", outcome: outcome)
    record.origin = "https://app.example"
    record.requestedMethod = "PUT"
    record.client = "10.0.0.1"
    record.covers = 2
    record.status = 204
    return record
  }

  static let users = "https://api.example/users/{id}"
  static let orders = "https://api.example/orders"

  static func reader() throws -> StoreReader {
    let writer = try StoreWriter(.temporary, options: options)
    try writer.fill("a.har", 1) { input in
      // A refused PUT, twice, with its preflight in entry 2 and 4.
      try input.add(
        Case(entry: 1, reason: .missingAllowHeaderFromPreflight, client: "10.0.0.1", rootCause: "one-header").verdict)
      try input.add(
        Case(
          entry: 3, reason: .missingAllowHeaderFromPreflight, client: "10.0.0.1", rootCause: "one-header", minutes: 70
        ).verdict)
      // An error without its headers beside a good answer with them.
      try input.add(
        Case(entry: 5, endpoint: orders, method: "GET", phase: .response, client: "10.0.0.2", minutes: 80, status: 500)
          .verdict)
      try input.add(
        Case(entry: 6, endpoint: orders, method: "GET", decision: .allowed, phase: nil, minutes: 81, status: 200)
          .verdict)
      try input.add(
        Case(
          entry: 7, decision: .undetermined, phase: .response, certainty: .possible,
          candidates: [.notSupportingCredentials, .missingAllowCredentials]
        ).verdict)
      try input.add(
        Case(
          entry: 8, origin: "https://solo.example", decision: .allowed, phase: nil,
          engines: PerEngine(chromium: .allowed, firefox: .blocked, webkit: .allowed)
        ).verdict)
      try input.add(
        Case(entry: 9, origin: "null", method: "GET", reason: .allowOriginNotMatchingOrigin, phase: .response).verdict)
      try input.add(
        Case(
          entry: 10, origin: "https://App.example", method: "GET", reason: .allowOriginNotMatchingOrigin,
          phase: .response
        ).verdict)

      let asks = [("Access-Control-Request-Method", "PUT"), ("Access-Control-Request-Headers", "x-a,x-b")]
      for entry in [2, 4] {
        try input.add(
          exchange(
            entry, "OPTIONS", status: 204, request: asks,
            response: [("Access-Control-Allow-Origin", "https://app.example"), ("Access-Control-Allow-Headers", "x-a")]),
          endpoint: users)
      }
      try input.add(preflight(2, .refused))
      try input.add(preflight(4, .refused))
      for entry in 20...22 {
        try input.add(exchange(entry, "OPTIONS", status: 204, request: asks), endpoint: users)
        try input.add(preflight(entry, .followed))
      }
      try input.add(exchange(5, "GET", status: 500, response: [("Server", "nginx")]), endpoint: orders)
      for (entry, origin) in [(6, "https://app.example"), (30, "https://b.example"), (31, "https://c.example")] {
        try input.add(
          exchange(
            entry, "GET", status: 200, origin: origin,
            response: [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true")]),
          endpoint: orders)
      }
      try input.add(
        exchange(9, "GET", status: 200, origin: "null", response: [("Access-Control-Allow-Origin", "*")]),
        endpoint: users)
      try input.add(
        exchange(
          10, "GET", status: 200, origin: "https://App.example",
          response: [("Access-Control-Allow-Origin", "https://app.example")]), endpoint: users)
      try input.add(IngestProblem(.badEntry, at: Locator(entry: 40, offset: 0), why: "no request", sample: "{}"))
    }
    return try writer.close()
  }
}

/// Each query, what it is given, and the row that has to be among its rows, as far as its first columns go.
private let expected: [(name: String, given: [String: String], row: [Cell])] = [
  (
    "top-failing-endpoints", [:],
    [.text(World.users), .text("https://app.example"), .text("CORSMissingAllowHeaderFromPreflight"), .int(2)]
  ),
  (
    "new-failures", ["since": "2026-01-02T01:15"],
    [.text("2026-01-02T01:20:00.000000Z"), .text("https://app.example"), .text(World.orders)]
  ),
  (
    "failure-rates", ["minimum": "2"],
    [.text(World.orders), .int(2), .int(1), .int(0), .real(0.5), .real(0.0945), .real(0.9055)]
  ),
  ("refused-by-one-engine", [:], [.text("firefox"), .text("https://solo.example"), .text(World.users), .int(1)]),
  ("engine-disagreement", [:], [.text("a.har"), .int(8), .text("https://solo.example")]),
  ("preflight-cost", [:], [.text(World.users), .int(5), .real(69), .real(13.8), .real(22), .int(10)]),
  ("preflight-latency", [:], [.text(World.users), .int(5), .real(20), .real(22), .real(22)]),
  (
    "uncached-preflights", [:],
    [.text("https://app.example"), .text(World.users), .text("PUT"), .null, .int(3), .int(1), .real(42)]
  ),
  ("errors-without-cors", [:], [.text(World.orders), .int(500), .int(1), .int(3), .text("nginx")]),
  (
    "failures-by-hour", ["since": "2026-01-02T01"],
    [.text("2026-01-02T01:00Z"), .text("CORSMissingAllowHeaderFromPreflight"), .int(1), .int(1)]
  ),
  (
    "wildcard-credentials", [:],
    [.text(World.orders), .text("reflects every origin with credentials"), .int(3), .int(3)]
  ),
  (
    "least-certain", [:],
    [
      .text("possible"), .text("undetermined"), .null,
      .text(#"["CORSNotSupportingCredentials","CORSMissingAllowCredentials"]"#),
    ]
  ),
  (
    "origin-near-misses", [:],
    [.text("https://App.example"), .text("https://app.example"), .text("letter case"), .text(World.users), .int(1)]
  ),
  ("clients-hit-most", [:], [.text("10.0.0.1"), .int(2), .int(1), .int(1)]),
  (
    "undetermined", [:],
    [.text("chromium"), .text(#"["CORSNotSupportingCredentials","CORSMissingAllowCredentials"]"#), .int(1)]
  ),
  (
    "sources", [:],
    [
      .text("a.har"), .text("har"), .text("test"), .int(1), .int(0), .int(0), .int(0), .int(0), .text("bad-entry"),
      .int(1), .int(40), .text("{}"),
    ]
  ),
  (
    "root-causes", [:],
    [.text("one-header"), .text("CORSMissingAllowHeaderFromPreflight"), .text("preflight"), .int(2), .int(1), .int(1)]
  ),
  (
    "missing-allow-headers", [:],
    [
      .text(World.users), .text("https://app.example"), .text("CORSMissingAllowHeaderFromPreflight"), .text("PUT"),
      .text("x-a,x-b"), .null, .text("x-a"), .int(2),
    ]
  ),
  (
    "unfollowed-preflights", [:],
    [
      .text("https://app.example"), .text(World.users), .text("PUT"), .text("refused"), .int(204),
      .text("https://app.example"), .int(2), .int(1),
    ]
  ),
  (
    "null-origins", [:],
    [.text(World.users), .text("blocked"), .text("CORSAllowOriginNotMatchingOrigin"), .null, .int(1), .text("*")]
  ),
]

@Suite struct `Ready queries` {
  let reader: StoreReader

  init() throws { reader = try World.reader() }

  @Test func `are all tested, and all say what they are`() {
    #expect(QueryCatalog.all.count == QueryCatalog.fileCount)
    #expect(QueryCatalog.all.map(\.name).sorted() == expected.map(\.name).sorted())
  }

  @Test(arguments: expected.indices) func `answer`(_ index: Int) throws {
    let (name, given, row) = expected[index]
    let query = try QueryCatalog.find(name)
    var rows: [[Cell]] = []
    let outcome = try reader.rows(query, query.bindings(given) { $0 }) { rows.append($0) }
    #expect(outcome.columns == query.columns)
    #expect(rows.contains { Array($0.prefix(row.count)) == row }, "\(name): \(rows)")
  }

  @Test func `tell inputs apart that were read from one path`() throws {
    let writer = try StoreWriter(.temporary, options: options)
    for entry in [40, 50] {
      try writer.fill("access.log", entry) { input in
        try input.add(
          IngestProblem(.badLine, at: Locator(entry: entry, offset: 0), why: "no status", sample: "\(entry)"))
      }
    }
    let query = try QueryCatalog.find("sources")
    var found: [[Cell]] = []
    _ = try writer.close().rows(query, query.bindings([:]) { $0 }) { found.append($0.suffix(2)) }
    #expect(found.count == 2 && found.contains([.int(40), .text("40")]) && found.contains([.int(50), .text("50")]))
  }

  @Test func `give rates between what they are if all that is open passed, and if none did`() throws {
    let query = try QueryCatalog.find("failure-rates")
    var rows: [[Cell]] = []
    _ = try reader.rows(query, query.bindings([:]) { $0 }) { rows.append($0) }
    // Four of six were blocked, and one is open.
    let row: [Cell] = [
      .text(World.users), .int(6), .int(4), .int(1), .real(0.8), .real(0.3), .real(0.9699),
    ]
    #expect(rows.contains(row), "\(rows)")
  }

  @Test(arguments: QueryCatalog.all.map(\.name)) func `name parameters that they use`(_ name: String) throws {
    let query = try QueryCatalog.find(name)
    #expect(!query.title.isEmpty && query.question.hasSuffix("?"))
    for parameter in query.parameters {
      #expect(query.sql.contains(":\(parameter.name)") && !parameter.meaning.isEmpty)
    }
  }

  @Test func `refuse wrong parameters, and name their own`() throws {
    let query = try QueryCatalog.find("new-failures")
    #expect { _ = try query.bindings([:]) { $0 } } throws: { ($0 as? QueryError)?.kind == .missingParameter("since") }
    #expect { _ = try query.bindings(["since": "2026", "x": ""]) { $0 } } throws: {
      let error = $0 as? QueryError
      return error?.kind == .unknownParameter("x") && error?.query?.parameters.map(\.name) == ["since"]
    }
    let top = try QueryCatalog.find("top-failing-endpoints")
    let limit = try #require(top.parameters.first)
    #expect { _ = try top.bindings(["limit": "many"]) { $0 } } throws: {
      ($0 as? QueryError)?.kind == .badValue(limit, "many")
    }
    let since = try #require(query.parameters.first)
    #expect { _ = try query.bindings(["since": "some day"]) { _ in nil } } throws: {
      ($0 as? QueryError)?.kind == .badValue(since, "some day")
    }
    #expect { _ = try QueryCatalog.find("no-such") } throws: { ($0 as? QueryError)?.kind == .noSuchQuery("no-such") }
  }

  /// A form binds texts, and empty ones for what was not filled in: then the defaults count.
  @Test(arguments: expected.indices) func `answer alike in a web form`(_ index: Int) throws {
    let (name, given, _) = expected[index]
    let query = try QueryCatalog.find(name)
    var rows: [[Cell]] = []
    try reader.rows(query, query.bindings(given) { $0 }) { rows.append($0) }
    var filledIn: [String: Cell] = [:]
    for parameter in query.parameters { filledIn[parameter.name] = .text(given[parameter.name] ?? "") }
    var formRows: [[Cell]] = []
    try reader.rows(query.sqlForForms, filledIn) { formRows.append($0) }
    #expect(formRows == rows)
  }

  @Test func `parse from their comment lines`() throws {
    let text = """
      -- title: T
      -- question: Q?
      -- param a integer: what (default 2)
      -- param b text: which (default )
      -- param c time: must
      -- columns: x, y
      -- a remark
      SELECT :a AS x;
      """
    let query = try #require(Query(name: "q", text: text))
    #expect(query.title == "T" && query.columns == ["x", "y"] && query.parameters.map(\.name) == ["a", "b", "c"])
    #expect(query.parameters.map(\.kind) == [.integer, .text, .time])
    #expect(query.parameters.map(\.standard) == [.integer(2), .text(""), nil])
    for wrong in ["a:", "a count:", "a integer: x (default many)"] {
      #expect(Query(name: "q", text: text.replacing("a integer: what (default 2)", with: wrong)) == nil, "\(wrong)")
    }
    #expect(Query(name: "q", text: "SELECT 1") == nil)
  }
}
