package import Correlator
import Evidence
import Fetch

/// Reads single rows back as values: the examples in a report.
final class ExampleReader {
  /// A verdict, and the row ids of its exchanges: they may be of other sources than the verdict's own.
  struct Example {
    var verdict: Verdict
    var source: String
    var exchange: Int64?
    var preflight: Int64?
  }

  private let connection: Connection

  /// Prepared once: making ready the view's statement takes ten times as long as a row.
  private var prepared: [String: BoundStatement] = [:]

  init(_ connection: Connection) { self.connection = connection }

  private func statement(_ sql: String) throws(StoreError) -> BoundStatement {
    if let known = prepared[sql] { return known }
    let made = try connection.prepare(sql)
    prepared[sql] = made
    return made
  }

  func url(_ id: Int64) throws(StoreError) -> String? {
    let row = try statement("SELECT url FROM exchange WHERE id = ?")
    row.bind(id, 0)
    defer { row.reset() }
    return try row.step() ? row.text(0) : nil
  }

  func verdict(_ id: Int64) throws(StoreError) -> Example? {
    let row = try statement(
      """
      SELECT source, entry, exchange_id, preflight_id, client, origin, target_origin, method,
        url, endpoint, status, verdict, reason, phase, certainty, candidates, recorded_by, chromium, firefox, webkit,
        chromium_error, root_cause, evidence, fix, (SELECT started_at FROM verdict WHERE id = verdict_id)
      FROM verdicts WHERE verdict_id = ?
      """)
    row.bind(id, 0)
    defer { row.reset() }
    guard try row.step() else { return nil }
    func decision(_ column: Int) -> Verdict.Decision {
      row.text(column).flatMap(Verdict.Decision.init) ?? .undetermined
    }
    func locator(_ column: Int) -> Locator? {
      row.intOrNil(column).map { Locator(entry: Int($0 & 0xFFFF_FFFF), offset: 0) }
    }
    var verdict = Verdict(
      anchor: Locator(entry: Int(row.int(1)), offset: 0), method: row.text(7) ?? "", url: row.text(8) ?? "",
      endpoint: row.text(9) ?? "", decision: decision(11),
      certainty: row.text(14).flatMap(Verdict.Certainty.init) ?? .possible,
      recordedBy: row.text(16).flatMap(Recorder.init) ?? .unknown,
      engines: PerEngine(chromium: decision(17), firefox: decision(18), webkit: decision(19)))
    verdict.exchange = locator(2)
    verdict.preflight = locator(3)
    verdict.client = row.text(4)
    verdict.origin = row.text(5)
    verdict.targetOrigin = row.text(6)
    verdict.status = row.intOrNil(10).map { Int($0) }
    verdict.reason = row.text(12).flatMap(ReasonKey.init)
    verdict.phase = row.text(13).flatMap(Verdict.Phase.init)
    verdict.chromiumError = row.text(20).flatMap(ChromiumError.init)
    verdict.rootCause = row.text(21)
    verdict.fix = row.text(23)
    verdict.startedAt = row.intOrNil(24)
    let source = row.text(0) ?? ""
    let exchange = row.intOrNil(2)
    let preflight = row.intOrNil(3)
    let candidates = row.text(15)
    let evidence = row.text(22)
    verdict.candidates = try strings(candidates).compactMap(ReasonKey.init)
    verdict.evidence = try facts(evidence)
    return Example(verdict: verdict, source: source, exchange: exchange, preflight: preflight)
  }

  private func strings(_ json: String?) throws(StoreError) -> [String] {
    guard let json else { return [] }
    let rows = try statement("SELECT value FROM json_each(?)")
    rows.bind(json, 0)
    var found: [String] = []
    while try rows.step() { found.append(rows.text(0) ?? "") }
    return found
  }

  private func facts(_ json: String?) throws(StoreError) -> [Fact] {
    guard let json else { return [] }
    let rows = try statement(
      "SELECT value ->> 'fact', value ->> 'value', value ->> 'from' FROM json_each(?)")
    rows.bind(json, 0)
    var found: [Fact] = []
    while try rows.step() {
      found.append(Fact(rows.text(0) ?? "", rows.text(1) ?? "", from: rows.text(2) ?? ""))
    }
    return found
  }

  /// The exchange of this row id; `nil` where it is not in the store.
  func side(_ id: Int64?) throws(StoreError) -> Findings.Side? {
    guard let id else { return nil }
    let request = HeaderColumns.request + HeaderColumns.requestAlone
    let fields = (request + HeaderColumns.response).map(HeaderColumns.column).joined(separator: ", ")
    let row = try statement("SELECT method, url, status, \(fields) FROM exchanges WHERE exchange_id = ?")
    row.bind(id, 0)
    defer { row.reset() }
    guard try row.step() else { return nil }
    func lines(_ fields: [KnownField], from column: Int) -> [(name: String, value: String)] {
      var lines: [(name: String, value: String)] = []
      for (index, field) in fields.enumerated() {
        guard let values = row.text(column + index) else { continue }
        for value in values.split(separator: "\n", omittingEmptySubsequences: false) {
          lines.append((field.name, String(value)))
        }
      }
      return lines
    }
    return Findings.Side(
      entry: Int(id & 0xFFFF_FFFF), method: row.text(0) ?? "", url: row.text(1) ?? "",
      status: row.intOrNil(2).map { Int($0) }, request: lines(request, from: 3),
      response: lines(HeaderColumns.response, from: 3 + request.count))
  }
}

extension StoreReader {
  /// The inputs, by path and digest: the same whatever the order of imports.
  package func sources() throws(StoreError) -> [SourceSummary] {
    let rows = try connection.prepare(
      """
      SELECT path, sha256, kind, format, bytes, read, kept, rejected, problems, blind_spots FROM sources
      ORDER BY path, sha256
      """)
    let codes = try connection.prepare("SELECT key, value FROM json_each(?)")
    let spots = try connection.prepare("SELECT value FROM json_each(?)")
    var found: [SourceSummary] = []
    while try rows.step() {
      var summary = SourceSummary(
        path: rows.text(0) ?? "", sha256: rows.text(1) ?? "", kind: rows.text(2).flatMap(SourceKind.init) ?? .log,
        format: rows.text(3) ?? "",
        bytes: Int(rows.int(4)), read: Int(rows.int(5)), kept: Int(rows.int(6)), rejected: Int(rows.int(7)))
      if let json = rows.text(8) {
        codes.bind(json, 0)
        while try codes.step() { summary.problems.append((codes.text(0) ?? "", Int(codes.int(1)))) }
      }
      if let json = rows.text(9) {
        spots.bind(json, 0)
        while try spots.step() { summary.blindSpots.append(spots.text(0) ?? "") }
      }
      found.append(summary)
    }
    return found
  }
}
