import Correlator

/// What a line's rows have of their own.
struct LinePlace {
  var id: Int64
  /// Who asked what of whom.
  var subject: Int64
  var client: Int64?
  /// Microseconds since 1970-01-01T00:00:00Z.
  var startedAt: Int64
  var status: Int?
}

/// A line that waits for the pairing.
package struct PairedLine {
  /// Its row of `line_kind`.
  var kind: Int64
  var place: LinePlace
}

/// What is said of lines, as rows.
extension StoreWriter {
  /// Adds the verdict on one line, made from what lines of its kind have in common; `url` binds its URL.
  func add(
    _ said: LineRuling.Said, at place: LinePlace, request: Int64?, preflight: Int64?,
    url: (BatchInsert, _ column: Int) throws(StoreError) -> Void
  ) throws(StoreError) {
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
    try url(row, 11)
    try row.end()
  }

  /// Adds a preflight, with the request that followed it where there is one.
  ///
  /// `gap` is in microseconds.
  func add(
    _ outcome: PreflightRecord.Outcome, of announced: LineRuling.Announced, at place: LinePlace,
    followUp: (id: Int64, confidence: Double, gap: Int64)? = nil
  ) throws(StoreError) {
    let row = insertPreflight
    row.begin(place.id)
    row.bind(place.startedAt, 1)
    row.bind(place.client, 2)
    row.bind(announced.origin, 3)
    row.bind(announced.method, 4)
    row.bind(announced.headers, 5)
    row.bind(place.status, 6)
    row.bind(followUp?.id, 7)
    row.bind(followUp == nil ? nil : "likelihood", 8)
    row.bind(followUp?.confidence, 9)
    row.bind(followUp?.gap, 10)
    row.bind(0 as Int64, 11)
    row.bind(outcome.rawValue, 12)
    try row.end()
  }
}
