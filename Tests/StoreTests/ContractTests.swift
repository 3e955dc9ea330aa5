import Correlator
import Store
import Testing

/// The columns of `CONTRACT.md`, copied: the views are the product's public face.
private let contract: [(view: String, columns: [String])] = [
  (
    "verdicts",
    [
      "verdict_id", "exchange_id", "preflight_id", "source", "entry", "started_at", "client", "origin", "target_origin",
      "method", "url", "endpoint", "status", "verdict", "reason", "phase", "certainty", "candidates", "recorded_by",
      "chromium", "firefox", "webkit", "chromium_error", "root_cause", "evidence", "fix",
    ]
  ),
  (
    "preflights",
    [
      "preflight_id", "source", "entry", "started_at", "client", "origin", "url", "requested_method",
      "requested_headers", "status", "follow_up_id", "follow_up_entry", "paired_by", "confidence", "gap_ms", "covers",
      "outcome",
    ]
  ),
  ("failures_by_origin", ["origin"] + counts),
  ("failures_by_endpoint", ["endpoint"] + counts),
  ("failures_by_cause", ["cause"] + counts),
  ("rejects", ["source", "entry", "code", "why", "sample", "offset", "lost", "source_id"]),
  (
    "sources",
    [
      "path", "sha256", "kind", "format", "bytes", "read", "kept", "counted", "rejected", "imported_at", "problems",
      "blind_spots", "source_id",
    ]
  ),
  ("reasons", ["reason", "title", "mdn", "meaning", "fix", "clause"]),
  ("traffic", ["source", "hour", "endpoint", "method", "status", "requests", "source_id"]),
]
private let counts = ["failures", "requests", "clients", "first_seen", "last_seen", "example_url"]

@Suite struct `The views of the contract` {
  let reader: StoreReader

  init() throws { reader = try StoreTests.reader([Case(entry: 1)]) }

  func columns(_ view: String) throws -> [String] {
    try reader.rows("SELECT * FROM \(view)") { _ in }.columns
  }

  @Test(arguments: contract.indices) func `have exactly its columns`(_ index: Int) throws {
    #expect(try columns(contract[index].view) == contract[index].columns)
  }

  @Test func `failures are verdicts with the same columns`() throws {
    #expect(try columns("failures") == columns("verdicts"))
  }

  @Test func `exchanges have a column for each CORS header`() throws {
    let columns = try Set(columns("exchanges"))
    let expected: Set = [
      "exchange_id", "source", "entry", "started_at", "client", "method", "url", "endpoint", "status", "origin",
      "access_control_request_method", "access_control_request_headers", "access_control_request_private_network",
      "access_control_allow_origin", "access_control_allow_credentials", "access_control_allow_methods",
      "access_control_allow_headers", "access_control_max_age", "access_control_expose_headers", "vary", "location",
      "cookie", "authorization", "referer", "user_agent", "sec_fetch_mode", "sec_fetch_site",
    ]
    #expect(expected.subtracting(columns).isEmpty)
  }

  @Test func `reasons are the fifteen`() throws {
    #expect(try reader.column("SELECT count(DISTINCT reason) FROM reasons") == ["15"])
  }

  @Test func `a verdict reads back as it was given`() throws {
    let row = try reader.table(
      """
      SELECT entry, exchange_id = verdict_id, preflight_id = verdict_id + 1, source, started_at, origin, target_origin,
        method, url, endpoint, status, verdict, reason, phase, certainty, candidates, recorded_by, chromium,
        evidence ->> '$[0].fact', fix FROM verdicts
      """)
    #expect(
      row == [
        [
          .int(1), .int(1), .int(1), .text("a.har"), .text("2026-01-02T00:00:00.000000Z"),
          .text("https://app.example"), .text("https://api.example"), .text("PUT"),
          .text("https://api.example/users/1?page=1"), .text("https://api.example/users/{id}"), .null,
          .text("blocked"), .text("CORSMissingAllowOrigin"), .text("preflight"), .text("certain"), .null,
          .text("chromium"), .text("blocked"), .text("access-control-allow-origin"),
          .text("Send Access-Control-Allow-Origin."),
        ]
      ])
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
      (1_767_312_000_123_456, "2026-01-02T00:00:00.123456Z"),
    ] as [(Int64, String)])
  func `times are ISO 8601 with microseconds`(_ time: Int64, _ text: String) throws {
    let writer = try StoreWriter(.temporary, options: options)
    var verdict = Case(entry: 1).verdict
    verdict.startedAt = time
    try writer.fill("a.har", 1) { try $0.add(verdict) }
    #expect(try writer.close().column("SELECT started_at FROM verdicts") == [text])
  }

  @Test func `groups count failures, requests and clients`() throws {
    let reader = try StoreTests.reader([
      Case(entry: 1, client: "10.0.0.1"), Case(entry: 3, client: "10.0.0.2", minutes: 5),
      Case(entry: 5, client: "10.0.0.2", minutes: 9), Case(entry: 7, decision: .allowed, client: "10.0.0.3"),
      Case(entry: 9, origin: nil, reason: .didNotSucceed),
    ])
    let expected: [[Cell]] = [
      [
        .text("https://app.example"), .int(3), .int(4), .int(2), .text("2026-01-02T00:00:00.000000Z"),
        .text("2026-01-02T00:09:00.000000Z"), .text("https://api.example/users/1?page=1"),
      ],
      [
        .null, .int(1), .int(1), .int(1), .text("2026-01-02T00:00:00.000000Z"),
        .text("2026-01-02T00:00:00.000000Z"), .text("https://api.example/users/9?page=1"),
      ],
    ]
    #expect(try reader.table("SELECT * FROM failures_by_origin") == expected)
    #expect(
      try reader.table("SELECT endpoint, failures, requests, clients FROM failures_by_endpoint")
        == [[.text("https://api.example/users/{id}"), .int(4), .int(5), .int(3)]])
    #expect(
      try reader.table("SELECT cause, failures, requests FROM failures_by_cause ORDER BY cause")
        == [[.text("CORSDidNotSucceed"), .int(1), .int(1)], [.text("CORSMissingAllowOrigin"), .int(3), .int(4)]])
  }
}
