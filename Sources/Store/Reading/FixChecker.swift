import Correlator

/// Tries the fixes of failures on their own evidence, with what their endpoints answered elsewhere behind it.
final class FixChecker {
  private let readers: JudgedReader
  private let neighbour: BoundStatement
  private let subjects: [String: [Int64]]
  /// By endpoint: problems share them.
  private var known: [String: Elsewhere] = [:]

  /// At most so many requests of an endpoint are looked at: the same effort in every store.
  private static let limit = 32

  /// - Parameters:
  ///   - connection: The store's.
  ///   - subjects: Rows of `subject`, by endpoint.
  /// - Throws: SQLite's own errors.
  init(_ connection: Connection, subjects: [String: [Int64]]) throws(StoreError) {
    readers = try JudgedReader(connection)
    self.subjects = subjects
    neighbour = try connection.prepare(
      """
      SELECT id FROM (SELECT id, exchange_id FROM verdict WHERE subject = ? AND decision = ? LIMIT 64)
      WHERE exchange_id IS NOT NULL LIMIT 1
      """)
  }

  /// The failure of this id with its exchanges; `nil` where it is gone.
  ///
  /// - Throws: SQLite's own errors.
  func failure(_ verdict: Int64) throws(StoreError) -> JudgedRequest? { try readers.judged(verdict)?.judged }

  /// What comes of the catalogue's change for this failure.
  ///
  /// - Throws: SQLite's own errors.
  func check(_ failure: JudgedRequest) throws(StoreError) -> FixCheck {
    let goesOn = failure.verdict.phase == .preflight || failure.verdict.phase == .redirect
    return FixCheck.check(failure, elsewhere: goesOn ? try elsewhere(failure.verdict.endpoint) : Elsewhere())
  }

  private func elsewhere(_ endpoint: String) throws(StoreError) -> Elsewhere {
    if let elsewhere = known[endpoint] { return elsewhere }
    var elsewhere = Elsewhere()
    for id in try neighbours(endpoint) {
      if let judged = try readers.judged(id)?.judged { elsewhere.note(judged) }
    }
    known[endpoint] = elsewhere
    return elsewhere
  }

  /// One request of each subject and decision.
  private func neighbours(_ endpoint: String) throws(StoreError) -> [Int64] {
    var found: [Int64] = []
    for subject in subjects[endpoint] ?? [] {
      for decision in [Schema.allowed, Schema.undetermined, Schema.blocked] where found.count < FixChecker.limit {
        neighbour.bind(subject, 0)
        neighbour.bind(decision, 1)
        if try neighbour.step() { found.append(neighbour.int(0)) }
        neighbour.reset()
      }
    }
    return found
  }
}
