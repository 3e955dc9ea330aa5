import Correlator

/// Pairs what all logs in the store hold, whichever import it came with, and judges what only pairing tells.
///
/// It starts from the items alone each time: the result does not depend on the order of the imports.
final class LogPass {
  /// Up to so many items are held in memory; more are read twice.
  private static let heldItems = 250_000

  private let writer: StoreWriter
  private let connection: Connection
  private let kinds: LineKinds
  private let line: BoundStatement
  private let url: BoundStatement
  private let covers: BoundStatement
  private let announce: BoundStatement
  private let change: BoundStatement
  private var pending: [PairingResult] = []
  private var census = LogCensus()

  init(_ writer: StoreWriter) throws(StoreError) {
    self.writer = writer
    connection = writer.connection
    kinds = try LineKinds(connection)
    line = try connection.prepare("SELECT kind, subject, client, started_at, status FROM log_item WHERE id = ?")
    url = try connection.prepare("SELECT url FROM exchange WHERE id = ?")
    covers = try connection.prepare("UPDATE preflight SET covers = covers + 1 WHERE id = ?1")
    announce = try connection.prepare("UPDATE verdict SET preflight_id = ?2 WHERE id = ?1")
    change = try connection.prepare(
      "UPDATE verdict SET decision = ?2, judgement = ?3, evidence = ?4, fix = ?5 WHERE id = ?1")
  }

  /// - Returns: How many items there were; 0 where nothing was to be done.
  @discardableResult
  func run() throws(StoreError) -> Int {
    let count = Int(try connection.integer("SELECT count(*) FROM log_item") ?? 0)
    let done = try connection.text("SELECT value FROM meta WHERE key = 'paired'").flatMap { Int($0) } ?? 0
    guard count != done else { return 0 }
    if done != 0 { try reset() }
    var items: [PairingItem] = []
    let isHeld = count <= LogPass.heldItems
    if isHeld { items.reserveCapacity(count) }
    census = LogCensus()
    try forEachItem(.ofRows) { (item, flags) in
      census.add(item, flags)
      if isHeld { items.append(item) }
    }
    var pairing = LogPairing(
      granularity: census.granularity, knowsStart: census.knowsStart, severalClocks: census.hasSeveralClocks)
    if isHeld {
      items.sort { $0.precedes($1) }
      for item in items { pairing.learn(item) }
      pairing.settle()
      for item in items { try decide(item, &pairing) }
    } else {
      try forEachItem(.ofTime) { (item, _) in pairing.learn(item) }
      pairing.settle()
      try forEachItem(.ofTime) { (item, _) throws(StoreError) in try decide(item, &pairing) }
    }
    pairing.finish { pending.append($0) }
    try apply()
    try LoneAmongFollowed.leaveOpen(connection)
    try connection.execute("INSERT OR REPLACE INTO meta VALUES ('paired', '\(count)')")
    return count
  }

  private func decide(_ item: PairingItem, _ pairing: inout LogPairing) throws(StoreError) {
    pairing.decide(item) { pending.append($0) }
    if pending.count > 1000 { try apply() }
  }

  /// Takes back what an earlier pass made of the items.
  private func reset() throws(StoreError) {
    let made = "k.flags & \(LineKindFlag.preflight | LineKindFlag.possible) != 0"
    let items = "FROM log_item i JOIN line_kind k ON k.id = i.kind"
    try connection.execute(
      """
      DELETE FROM verdict WHERE id IN (SELECT i.id \(items) WHERE \(made));
      UPDATE verdict SET preflight_id = NULL WHERE id IN (SELECT i.id \(items) WHERE NOT \(made));
      UPDATE verdict SET decision = k.decision, judgement = k.judgement, evidence = k.evidence, fix = k.fix
      \(items) WHERE verdict.id = i.id AND k.other_decision IS NOT NULL;
      DELETE FROM preflight WHERE id IN (SELECT id FROM log_item);
      """)
  }

  private enum Order {
    case ofRows
    /// That of `PairingItem.precedes`.
    case ofTime
  }

  private func forEachItem(
    _ order: Order, _ body: (PairingItem, _ flags: Int64) throws(StoreError) -> Void
  ) throws(StoreError) {
    let isPreflight = "k.flags & \(LineKindFlag.preflight)"
    let sorted = """
      ORDER BY CASE WHEN \(isPreflight) != 0 THEN i."end" ELSE coalesce(i.start, i."end") END, \(isPreflight) DESC, i.id
      """
    let row = try connection.prepare(
      """
      SELECT i.id, k.flags, k.method, k.origin, k.lifetime, i.start, i."end", i.granularity, i.key, i.asker, i.connection
      FROM log_item i JOIN line_kind k ON k.id = i.kind \(order == .ofTime ? sorted : "ORDER BY i.id")
      """)
    defer { row.reset() }
    while try row.step() {
      let (id, flags, end) = (row.int(0), row.int(1), row.int(6))
      let start = row.intOrNil(5)
      try body(
        PairingItem(
          id: id, source: Int32(truncatingIfNeeded: id >> 32),
          role: flags & LineKindFlag.preflight != 0 ? .preflight : .request,
          isSafelisted: flags & LineKindFlag.safelisted != 0, method: UInt32(truncatingIfNeeded: row.int(2)),
          start: start ?? end, end: end, knowsStart: start != nil, granularity: row.int(7),
          key: UInt64(bitPattern: row.int(8)), client: UInt64(bitPattern: row.int(9)),
          origin: UInt64(bitPattern: row.int(3)), connection: UInt64(bitPattern: row.int(10)), lifetime: row.int(4)),
        flags)
    }
  }

  private func apply() throws(StoreError) {
    var grants: [Int64] = []
    for result in pending {
      switch result {
      case .pair(let preflight, let request, let confidence, let gap):
        try pair(preflight, request, confidence, gap)
      case .alone(let id, _): try leaveAlone(id)
      case .unannounced(let request, let grant):
        if let grant { grants.append(grant) }
        guard census.hasPossible(request), let (kind, place) = try find(request), kind.has(LineKindFlag.possible),
          let said = kind.own
        else { continue }
        // Across origins its method needs a preflight: it ran under CORS, whether the log shows one or not.
        guard grant != nil || !kind.has(LineKindFlag.safelisted) && kind.hasOrigin else { continue }
        try add(said, at: place, request: request, preflight: nil)
      }
    }
    pending.removeAll(keepingCapacity: true)
    try writer.flush()
    for grant in grants {
      covers.bind(grant, 0)
      try covers.run()
    }
  }

  private func pair(
    _ preflight: Int64, _ request: Int64, _ confidence: Double, _ gap: Int64
  ) throws(StoreError) {
    guard let (asked, place) = try find(preflight), let (following, itsPlace) = try find(request) else { return }
    try writer.add(
      .followed, of: asked.announced, at: place,
      Following(id: request, pairedBy: "likelihood", confidence: confidence, gap: gap))
    if following.has(LineKindFlag.possible) {
      if let said = following.own { try add(said, at: itsPlace, request: request, preflight: preflight) }
      return
    }
    announce.bind(request, 0)
    announce.bind(preflight, 1)
    try announce.run()
    guard asked.has(LineKindFlag.refusesCredentials), let said = following.other else { return }
    change.bind(request, 0)
    for (index, value) in [said.decision, said.judgement, said.evidence, said.fix].enumerated() {
      change.bind(value, index + 1)
    }
    try change.run()
  }

  private func leaveAlone(_ preflight: Int64) throws(StoreError) {
    guard let (kind, place) = try find(preflight), let said = kind.own else { return }
    let outcome: PreflightRecord.Outcome =
      switch said.decision {
      case Schema.blocked: .refused
      case Schema.allowed: .undetermined
      default: .abandoned
      }
    try writer.add(outcome, of: kind.announced, at: place)
    try add(said, at: place, request: nil, preflight: preflight)
  }

  private func add(
    _ said: Said, at place: RequestPlace, request: Int64?, preflight: Int64?
  ) throws(StoreError) {
    try writer.add(said, at: place, request: request, preflight: preflight) { (row, column) throws(StoreError) in
      url.bind(place.id, 0)
      if try url.step() { row.bind(url.bytes(0), column) }
      url.reset()
    }
  }

  private func find(_ id: Int64) throws(StoreError) -> (kind: LineKinds.Kind, place: RequestPlace)? {
    line.bind(id, 0)
    guard try line.step() else { return nil }
    defer { line.reset() }
    guard let kind = try kinds.kind(line.int(0)) else { return nil }
    let place = RequestPlace(
      id: id, subject: line.int(1), client: line.intOrNil(2), startedAt: line.int(3),
      status: line.intOrNil(4).map { Int($0) })
    return (kind, place)
  }
}
