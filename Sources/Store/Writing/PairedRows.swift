import Correlator

/// Rows that the pairing makes, to be inserted in the order of their ids.
///
/// The pairing comes upon its pairs as they close. Rows that each belong after the last one fill a table page by page; those that belong
/// among others split pages, which costs SQLite as much again as the rows themselves.
final class PairedRows {
  /// How many are gathered at most: far more than are made of what is open at one moment of a busy log.
  private static let most = 4_000

  private struct VerdictRow {
    let said: Said
    let place: RequestPlace
    let request: Int64?
    let preflight: Int64?
  }

  private struct PreflightRow {
    let outcome: PreflightRecord.Outcome
    let announced: Announced
    let place: RequestPlace
    let following: Following
  }

  private let writer: StoreWriter
  private let countCovered: BoundStatement
  private var verdicts: [VerdictRow] = []
  private var preflights: [PreflightRow] = []
  private var grants: [Int64] = []

  init(_ writer: StoreWriter) throws(StoreError) {
    self.writer = writer
    countCovered = try writer.connection.prepare("UPDATE preflight SET covers = covers + 1 WHERE id = ?1")
  }

  var isFull: Bool { verdicts.count + preflights.count + grants.count >= PairedRows.most }

  func add(_ said: Said, at place: RequestPlace, request: Int64?, preflight: Int64?) {
    verdicts.append(VerdictRow(said: said, place: place, request: request, preflight: preflight))
  }

  func add(
    _ outcome: PreflightRecord.Outcome, of announced: Announced, at place: RequestPlace,
    _ following: Following = Following()
  ) {
    preflights.append(PreflightRow(outcome: outcome, announced: announced, place: place, following: following))
  }

  /// Counts one more request that an earlier preflight let through.
  func cover(by preflight: Int64) { grants.append(preflight) }

  /// Inserts the rows, and counts what they cover; nothing waits afterwards.
  func insert() throws(StoreError) {
    for index in verdicts.indices.sorted(by: { verdicts[$0].place.id < verdicts[$1].place.id }) {
      let row = verdicts[index]
      try writer.add(row.said, at: row.place, request: row.request, preflight: row.preflight)
    }
    for index in preflights.indices.sorted(by: { preflights[$0].place.id < preflights[$1].place.id }) {
      let row = preflights[index]
      try writer.add(row.outcome, of: row.announced, at: row.place, row.following)
    }
    verdicts.removeAll(keepingCapacity: true)
    preflights.removeAll(keepingCapacity: true)
    try writer.flush()
    for grant in grants {
      countCovered.bind(grant, 0)
      try countCovered.run()
    }
    grants.removeAll(keepingCapacity: true)
  }
}
