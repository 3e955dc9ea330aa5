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
    followed = try connection.prepare(
      """
      UPDATE preflight SET follow_up_id = ?2, paired_by = 'likelihood', confidence = ?3, gap = ?4, outcome = 'followed'
      WHERE id = ?1
      """)
    alone = try connection.prepare(
      """
      UPDATE preflight SET outcome = CASE (SELECT decision FROM log_item WHERE id = ?1)
        WHEN \(Schema.blocked) THEN 'refused' WHEN \(Schema.allowed) THEN 'undetermined' ELSE 'abandoned' END WHERE id = ?1
      """)
    covers = try connection.prepare("UPDATE preflight SET covers = covers + 1 WHERE id = ?1")
    insertAlone = try connection.prepare(
      """
      INSERT OR IGNORE INTO verdict SELECT i.id, i.decision, i.subject, i.judgement, e.client, e.started_at, NULL, i.id, NULL,
        i.evidence, i.fix, e.url FROM log_item i JOIN exchange e ON e.id = i.id WHERE i.id = ?1
      """)
    insertFollowing = try connection.prepare(
      """
      INSERT OR IGNORE INTO verdict SELECT i.id, i.decision, i.subject, i.judgement, e.client, e.started_at, i.id, ?2, e.status,
        i.evidence, i.fix, e.url FROM log_item i JOIN exchange e ON e.id = i.id
      WHERE i.id = ?1 AND i.kind & \(LogItemKind.possible) != 0
      """)
    insertUnannounced = try connection.prepare(
      """
      INSERT OR IGNORE INTO verdict SELECT i.id, i.decision, i.subject, i.judgement, e.client, e.started_at, i.id, NULL,
        e.status, i.evidence, i.fix, e.url FROM log_item i JOIN exchange e ON e.id = i.id
      WHERE i.id = ?1 AND i.kind & \(LogItemKind.possible | LogItemKind.safelisted) = \(LogItemKind.possible)
        AND i.origin != 0
      """)
    announce = try connection.prepare("UPDATE verdict SET preflight_id = ?2 WHERE id = ?1")
    withoutCredentials = try connection.prepare(
      """
      UPDATE verdict SET decision = i.other_decision, judgement = i.other_judgement, evidence = i.other_evidence,
        fix = i.other_fix
      FROM log_item i, log_item p
      WHERE verdict.id = ?1 AND i.id = ?1 AND i.other_decision IS NOT NULL AND p.id = ?2
        AND p.kind & \(LogItemKind.refusesCredentials) != 0
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
      try forEachItem { items.append($0) }
      for item in items { pairing.learn(item) }
      pairing.settle()
      for item in items { try decide(item, &pairing) }
    } else {
      try forEachItem { pairing.learn($0) }
      pairing.settle()
      try forEachItem { (item) throws(StoreError) in try decide(item, &pairing) }
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
    let made = LogItemKind.preflight | LogItemKind.possible
    try connection.execute(
      """
      DELETE FROM verdict WHERE id IN (SELECT id FROM log_item WHERE kind & \(made) != 0);
      UPDATE verdict SET preflight_id = NULL WHERE id IN (SELECT id FROM log_item WHERE kind & \(made) = 0);
      UPDATE verdict SET decision = i.decision, judgement = i.judgement, evidence = i.evidence, fix = i.fix
      FROM log_item i WHERE verdict.id = i.id AND i.other_decision IS NOT NULL;
      UPDATE preflight SET follow_up_id = NULL, paired_by = NULL, confidence = NULL, gap = NULL, covers = 0,
        outcome = 'undetermined' WHERE id IN (SELECT id FROM log_item);
      """)
  }

  /// Every item in the order of its time; of equals preflights first, then the order of the logs.
  private func forEachItem(_ body: (PairingItem) throws(StoreError) -> Void) throws(StoreError) {
    let row = try connection.prepare(
      """
      SELECT id, kind, method, start, "end", granularity, key, client, origin, connection, lifetime FROM log_item
      ORDER BY CASE WHEN kind & \(LogItemKind.preflight) != 0 THEN "end" ELSE start END,
        kind & \(LogItemKind.preflight) DESC, id
      """)
    defer { row.reset() }
    while try row.step() {
      let kind = row.int(1)
      try body(
        PairingItem(
          id: row.int(0), source: Int32(truncatingIfNeeded: row.int(0) >> 32),
          role: kind & LogItemKind.preflight != 0 ? .preflight : .request,
          isSafelisted: kind & LogItemKind.safelisted != 0, method: UInt32(truncatingIfNeeded: row.int(2)),
          start: row.int(3), end: row.int(4), knowsStart: kind & LogItemKind.knowsStart != 0, granularity: row.int(5),
          key: UInt64(bitPattern: row.int(6)), client: UInt64(bitPattern: row.int(7)),
          origin: UInt64(bitPattern: row.int(8)), connection: UInt64(bitPattern: row.int(9)), lifetime: row.int(10)))
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
          if census.refusesCredentials(preflight) { try run(withoutCredentials, request, preflight) }
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
