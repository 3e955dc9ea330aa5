import Correlator

extension StoreReader {
  private enum WaterfallLimit {
    static let captures = 12
    static let rows = 150
  }

  /// The captures in which something failed, those with most failures first.
  func addWaterfalls(
    _ filter: FindingsFilter, _ tally: Tally, _ problems: RankedProblems, to overview: inout Findings.Overview
  ) throws(StoreError) {
    let (condition, values) = filter.condition(reasonsToo: true)
    let sources = try connection.prepare(
      """
      SELECT so.id, so.path,
        (SELECT count(*) FROM verdict v WHERE v.id BETWEEN so.id << 32 AND (so.id << 32) + 4294967295
          AND v.decision = \(Schema.blocked)\(condition)) AS failures
      FROM source so WHERE so.kind = 'har' ORDER BY failures DESC, so.path, so.sha256
      """)
    for (index, value) in values.enumerated() { sources.bind(value, index) }
    var captures: [(id: Int64, path: String)] = []
    while try sources.step() {
      guard sources.int(2) > 0 else { continue }
      captures.append((sources.int(0), sources.text(1) ?? ""))
    }
    overview.waterfallsLeftOut = max(0, captures.count - WaterfallLimit.captures)
    let rows = try WaterfallRows(connection, filter)
    for capture in captures.prefix(WaterfallLimit.captures) {
      let (found, leftOut) = try rows.of(capture.id, tally, problems, limit: WaterfallLimit.rows)
      overview.waterfalls.append(Findings.Waterfall(source: capture.path, rows: found, rowsLeftOut: leftOut))
    }
  }
}

/// Reads one capture's requests in the order of time, each with its preflight.
private struct WaterfallRows {
  private let statement: BoundStatement
  private let filterValues: [Cell]

  init(_ connection: Connection, _ filter: FindingsFilter) throws(StoreError) {
    let (condition, values) = filter.condition(reasonsToo: false)
    filterValues = values
    statement = try connection.prepare(
      """
      SELECT v.id, v.decision, v.subject, j.reason, j.phase, j.root_cause, (SELECT url FROM exchange WHERE id = v.id), v.exchange_id & 4294967295, v.preflight_id & 4294967295,
        e.started_at, e.duration, e.status, p.started_at, p.duration, p.status, v.started_at, v.status
      FROM verdict v LEFT JOIN judgement j ON j.id = v.judgement
        LEFT JOIN exchange e ON e.id = v.exchange_id
        LEFT JOIN exchange p ON p.id = v.preflight_id
      WHERE v.id BETWEEN ? AND ?\(condition) ORDER BY coalesce(p.started_at, e.started_at, v.started_at), v.id
      """)
  }

  func of(
    _ source: Int64, _ tally: Tally, _ problems: RankedProblems, limit: Int
  ) throws(StoreError) -> (rows: [Findings.Waterfall.Row], leftOut: Int) {
    statement.bind(source << 32, 0)
    statement.bind((source << 32) | Int64(RowID.maximumEntry), 1)
    for (index, value) in filterValues.enumerated() { statement.bind(value, index + 2) }
    var rows: [Findings.Waterfall.Row] = []
    var leftOut = 0
    while try statement.step() {
      if rows.count >= limit {
        leftOut += 1
      } else {
        rows.append(row(tally, problems))
      }
    }
    return (rows, leftOut)
  }

  private func row(_ tally: Tally, _ problems: RankedProblems) -> Findings.Waterfall.Row {
    let decision: Verdict.Decision =
      switch statement.int(1) {
      case Schema.blocked: .blocked
      case Schema.allowed: .allowed
      default: .undetermined
      }
    let subject = tally.subjects[statement.int(2)]
    var problem: Int?
    if decision == .blocked {
      let cluster = Tally.Cluster(
        subject: statement.int(2), reason: statement.text(3), phase: statement.text(4), rootCause: statement.text(5),
        example: .max)
      problem = problems.given[ProblemKey(cluster, subject)]
    }
    func span(_ entry: Int, _ start: Int) -> Findings.Waterfall.Span? {
      statement.intOrNil(entry).map {
        Findings.Waterfall.Span(
          entry: Int($0), start: statement.intOrNil(start), duration: statement.intOrNil(start + 1),
          status: statement.intOrNil(start + 2).map { Int($0) })
      }
    }
    var request = span(7, 9)
    if let given = request {
      request?.start = given.start ?? statement.intOrNil(15)
      request?.status = given.status ?? statement.intOrNil(16).map { Int($0) }
    }
    return Findings.Waterfall.Row(
      entry: Int(statement.int(0) & Int64(RowID.maximumEntry)), method: subject?.method ?? "",
      url: statement.text(6) ?? "", decision: decision, reason: statement.text(3).flatMap(ReasonKey.init),
      request: request, preflight: span(8, 12), problem: problem)
  }
}
