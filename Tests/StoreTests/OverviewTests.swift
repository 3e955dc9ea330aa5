import Correlator
import Evidence
import Fetch
import Store
import Testing

@Suite struct `An overview` {
  func overview(_ cases: [Case], kind: SourceKind = .har, limit: Int = 50) throws -> Correlator.Findings.Overview {
    let writer = try StoreWriter(.temporary, options: options)
    let input = try #require(try writer.begin(source: "a", sha256: digest(7)))
    for one in cases { try input.add(one.verdict) }
    try input.finish(summary("a", 7, kind: kind))
    let findings = try writer.close().findings(limit: limit, withOverview: true)
    return try #require(findings.overview)
  }

  @Test func `is made only where it is asked for`() throws {
    #expect(try reader([Case(entry: 1)]).findings().overview == nil)
  }

  @Test func `takes for one fault what one change on one server would mend`() throws {
    let orders = "https://api.example/orders"
    let cases = [
      Case(entry: 1, client: "a"), Case(entry: 3, endpoint: orders, client: "b"),
      Case(entry: 5, origin: "https://other.example", method: "DELETE", client: "b"),
      Case(entry: 7, endpoint: orders, decision: .allowed, client: "c"),
      Case(entry: 9, endpoint: "https://cdn.example/x", client: "a"),
      Case(entry: 11, reason: .methodNotFound, client: "a"), Case(entry: 13, client: "a", rootCause: "dns"),
    ]
    let overview = try overview(cases)
    #expect(overview.faults.count == 4 && overview.faultsLeftOut == 0)
    let first = try #require(overview.faults.first)
    #expect(first.server == "https://api.example" && first.problems == 3 && first.failures == 3 && first.clients == 2)
    #expect(first.origins == 2 && first.endpoints == 2)
    // All of its three subjects: PUT of users (three), PUT of orders (the allowed one too), DELETE of users.
    #expect(first.requests == 6)
    #expect(first.example.example.reason == .missingAllowOrigin && first.given.count == 3)
  }

  @Test func `ranks by clients and failures alike`() throws {
    var cases = (0..<3).map { Case(entry: 1 + 2 * $0, client: "c\($0)") }
    cases += (0..<40).map {
      Case(entry: 101 + 2 * $0, reason: .methodNotFound, client: $0 == 0 ? "c1" : "c2")
    }
    let faults = try overview(cases).faults
    // 2/3 of the clients and all of the failures outweigh all of the clients and 3/40 of the failures.
    #expect(faults.map(\.failures) == [40, 3] && faults.map(\.clients) == [2, 3])
  }

  @Test func `names only problems that are given`() throws {
    let overview = try overview(
      (0..<5).map { Case(entry: 1 + 2 * $0, endpoint: "https://api.example/\($0)") }, limit: 2)
    #expect(overview.faults.map(\.problems) == [5] && overview.faults.map(\.given) == [[0, 1]])
    #expect(overview.endpoints == 5 && overview.origins == 1 && overview.causes == 1)
  }

  /// Seventy-one steps at most lie between the first failure and the last.
  @Test(
    arguments: [
      (0, 1), (1, 1), (2, 5), (17, 15), (18, 60), (71, 60), (72, 300), (1440, 3600), (576_000, 604_800),
      (15_768_000, 31_449_600),
    ] as [(Int, Int64)]) func `counts a log's failures in steps of a length that people think in`(
      _ minutes: Int, _ seconds: Int64
    ) throws
  {
    let cases = [Case(entry: 1), Case(entry: 3, minutes: Int64(minutes))]
    let timeline = try #require(try overview(cases, kind: .log).timeline)
    #expect(timeline.step == seconds * 1_000_000 && timeline.start % timeline.step == 0)
    #expect(timeline.start <= midnight && midnight - timeline.start < timeline.step)
    let counts = try #require(timeline.series.first?.counts)
    #expect(counts.reduce(0, +) == 2 && counts.count <= 72 && counts.first != 0 && counts.last != 0)
  }

  @Test func `counts by reason, the most frequent first`() throws {
    let cases = [
      Case(entry: 1), Case(entry: 3, reason: .methodNotFound, minutes: 1),
      Case(entry: 5, reason: .methodNotFound, minutes: 9),
      Case(entry: 7, decision: .allowed, minutes: 5),
    ]
    let timeline = try #require(try overview(cases, kind: .log).timeline)
    #expect(timeline.step == 15_000_000)
    #expect(timeline.series.map(\.reason) == ["CORSMethodNotFound", "CORSMissingAllowOrigin"])
    let steps = timeline.series.map { $0.counts.indices(where: { $0 > 0 }).ranges.flatMap { $0 } }
    #expect(steps == [[4, 36], [0]])
  }

  @Test func `has no time for captures alone, nor for times that no calendar holds`() throws {
    #expect(try overview([Case(entry: 1), Case(entry: 3, minutes: 9)]).timeline == nil)
    let far = try overview([Case(entry: 1), Case(entry: 3, minutes: 150_000_000_000)], kind: .log)
    #expect(far.timeline == nil && far.faults.count == 1)
  }

  @Test func `maps the worst endpoints against the worst origins`() throws {
    let cases = [
      Case(entry: 1), Case(entry: 3), Case(entry: 5, decision: .allowed), Case(entry: 7, origin: "https://b.example"),
      Case(entry: 9, endpoint: "https://api.example/x"),
      Case(entry: 11, origin: "https://b.example", endpoint: "https://api.example/x", decision: .allowed),
      Case(entry: 13, origin: "https://fine.example", decision: .allowed),
    ]
    let cells = try overview(cases).map.map { "\($0.origin) \($0.endpoint) \($0.failures)/\($0.requests)" }
    #expect(
      cells == [
        "https://app.example https://api.example/users/{id} 2/3",
        "https://b.example https://api.example/users/{id} 1/1",
        "https://app.example https://api.example/x 1/1", "https://b.example https://api.example/x 0/1",
      ])
  }

  @Test func `ties the preflights of a capture to their requests, in the order of time`() throws {
    let writer = try StoreWriter(.temporary, options: options)
    let input = try #require(try writer.begin(source: "a.har", sha256: digest(7)))
    func exchange(_ entry: Int, _ minutes: Int64, _ status: Int?) throws {
      var exchange = Exchange(
        locator: Locator(entry: entry, offset: 0), method: "PUT", url: "https://api.example/", status: status)
      exchange.startedAt = midnight + minutes * 60_000_000
      exchange.duration = 5000
      try input.add(exchange)
    }
    try exchange(1, 8, nil)
    try exchange(2, 5, 403)
    try input.add(Case(entry: 1, minutes: 8).verdict)
    try input.add(Case(entry: 3, decision: .allowed, phase: nil, minutes: 1, status: 200).verdict)
    try input.finish(summary("a.har", 7))
    let findings = try writer.close().findings(withOverview: true)
    let capture = try #require(findings.overview?.waterfalls.first)
    #expect(capture.source == "a.har" && capture.rows.map(\.entry) == [3, 1] && capture.rowsLeftOut == 0)
    let blocked = try #require(capture.rows.last)
    #expect(blocked.preflight?.entry == 2 && blocked.preflight?.status == 403 && blocked.preflight?.duration == 5000)
    #expect(blocked.request?.start == midnight + 8 * 60_000_000 && blocked.request?.status == nil)
    #expect(blocked.problem == 0 && blocked.reason == .missingAllowOrigin)
    // Its exchange is not in the store: what the verdict knows stands in.
    #expect(capture.rows.first?.request?.status == 200 && capture.rows.first?.problem == nil)
  }

  @Test func `shows captures in which something failed, and says how much it leaves out`() throws {
    let writer = try StoreWriter(.temporary, options: options)
    for number in 1...15 {
      let path = "\(number).har"
      let input = try #require(try writer.begin(source: path, sha256: digest(number)))
      let decision: Verdict.Decision = number == 15 ? .allowed : .blocked
      for entry in 1...(number == 3 ? 160 : 2) { try input.add(Case(entry: entry * 2, decision: decision).verdict) }
      try input.finish(summary(path, number))
    }
    let overview = try #require(try writer.close().findings(withOverview: true).overview)
    #expect(overview.waterfalls.count == 12 && overview.waterfallsLeftOut == 2)
    #expect(overview.waterfalls.first?.source == "3.har")
    #expect(overview.waterfalls.map(\.rowsLeftOut) == [10] + Array(repeating: 0, count: 11))
  }
}
