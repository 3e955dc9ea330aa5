import Correlator

/// Pairs what all logs in the store hold, whichever import it came with, and judges what only pairing tells.
///
/// It starts from the items alone each time: the result does not depend on the order of the imports.
final class LogPass {
  /// What pairs are like is learned of about so many items, those of some keys in whole: more of them teach nothing new. How far
  /// several clocks are apart takes more of them.
  private static let learnedItems = (ofOneClock: 33_000, ofSeveral: 100_000)

  /// From what confidence on a pair's preflight tells of its request.
  private static let sure = 0.9

  private let writer: StoreWriter
  private let connection: Connection
  private let kinds: LineKinds
  private let items: LogItems
  private let rows: PairedRows
  private let announce: BoundStatement
  private let change: VerdictChange
  private var pending: [PairingResult] = []
  private var unlessAlike = RefusedUnlessAlike()

  init(_ writer: StoreWriter, mostHeld: Int) throws(StoreError) {
    self.writer = writer
    connection = writer.connection
    kinds = try LineKinds(connection)
    items = try LogItems(connection, mostHeld: mostHeld)
    rows = try PairedRows(writer)
    announce = try connection.prepare("UPDATE verdict SET preflight_id = ?2 WHERE id = ?1")
    change = try VerdictChange(connection)
  }

  /// - Returns: How many items there were; 0 where nothing was to be done.
  @discardableResult
  func run() throws(StoreError) -> Int {
    let done = try connection.text("SELECT value FROM meta WHERE key = 'paired'").flatMap { Int($0) } ?? 0
    guard items.count != done else { return 0 }
    if done != 0 { try reset() }
    let census = try items.load(writer.freshItems.take(), kinds)
    var pairing = LogPairing(
      granularity: census.granularity, knowsStart: census.knowsStart, severalClocks: census.hasSeveralClocks)
    var unseen = UnseenAnswers()
    let learned = census.hasSeveralClocks ? LogPass.learnedItems.ofSeveral : LogPass.learnedItems.ofOneClock
    let keys = UInt64(max(1, items.count / learned))
    try items.forEach { item in
      unseen.add(item)
      if item.role != .refused, item.key % keys == 0 { pairing.learn(item) }
    }
    pairing.settle()
    try items.forEach { (item) throws(StoreError) in
      if item.role == .refused {
        try refuse(item.id)
      } else {
        pairing.decide(item) { pending.append($0) }
        try apply(census)
      }
      if rows.isFull { try rows.insert() }
    }
    pairing.finish { pending.append($0) }
    try apply(census)
    try rows.insert()
    if census.hasRedirects { try LoopedRedirects(writer, change).judge() }
    try unlessAlike.leaveOpen(items, kinds, change, connection)
    try LoneAmongFollowed.leaveOpen(items, kinds, change, connection)
    try DoubtedLogs(writer).doubt(unseen.signs())
    try connection.execute("INSERT OR REPLACE INTO meta VALUES ('paired', '\(items.count)')")
    return items.count
  }

  /// Takes back what an earlier pass made of the items.
  private func reset() throws(StoreError) {
    func are(_ flags: Int64) -> String { "k.flags & \(flags) != 0" }
    let made = are(LineKindFlag.preflight | LineKindFlag.possible)
    let changed = "(k.other_decision IS NOT NULL OR \(Doubts.holds("i.id >> 32")) OR \(LoopedRedirects.statuses))"
    let items = "FROM log_item i JOIN line_kind k ON k.id = i.kind"
    try connection.execute(
      """
      DELETE FROM verdict WHERE id IN (SELECT i.id \(items) WHERE \(made));
      UPDATE verdict SET preflight_id = NULL
      WHERE id IN (SELECT i.id \(items) WHERE NOT \(made));
      UPDATE verdict SET decision = k.decision, judgement = k.judgement, evidence = k.evidence, fix = k.fix
      \(items) WHERE verdict.id = i.id AND NOT \(made) AND \(changed);
      DELETE FROM preflight WHERE id IN (SELECT id FROM log_item);
      """)
  }

  private func apply(_ census: LogCensus) throws(StoreError) {
    guard !pending.isEmpty else { return }
    for result in pending {
      switch result {
      case .pair(let preflight, let request, let confidence, let gap):
        try pair(preflight, request, confidence, gap)
      case .alone(let id, _): try leaveAlone(id, isSure: true)
      case .undecided(let id): try leaveAlone(id, isSure: false)
      case .unannounced(let request, let grant):
        if let grant { rows.cover(by: grant) }
        guard census.hasPossible(request), let (kind, place) = try find(request), kind.has(LineKindFlag.possible),
          let said = kind.own
        else { continue }
        // Across origins its method needs a preflight: it ran under CORS, whether the log shows one or not.
        guard grant != nil || !kind.has(LineKindFlag.safelisted) && kind.hasOrigin else { continue }
        rows.add(said, at: place, request: request, preflight: nil)
      }
    }
    pending.removeAll(keepingCapacity: true)
  }

  private func pair(
    _ preflight: Int64, _ request: Int64, _ confidence: Double, _ gap: Int64
  ) throws(StoreError) {
    guard let (asked, place) = try find(preflight), let (following, itsPlace) = try find(request) else { return }
    add(
      .followed, of: asked.announced, at: place,
      Following(id: request, pairedBy: .likelihood, confidence: confidence, gap: gap))
    if following.has(LineKindFlag.possible) {
      if let said = following.own { rows.add(said, at: itsPlace, request: request, preflight: preflight) }
      return
    }
    announce.bind(request, 0)
    announce.bind(preflight, 1)
    try announce.run()
    guard confidence >= LogPass.sure, asked.has(LineKindFlag.refusesCredentials), let said = following.other else {
      return
    }
    try change.make(said, of: request)
  }

  private func refuse(_ preflight: Int64) throws(StoreError) {
    guard let (kind, place) = try find(preflight), let said = kind.own else { return }
    // A status may tell of a client that was gone: nothing refused it then.
    rows.add(said.decision == Schema.blocked ? .refused : .undetermined, of: kind.announced, at: place)
    rows.add(said, at: place, request: nil, preflight: preflight)
  }

  private func leaveAlone(_ preflight: Int64, isSure: Bool) throws(StoreError) {
    guard let (kind, place) = try find(preflight), let own = kind.own else { return }
    let said = isSure ? own : kind.other ?? own
    let outcome: PreflightRecord.Outcome =
      switch own.decision {
      case Schema.blocked: isSure ? .refused : .undetermined
      case Schema.allowed: .undetermined
      default: .abandoned
      }
    if outcome == .refused { unlessAlike.note(preflight, kind) }
    add(outcome, of: kind.announced, at: place)
    rows.add(said, at: place, request: nil, preflight: preflight)
  }

  private func add(
    _ outcome: PreflightRecord.Outcome, of announced: Announced, at place: RequestPlace,
    _ following: Following = Following()
  ) {
    rows.add(outcome, of: announced, at: place, following)
    items.note(outcome, of: place.id)
  }

  private func find(_ id: Int64) throws(StoreError) -> (kind: LineKinds.Kind, place: RequestPlace)? {
    guard let line = try items.line(id), let kind = try kinds.kind(line.kind) else { return nil }
    return (kind, line.place)
  }
}
