import Correlator

/// Pairs what all logs in the store hold, whichever import it came with, and judges what only pairing tells.
///
/// It starts from the items alone each time: the result does not depend on the order of the imports.
final class LogPass {
  /// Up to so many items are held in memory; more are read twice.
  private static let heldItems = 250_000

  private let writer: StoreWriter
  private let connection: Connection
  private let followed: BoundStatement
  private let alone: BoundStatement
  private let covers: BoundStatement
  private let insertAlone: BoundStatement
  private let insertFollowing: BoundStatement
  private let insertUnannounced: BoundStatement
  private let announce: BoundStatement
  private let withoutCredentials: BoundStatement
  private var pending: [PairingResult] = []
  private var census = LogCensus()

  init(_ writer: StoreWriter) throws(StoreError) {
    self.writer = writer
    connection = writer.connection
    let line = "FROM log_item i JOIN line_kind k ON k.id = i.kind JOIN exchange e ON e.id = i.id WHERE i.id = ?1"
    followed = try connection.prepare(
      """
      INSERT OR IGNORE INTO preflight SELECT i.id, e.started_at, e.client, k.announced_origin, k.announced_method,
        k.announced_headers, e.status, ?2, 'likelihood', ?3, ?4, 0, 'followed', e.url \(line)
      """)
    alone = try connection.prepare(
      """
      INSERT OR IGNORE INTO preflight SELECT i.id, e.started_at, e.client, k.announced_origin, k.announced_method,
        k.announced_headers, e.status, NULL, NULL, NULL, NULL, 0,
        CASE k.decision WHEN \(Schema.blocked) THEN 'refused' WHEN \(Schema.allowed) THEN 'undetermined'
          ELSE 'abandoned' END, e.url \(line)
      """)
    covers = try connection.prepare("UPDATE preflight SET covers = covers + 1 WHERE id = ?1")
    insertAlone = try connection.prepare(
      """
      INSERT OR IGNORE INTO verdict SELECT i.id, k.decision, i.subject, k.judgement, e.client, e.started_at, NULL, i.id, NULL,
        k.evidence, k.fix, e.url \(line)
      """)
    insertFollowing = try connection.prepare(
      """
      INSERT OR IGNORE INTO verdict SELECT i.id, k.decision, i.subject, k.judgement, e.client, e.started_at, i.id, ?2, e.status,
        k.evidence, k.fix, e.url \(line) AND k.flags & \(LineKindFlag.possible) != 0
      """)
    insertUnannounced = try connection.prepare(
      """
      INSERT OR IGNORE INTO verdict SELECT i.id, k.decision, i.subject, k.judgement, e.client, e.started_at, i.id, NULL,
        e.status, k.evidence, k.fix, e.url \(line)
        AND k.flags & \(LineKindFlag.possible | LineKindFlag.safelisted) = \(LineKindFlag.possible) AND k.origin != 0
      """)
    announce = try connection.prepare("UPDATE verdict SET preflight_id = ?2 WHERE id = ?1")
    withoutCredentials = try connection.prepare(
      """
      UPDATE verdict SET decision = k.other_decision, judgement = k.other_judgement, evidence = k.other_evidence,
        fix = k.other_fix
      FROM log_item i JOIN line_kind k ON k.id = i.kind
      WHERE verdict.id = ?1 AND i.id = ?1 AND k.other_decision IS NOT NULL
      """)
  }

  /// - Returns: How many items there were; 0 where nothing was to be done.
  @discardableResult
  func run() throws(StoreError) -> Int {
    let count = Int(try connection.integer("SELECT count(*) FROM log_item") ?? 0)
    let done = try connection.text("SELECT value FROM meta WHERE key = 'paired'").flatMap { Int($0) } ?? 0
    guard count != done else { return 0 }
    if done != 0 { try reset() }
    census = try LogCensus(connection)
    var pairing = LogPairing(
      granularity: census.granularity, knowsStart: census.knowsStart, severalClocks: census.hasSeveralSources)
    if count <= LogPass.heldItems {
      var items: [PairingItem] = []
      items.reserveCapacity(count)
      try forEachItem(.ofRows) { items.append($0) }
      items.sort { $0.precedes($1) }
      for item in items { pairing.learn(item) }
      pairing.settle()
      for item in items { try decide(item, &pairing) }
    } else {
      try forEachItem(.ofTime) { pairing.learn($0) }
      pairing.settle()
      try forEachItem(.ofTime) { (item) throws(StoreError) in try decide(item, &pairing) }
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

  private func forEachItem(_ order: Order, _ body: (PairingItem) throws(StoreError) -> Void) throws(StoreError) {
    let isPreflight = "k.flags & \(LineKindFlag.preflight)"
    let sorted = """
      ORDER BY CASE WHEN \(isPreflight) != 0 THEN i."end" ELSE coalesce(i.start, i."end") END, \(isPreflight) DESC, i.id
      """
    let row = try connection.prepare(
      """
      SELECT i.id, k.flags, k.method, k.origin, k.lifetime, i.start, i."end", i.granularity, i.key, i.client, i.connection
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
          origin: UInt64(bitPattern: row.int(3)), connection: UInt64(bitPattern: row.int(10)), lifetime: row.int(4)))
    }
  }

  private func apply() throws(StoreError) {
    for result in pending {
      switch result {
      case .pair(let preflight, let request, let confidence, let gap):
        followed.bind(preflight, 0)
        followed.bind(request, 1)
        followed.bind(confidence, 2)
        followed.bind(gap, 3)
        try followed.run()
        if census.hasPossible(request) { try run(insertFollowing, request, preflight) }
        if census.hasJudged(request) {
          try run(announce, request, preflight)
          if census.refusesCredentials(preflight) { try run(withoutCredentials, request) }
        }
      case .alone(let preflight, _):
        try run(alone, preflight)
        try run(insertAlone, preflight)
      case .unannounced(let request, let grant?):
        try run(covers, grant)
        if census.hasPossible(request) { try run(insertFollowing, request, nil) }
      case .unannounced(let request, nil):
        // Across origins its method needs a preflight: it ran under CORS, whether the log shows one or not.
        if census.hasPossible(request) { try run(insertUnannounced, request) }
      }
    }
    pending.removeAll(keepingCapacity: true)
  }

  private func run(_ statement: BoundStatement, _ first: Int64, _ second: Int64?) throws(StoreError) {
    statement.bind(first, 0)
    statement.bind(second, 1)
    try statement.run()
  }

  private func run(_ statement: BoundStatement, _ first: Int64) throws(StoreError) {
    statement.bind(first, 0)
    try statement.run()
  }
}
