import Correlator

/// What a request's or a preflight's rows have of their own.
struct RequestPlace {
  var id: Int64
  /// Who asked what of whom, for a verdict.
  var subject: Int64 = 0
  var client: Int64?
  /// Microseconds since 1970-01-01T00:00:00Z.
  var startedAt: Int64?
  var status: Int?
}

/// What is said of a request, as rows; the decision by its code.
struct Said {
  var decision: Int64
  var judgement: Int64
  var evidence: Int64?
  var fix: Int64?
}

/// What a preflight asked for.
struct Announced {
  var origin: Int64?
  var method: String?
  var headers: Int64?
}

/// What came after a preflight.
struct Following {
  var id: Int64?
  var pairedBy: PreflightRecord.Basis?
  var confidence: Double?
  /// In microseconds.
  var gap: Int64?
  /// How many further requests it let through.
  var covers = 0
}

/// The rows of `verdict` and `preflight`.
extension StoreWriter {
  func add(_ said: Said, at place: RequestPlace, request: Int64?, preflight: Int64?) throws(StoreError) {
    let row = insertVerdict
    row.begin(place.id)
    row.bind(said.decision, 1)
    row.bind(place.subject, 2)
    row.bind(said.judgement, 3)
    row.bind(place.client, 4)
    row.bind(place.startedAt, 5)
    row.bind(request, 6)
    row.bind(preflight, 7)
    row.bind(request == nil ? nil : place.status, 8)
    row.bind(said.evidence, 9)
    row.bind(said.fix, 10)
    try row.end()
  }

  func add(
    _ outcome: PreflightRecord.Outcome, of announced: Announced, at place: RequestPlace,
    _ following: Following = Following()
  ) throws(StoreError) {
    let row = insertPreflight
    row.begin(place.id)
    row.bind(place.startedAt, 1)
    row.bind(place.client, 2)
    row.bind(announced.origin, 3)
    row.bind(announced.method, 4)
    row.bind(announced.headers, 5)
    row.bind(place.status, 6)
    row.bind(following.id, 7)
    row.bind(following.pairedBy?.rawValue, 8)
    row.bind(following.confidence, 9)
    row.bind(following.gap, 10)
    row.bind(Int64(following.covers), 11)
    row.bind(outcome.rawValue, 12)
    try row.end()
  }
}

/// Says something else of a request or preflight than its row of `verdict` does.
struct VerdictChange {
  private let row: BoundStatement

  init(_ connection: Connection) throws(StoreError) {
    row = try connection.prepare(
      "UPDATE verdict SET decision = ?2, judgement = ?3, evidence = ?4, fix = ?5 WHERE id = ?1")
  }

  func make(_ said: Said, of id: Int64) throws(StoreError) {
    row.bind(id, 0)
    row.bind(said.decision, 1)
    row.bind(said.judgement, 2)
    row.bind(said.evidence, 3)
    row.bind(said.fix, 4)
    try row.run()
  }
}
