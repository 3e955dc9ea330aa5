/// What the items of all logs are like.
struct LogCensus {
  /// Whether every item's start is known.
  private(set) var knowsStart = true
  private var count = 0
  private var granularities: [Int64: Int] = [:]
  private var sources: Set<Int64> = []
  private var withPossible: Set<Int64> = []
  private var withJudged: Set<Int64> = []
  private var refusing: Set<Int64> = []

  init() {}

  init(_ connection: Connection) throws(StoreError) {
    let item = try connection.prepare(
      "SELECT i.id, k.flags, i.granularity, i.start IS NOT NULL FROM log_item i JOIN line_kind k ON k.id = i.kind ORDER BY i.id"
    )
    // Items of one source are neighbours: its sets are asked once.
    var source: Int64 = -1
    var (isPossible, isJudged) = (false, false)
    while try item.step() {
      let (id, flags) = (item.int(0), item.int(1))
      count += 1
      granularities[item.int(2), default: 0] += 1
      if item.int(3) == 0 { knowsStart = false }
      if flags & LineKindFlag.refusesCredentials != 0 { refusing.insert(id) }
      if id >> 32 != source {
        source = id >> 32
        sources.insert(source)
        (isPossible, isJudged) = (false, false)
      }
      if flags & LineKindFlag.preflight != 0 { continue }
      if flags & LineKindFlag.possible != 0 {
        if !isPossible { withPossible.insert(source) }
        isPossible = true
      } else {
        if !isJudged { withJudged.insert(source) }
        isJudged = true
      }
    }
  }

  /// How finely the items' times are known, in microseconds: as the coarsest that more than a twentieth of them have.
  var granularity: Int64 {
    max(1, granularities.filter { $0.value * 20 > count }.keys.max() ?? 1_000_000)
  }

  var hasSeveralSources: Bool { sources.count > 1 }

  /// Whether this request's log has some that get a verdict only with a preflight.
  func hasPossible(_ request: Int64) -> Bool { withPossible.contains(request >> 32) }

  /// Whether this request's log has some whose line told that they ran under CORS.
  func hasJudged(_ request: Int64) -> Bool { withJudged.contains(request >> 32) }

  /// Whether a request that followed this preflight was made without credentials.
  func refusesCredentials(_ preflight: Int64) -> Bool { refusing.contains(preflight) }
}
