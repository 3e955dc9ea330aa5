package import Correlator
import Evidence

extension StoreReader {
  /// Verdicts that are alike in all that a judgement looks at: one of them with its exchanges, and how many there are.
  package struct JudgedClass {
    package var judged: JudgedRequest
    /// `verdict_id` of the one that stands for all.
    package var example: Int64
    package var source: String
    package var count: Int
    /// The clients among them; a source that names no clients (a HAR) is one.
    package var clients: Int
  }

  /// Every verdict with the exchanges that it rests on, those that are alike once: what is judged again under a change.
  ///
  /// - Throws: SQLite's own errors, and what `body` throws.
  package func judgedClasses(
    _ filter: FindingsFilter = FindingsFilter(), _ body: (JudgedClass) throws(StoreError) -> Void
  ) throws(StoreError) {
    try snapshot { () throws(StoreError) in
      let readers = try JudgedReader(connection)
      let (condition, values) = filter.condition(reasonsToo: true)
      let rows = try connection.prepare(JudgedReader.classesSQL(condition))
      for (index, value) in values.enumerated() { rows.bind(value, index) }
      while try rows.step() {
        guard let (judged, source) = try readers.judged(rows.int(0)) else { continue }
        try body(
          JudgedClass(
            judged: judged, example: rows.int(0), source: source, count: Int(rows.int(1)), clients: Int(rows.int(2))))
      }
    }
  }

  /// One verdict with its exchanges; `nil` where there is none of this id.
  package func judgedRequest(_ verdict: Int64) throws(StoreError) -> JudgedRequest? {
    try JudgedReader(connection).judged(verdict)?.judged
  }
}

/// Puts a verdict and its exchanges together.
struct JudgedReader {
  private let verdicts: ExampleReader
  private let exchanges: ExchangeReader
  private let pairs: BoundStatement

  init(_ connection: Connection) throws(StoreError) {
    verdicts = ExampleReader(connection)
    exchanges = try ExchangeReader(connection)
    pairs = try connection.prepare("SELECT confidence FROM preflight WHERE id = ?")
  }

  /// Ids name contents: rows with equal ids have equal headers, circumstances, origins and judgements.
  static func classesSQL(_ condition: String) -> String {
    """
    SELECT min(v.id), count(*), count(DISTINCT \(Views.countedClient))
    FROM verdict v
      LEFT JOIN exchange e ON e.id = v.exchange_id
      LEFT JOIN exchange p ON p.id = v.preflight_id
    WHERE 1\(condition)
    GROUP BY v.subject, v.judgement, v.evidence, e.trait, e.request_set, e.response_set, e.status, p.trait,
      p.request_set, p.response_set, p.status
    ORDER BY 1
    """
  }

  func judged(_ id: Int64) throws(StoreError) -> (judged: JudgedRequest, source: String)? {
    guard let example = try verdicts.verdict(id) else { return nil }
    func exchange(_ id: Int64?) throws(StoreError) -> Exchange? {
      guard let id else { return nil }
      return try exchanges.exchange(id)
    }
    var judged = JudgedRequest(
      verdict: example.verdict, request: try exchange(example.exchange), preflight: try exchange(example.preflight))
    if let preflight = example.preflight {
      pairs.bind(preflight, 0)
      defer { pairs.reset() }
      if try pairs.step() { judged.pairing = pairs.text(0).flatMap { Double($0) } ?? 1 }
    }
    return (judged, example.source)
  }
}
