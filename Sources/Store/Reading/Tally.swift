import Correlator

/// The failures of a store summed up: one pass over the partial index, then sums in memory that fit any grouping.
struct Tally {
  /// Failures that one subject (origin, endpoint, method) has by one judgement.
  struct Cluster {
    var subject: Int64
    var reason: String?
    var phase: String?
    var rootCause: String?
    var failures = 0
    var clients: Set<Int64> = []
    var first: Int64?
    var last: Int64?
    /// The earliest by id: the same whatever the order of imports.
    var example: Int64

    mutating func add(_ other: Cluster) {
      failures += other.failures
      clients.formUnion(other.clients)
      first = Tally.least(first, other.first)
      last = Tally.greatest(last, other.last)
      example = min(example, other.example)
    }
  }

  static func least(_ a: Int64?, _ b: Int64?) -> Int64? {
    guard let a, let b else { return a ?? b }
    return min(a, b)
  }

  static func greatest(_ a: Int64?, _ b: Int64?) -> Int64? {
    guard let a, let b else { return a ?? b }
    return max(a, b)
  }

  private(set) var clusters: [Cluster] = []
  private(set) var subjects: [Int64: Subject] = [:]
  /// All CORS requests of a subject.
  private(set) var requests: [Int64: Int] = [:]
  private(set) var decisions: [Int64: Int] = [:]
  private(set) var first: Int64?
  private(set) var last: Int64?
  /// Where it was asked for: the failures in steps of time.
  private(set) var history: History?

  /// Counts the failures in steps of time too, where `inTime` asks for it.
  init(_ connection: Connection, _ filter: FindingsFilter, inTime: Bool = false) throws(StoreError) {
    try countRequests(connection, filter)
    if inTime { history = History(from: first, to: last) }
    try readFailures(connection, filter)
    subjects = try connection.subjects().filter { requests[$0.key] != nil }
  }

  /// The requests of each subject by decision, from the index alone.
  ///
  /// With `seeks`, each group's first and last time are taken from the ends of its range in the index: half the work of
  /// looking at each row where groups are large.
  static func requestsSQL(_ condition: String, seeks: Bool) -> String {
    let times =
      seeks
      ? ["min", "max"].map {
        "(SELECT \($0)(w.started_at) FROM verdict w WHERE w.subject = v.subject AND w.decision = v.decision)"
      }.joined(separator: ", ") : "min(v.started_at), max(v.started_at)"
    return """
      SELECT v.subject, v.decision, count(*), \(times) FROM verdict v
      WHERE 1\(condition) GROUP BY v.subject, v.decision
      """
  }

  static func failuresSQL(_ condition: String) -> String {
    """
    SELECT v.subject, v.judgement, \(Views.countedClient), v.started_at, v.id
    FROM verdict v WHERE v.decision = \(Schema.blocked)\(condition) ORDER BY v.subject, v.judgement
    """
  }

  private mutating func countRequests(_ connection: Connection, _ filter: FindingsFilter) throws(StoreError) {
    let (condition, values) = filter.condition(reasonsToo: false)
    let isWhole = filter.since == nil && filter.until == nil
    let subjectCount = isWhole ? try connection.integer("SELECT count(*) FROM subject") ?? 0 : 0
    let rows = try connection.prepare(Tally.requestsSQL(condition, seeks: isWhole && subjectCount < 20_000))
    for (index, value) in values.enumerated() { rows.bind(value, index) }
    while try rows.step() {
      let count = Int(rows.int(2))
      requests[rows.int(0), default: 0] += count
      decisions[rows.int(1), default: 0] += count
      first = Tally.least(first, rows.intOrNil(3))
      last = Tally.greatest(last, rows.intOrNil(4))
    }
  }

  private struct Key: Hashable {
    var subject: Int64
    var words: Words
  }

  private struct Words: Hashable {
    var reason: String?
    var phase: String?
    var rootCause: String?
  }

  private mutating func readFailures(_ connection: Connection, _ filter: FindingsFilter) throws(StoreError) {
    var words: [Int64: Words] = [:]
    let judgements = try connection.prepare("SELECT id, reason, phase, root_cause FROM judgement")
    while try judgements.step() {
      words[judgements.int(0)] = Words(
        reason: judgements.text(1), phase: judgements.text(2), rootCause: judgements.text(3))
    }
    let (condition, values) = filter.condition(reasonsToo: true)
    let rows = try connection.prepare(Tally.failuresSQL(condition))
    for (index, value) in values.enumerated() { rows.bind(value, index) }
    var byJudgement: (subject: Int64, judgement: Int64, place: Int)?
    var places: [Key: Int] = [:]
    while try rows.step() {
      let subject = rows.int(0)
      let judgement = rows.int(1)
      let place: Int
      if let known = byJudgement, known.subject == subject, known.judgement == judgement {
        place = known.place
      } else {
        let said = words[judgement] ?? Words()
        let key = Key(subject: subject, words: said)
        if let known = places[key] {
          place = known
        } else {
          place = clusters.count
          places[key] = place
          clusters.append(
            Cluster(
              subject: subject, reason: said.reason, phase: said.phase, rootCause: said.rootCause, example: .max))
        }
        byJudgement = (subject, judgement, place)
      }
      clusters[place].failures += 1
      clusters[place].clients.insert(rows.int(2))
      let time = rows.intOrNil(3)
      history?.add(clusters[place].reason, at: time)
      clusters[place].first = Tally.least(clusters[place].first, time)
      clusters[place].last = Tally.greatest(clusters[place].last, time)
      clusters[place].example = min(clusters[place].example, rows.int(4))
    }
  }
}
