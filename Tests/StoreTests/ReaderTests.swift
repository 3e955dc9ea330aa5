import Correlator
import Evidence
import Fetch
import Store
import Testing

@Suite struct `A reader` {
  let reader: StoreReader

  init() throws { reader = try StoreTests.reader([Case(entry: 1), Case(entry: 3, client: "10.0.0.9")]) }

  func failure(_ sql: String, _ parameters: [String: Cell] = [:], _ limits: StoreReader.Limits = .init()) -> StoreError?
  {
    do throws(StoreError) {
      try reader.rows(sql, parameters, limits: limits) { _ in }
      return nil
    } catch { return error }
  }

  @Test(arguments: [
    "DELETE FROM verdict", "UPDATE source SET path = ''", "INSERT INTO meta VALUES ('a', 'b')", "DROP TABLE verdict",
    "CREATE TABLE t (x)", "CREATE TEMP TABLE t (x)", "ATTACH 'x.db' AS x", "VACUUM INTO 'copy.db'", "VACUUM", "BEGIN",
    "PRAGMA user_version = 9", "PRAGMA query_only = OFF", "PRAGMA journal_mode = WAL", "PRAGMA writable_schema = 1",
    "SELECT load_extension('x')", "WITH x AS (SELECT 1) DELETE FROM verdict", "REINDEX", "ANALYZE", "SAVEPOINT s",
    "DETACH main", "EXPLAIN DELETE FROM verdict",
  ]) func `refuses all but reading`(_ sql: String) throws {
    let failure = failure(sql)
    #expect(failure?.kind == .readOnly)
    #expect(failure?.remedy == "use a SELECT: a store is only read here")
    #expect(try reader.column("SELECT count(*) FROM verdicts") == ["2"])
  }

  @Test(arguments: [
    "SELECT 1;", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3) SELECT i FROM n",
    "PRAGMA table_info('verdicts')", "PRAGMA user_version", "EXPLAIN QUERY PLAN SELECT * FROM failures",
    "SELECT 1 -- a comment\n ; /* another */", "VALUES (1)", "SELECT value FROM json_each('[1]')",
  ]) func `allows all reading`(_ sql: String) { #expect(failure(sql) == nil) }

  @Test func `says where a statement is wrong, in SQLite's words`() {
    #expect(failure("SELECT orgin FROM verdicts")?.kind == .sql(message: "no such column: orgin", offset: 7))
    #expect(failure("SELECT 1; SELECT 2")?.kind == .sql(message: "more than one statement", offset: 9))
    #expect(failure(" -- nothing")?.kind == .sql(message: "no statement", offset: nil))
  }

  @Test func `wants exactly the statement's parameters`() throws {
    #expect(failure("SELECT :a")?.kind == .sql(message: "no value for parameter 'a'", offset: nil))
    #expect(
      failure("SELECT :a", ["a": .null, "b": .null])?.kind
        == .sql(message: "the statement has no parameter 'b'", offset: nil))
    #expect(
      try reader.table("SELECT :a, ?2, $c", ["a": .int(1), "2": .blob([1, 2]), "c": .real(0.5)])
        == [[.int(1), .blob([1, 2]), .real(0.5)]])
    #expect(try reader.table("SELECT :t, :e", ["t": .text("a\0b"), "e": .text("")]) == [[.text("a\0b"), .text("")]])
  }

  @Test func `stops a statement that takes too long`() {
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    #expect(failure(endless, [:], .init(seconds: 0.05))?.kind == .timeLimit(seconds: 0.05))
    #expect(failure("SELECT 1", [:], .init(seconds: 0.05)) == nil)
  }

  @Test func `says that a row limit left rows out`() throws {
    let sql = "SELECT entry FROM verdicts ORDER BY entry"
    let cut = try reader.rows(sql, limits: .init(rows: 1)) { #expect($0 == [.int(1)]) }
    #expect(cut.columns == ["entry"] && cut.rows == 1 && cut.isCut)
    #expect(try reader.rows(sql, limits: .init(rows: 2)) { _ in }.isCut == false)
  }
}

@Suite struct `Findings` {
  static let cases = [
    Case(entry: 1, client: "c1"), Case(entry: 3, client: "c2", minutes: 60), Case(entry: 5, client: "c2", minutes: 120),
    Case(entry: 7, decision: .allowed, client: "c3", minutes: 30),
    Case(
      entry: 9, origin: "https://other.example", endpoint: "https://api.example/orders", method: "GET",
      reason: .didNotSucceed, phase: .response, client: "c1", rootCause: "dns", minutes: 90,
      candidates: [.didNotSucceed, .missingAllowOrigin]),
    Case(
      entry: 11, origin: "https://other.example", endpoint: "https://api.example/orders", method: "GET",
      decision: .undetermined, client: "c9", minutes: 95),
  ]
  let reader: StoreReader

  init() throws { reader = try StoreTests.reader(Findings.cases) }

  @Test func `sum up decisions, groups and problems`() throws {
    let findings = try reader.findings()
    #expect([findings.requests, findings.blocked, findings.allowed, findings.undetermined] == [6, 4, 1, 1])
    #expect(findings.firstSeen == midnight && findings.lastSeen == midnight + 120 * 60_000_000)
    #expect(findings.byOrigin.map(\.key) == ["https://app.example", "https://other.example"])
    #expect(findings.byOrigin.map(\.requests) == [4, 2])
    #expect(findings.byCause.map(\.key) == ["CORSMissingAllowOrigin", "CORSDidNotSucceed"])
    #expect(findings.byCause.map(\.requests) == [4, 2])
    #expect(findings.byEndpoint.map(\.failures) == [3, 1])
    #expect(findings.byEndpoint.first?.exampleURL == "https://api.example/users/1?page=1")
    #expect(findings.problems.map(\.failures) == [3, 1])
    #expect(findings.problems.map(\.clients) == [2, 1])
    #expect(findings.problems.map(\.requests) == [4, 2])
    #expect(findings.problemsLeftOut == 0)
    #expect(findings.sources.map(\.path) == ["a.har"])
  }

  @Test func `give the example as it was judged`() throws {
    let problem = try #require(try reader.findings().problems.last)
    let given = Findings.cases[4].verdict
    #expect(problem.example.reason == .didNotSucceed && problem.example.rootCause == "dns")
    #expect(problem.example.candidates == given.candidates && problem.example.evidence == given.evidence)
    #expect(problem.example.url == given.url && problem.example.startedAt == given.startedAt)
    #expect(problem.example.anchor.entry == 9 && problem.example.client == "c1" && problem.source == "a.har")
    #expect(problem.preflight == nil)
  }

  @Test(arguments: [
    "\"quoted\" \\ back", "line\nfeed\r\ttab", "nul\0 bell\u{7}", "</script>\u{202E}🙂é", "", "'; DROP TABLE verdict",
  ])
  func `keep any text as it is`(_ text: String) throws {
    var verdict = Case(entry: 1, origin: text, client: text).verdict
    verdict.evidence = [Fact(text, text, from: text)]
    verdict.fix = text
    let writer = try StoreWriter(.temporary, options: options)
    try writer.fill("a.har", 1) { try $0.add(verdict) }
    let example = try #require(try writer.close().findings().problems.first).example
    let seen = text.replacing("\0", with: "\u{FFFD}")
    #expect(example.evidence == [Fact(seen, seen, from: seen)] && example.fix == text)
    #expect(example.origin == text && example.client == text)
  }

  @Test func `show both sides with every header line`() throws {
    let writer = try StoreWriter(.temporary, options: options)
    try writer.fill("a.har", 1) { input in
      try input.add(Case(entry: 1).verdict)
      try input.add(
        Exchange(
          locator: Locator(entry: 2, offset: 0), method: "OPTIONS", url: "https://api.example/",
          request: HeaderRecord(["Origin": "https://app.example", "Referer": "https://app.example/"]),
          response: HeaderRecord(["Vary": "Origin", "Vary": "Accept", "Server": "nginx"]), status: 204))
    }
    let problem = try #require(try writer.close().findings().problems.first)
    #expect(problem.exchange == nil)
    let side = try #require(problem.preflight)
    #expect(side.entry == 2 && side.method == "OPTIONS" && side.status == 204)
    #expect(side.request.map(\.name) == ["origin", "referer"])
    #expect(side.response.map(\.value) == ["Origin", "Accept", "nginx"])
  }

  @Test(arguments: [
    (FindingsFilter(since: midnight + 60 * 60_000_000), [2, 1], 4),
    (FindingsFilter(until: midnight + 60 * 60_000_000), [1], 2),
    (FindingsFilter(origins: ["https://other.example"]), [1], 2),
    (FindingsFilter(origins: ["https://no.example"]), [], 0),
    (FindingsFilter(endpoints: ["https://api.example/users/{id}"]), [3], 4),
    (FindingsFilter(reasons: [.didNotSucceed]), [1], 6),
    (FindingsFilter(origins: ["https://app.example"], reasons: [.didNotSucceed]), [], 4),
  ]) func `are narrowed by a filter`(_ filter: FindingsFilter, _ failures: [Int], _ requests: Int) throws {
    let findings = try reader.findings(filter)
    #expect(findings.problems.map(\.failures) == failures)
    #expect(findings.blocked == failures.reduce(0, +))
    #expect(findings.requests == requests)
    #expect(try reader.count(filter) == failures.reduce(0, +))
    #expect(findings.matchesNothing == (requests == 0))
    let others = try reader.findings(FindingsFilter(origins: filter.origins)).blocked - findings.blocked
    #expect(findings.blockedOtherwise == (filter.reasons.isEmpty ? 0 : others))
  }

  @Test func `say how many problems were left out`() throws {
    let findings = try reader.findings(limit: 1)
    #expect(findings.problems.count == 1 && findings.problemsLeftOut == 1)
  }

  @Test func `count failures by reason`() throws {
    #expect(try reader.count(reasons: [.missingAllowOrigin]) == 3)
    #expect(try reader.count(reasons: [.missingAllowOrigin, .didNotSucceed]) == 4)
    #expect(try reader.count(reasons: [.disabled]) == 0)
    #expect(try reader.count() == 4)
  }

  @Test(arguments: [(Correlator.Findings.Grouping?.none, [3, 2, 1]), (.origin, [2, 1, 3])])
  func `keep the problems of a group together`(_ grouping: Correlator.Findings.Grouping?, _ failures: [Int]) throws {
    // By themselves b's problem is the first; a's two together hurt more clients.
    let cases =
      [("a", "GET", 2, 0), ("a", "PUT", 1, 2), ("b", "GET", 3, 10)].flatMap { origin, method, count, client in
        (0..<count).map { number in
          Case(
            entry: 0, origin: "https://\(origin).example", method: method,
            client: "c\(client + (origin == "b" ? number % 2 : number))")
        }
      }
    let reader = try StoreTests.reader(
      cases.enumerated().map { index, one in
        var one = one
        one.entry = index * 2 + 1
        return one
      })
    #expect(try reader.findings(by: grouping).problems.map(\.failures) == failures)
  }

  @Test func `count a source without clients as one`() throws {
    let reader = try StoreTests.reader([Case(entry: 1), Case(entry: 3)])
    #expect(try reader.findings().problems.map(\.clients) == [1])
  }
}

@Suite struct `Plans` {
  @Test(arguments: [
    "SELECT subject, decision, count(*), min(started_at) FROM verdict GROUP BY subject, decision",
    "SELECT subject, judgement, client, started_at, id FROM verdict WHERE decision = 0 ORDER BY subject, judgement",
  ]) func `of the report read an index alone`(_ sql: String) throws {
    let plan = try reader([Case(entry: 1)]).table("EXPLAIN QUERY PLAN \(sql)").map { "\($0)" }.joined()
    #expect(plan.contains("COVERING INDEX") && !plan.contains("TEMP B-TREE"), "\(plan)")
  }

  @Test(arguments: [
    "SELECT status, reason FROM failures", "SELECT count(*) FROM failures", "SELECT status, reason FROM verdicts",
    "SELECT url FROM exchanges",
    "SELECT count(*) FROM preflights", "SELECT outcome, count(*) FROM preflights GROUP BY outcome",
  ])
  func `of a view do not look up texts that are not asked for`(_ sql: String) throws {
    let plan = try reader([Case(entry: 1)]).table("EXPLAIN QUERY PLAN \(sql)").map { "\($0)" }.joined()
    #expect(!plan.contains("SUBQUERY") && !plan.contains(" text "), "\(plan)")
  }
}
