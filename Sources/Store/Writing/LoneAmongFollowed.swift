/// Preflights that nothing followed, among others of their kind that were followed: a page that was left, as likely as a refusal.
///
/// What the others show holds for their own time and client alone: a failure that began in the middle of a log, or that meets
/// one client, stays a suspicion.
struct LoneAmongFollowed {
  /// How many of the same origin, endpoint, method and status are looked at before, and as many after.
  private static let neighbours = 25

  private let connection: Connection
  private let found: BoundStatement

  /// Leaves open what has no like among its neighbours, where the same client was followed more often than not.
  static func leaveOpen(_ connection: Connection) throws(StoreError) {
    try connection.execute("CREATE TEMP TABLE lone (id INTEGER PRIMARY KEY)")
    try LoneAmongFollowed(connection: connection, found: try connection.prepare("INSERT INTO lone VALUES (?)")).find()
    try connection.execute(
      """
      WITH near AS (
        SELECT i.subject, p.status, i.asker FROM lone JOIN log_item i ON i.id = lone.id JOIN preflight p ON p.id = lone.id),
      own AS (
        SELECT i.subject, coalesce(p.status, 0) AS status, i.asker FROM preflight p JOIN log_item i ON i.id = p.id
        WHERE (i.subject, coalesce(p.status, 0), i.asker) IN (SELECT subject, coalesce(status, 0), asker FROM near)
        GROUP BY 1, 2, 3 HAVING sum(p.outcome = 'followed') > sum(p.outcome != 'followed'))
      DELETE FROM lone WHERE (
        SELECT (i.subject, coalesce(p.status, 0), i.asker) NOT IN own
        FROM log_item i JOIN preflight p ON p.id = i.id WHERE i.id = lone.id);
      UPDATE verdict SET decision = k.other_decision, judgement = k.other_judgement, evidence = k.other_evidence,
        fix = k.other_fix
      FROM lone JOIN log_item i ON i.id = lone.id JOIN line_kind k ON k.id = i.kind
      WHERE verdict.id = i.id AND k.other_decision IS NOT NULL;
      UPDATE preflight SET outcome = 'undetermined' FROM lone WHERE preflight.id = lone.id;
      DROP TABLE lone;
      """)
  }

  /// Finds the refused ones with none but followed ones within `neighbours` places on either side, and more than so many in all.
  private func find() throws(StoreError) {
    let row = try connection.prepare(
      """
      SELECT i.subject, p.status, p.outcome = 'followed', p.outcome = 'refused', i.id
      FROM preflight p JOIN log_item i ON i.id = p.id ORDER BY 1, 2, coalesce(i.start, i."end"), i.id
      """)
    defer { row.reset() }
    var crowd = Crowd()
    while try row.step() {
      let status = row.intOrNil(1)
      if row.int(0) != crowd.subject || status != crowd.status {
        try leave(crowd.end())
        crowd = Crowd(subject: row.int(0), status: status)
      }
      if row.int(2) != 0 {
        crowd.count += 1
      } else {
        try leave(crowd.take(row.int(3) != 0 ? row.int(4) : nil))
      }
    }
    try leave(crowd.end())
  }

  private func leave(_ id: Int64?) throws(StoreError) {
    guard let id else { return }
    found.bind(id, 0)
    try found.run()
  }

  /// Those of one origin, endpoint, method and status, in order of time.
  private struct Crowd {
    var subject: Int64 = -1
    var status: Int64?
    var count = 0
    /// The last that was not followed, and where it stands.
    private var last: (id: Int64?, place: Int)?
    private var isLastNear = false

    init(subject: Int64 = -1, status: Int64? = nil) {
      self.subject = subject
      self.status = status
    }

    /// Takes one that was not followed, `id` if it was refused; answers the one before it, if that stood alone.
    mutating func take(_ id: Int64?) -> Int64? {
      let place = count
      count += 1
      let isNear = last.map { place - $0.place <= LoneAmongFollowed.neighbours } ?? false
      let alone = isNear ? nil : lone
      last = (id, place)
      isLastNear = isNear
      return alone
    }

    func end() -> Int64? { lone }

    /// The last one, if it stands alone as far as is known by now.
    private var lone: Int64? {
      guard let last, !isLastNear else { return nil }
      let near =
        min(last.place, LoneAmongFollowed.neighbours) + 1 + min(count - 1 - last.place, LoneAmongFollowed.neighbours)
      return near > LoneAmongFollowed.neighbours ? last.id : nil
    }
  }
}
