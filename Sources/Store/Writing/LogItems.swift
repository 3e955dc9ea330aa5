import Correlator

/// What logs left for the pairing: held in memory where it is little, else read from its table whenever it is wanted.
final class LogItems {
  /// A preflight, and what the pairing made of it.
  struct Preflight {
    var id: Int64
    var subject: Int64
    /// 0 where it was not recorded.
    var status: Int64
    var asker: Int64
    var isFollowed: Bool
    var isRefused: Bool
  }

  let count: Int
  /// Whether they are held.
  private let isHeld: Bool
  private let connection: Connection
  private let one: BoundStatement
  /// In the order of their rows.
  private var held: [LeftItem] = []
  /// Places in `held`, in the order of time.
  private var order: [Int32] = []
  /// What all logs tell, and their keys are narrowed by.
  private var told = (agent: false, host: false)

  /// `mostHeld`: up to how many are held.
  init(_ connection: Connection, mostHeld: Int) throws(StoreError) {
    self.connection = connection
    count = Int(try connection.integer("SELECT count(*) FROM log_item") ?? 0)
    isHeld = count <= mostHeld
    one = try connection.prepare(
      """
      SELECT i.kind, i.subject, e.client, e.started_at, e.status FROM log_item i JOIN exchange e ON e.id = i.id
      WHERE i.id = ?
      """)
  }

  /// Reads them all, unless `fresh` is all there is, and says what they are like.
  func load(_ fresh: [LeftItem]?, _ kinds: LineKinds) throws(StoreError) -> LogCensus {
    var census = LogCensus()
    if isHeld, let items = fresh, items.count == count {
      held = items
      // Only several logs come out of order; a sort of what is in order would copy it.
      if zip(held, held.dropFirst()).contains(where: { $0.item.id > $1.item.id }) {
        held.sort { $0.item.id < $1.item.id }
      }
      for row in held {
        census.add(row.item, try kinds.kind(row.line.kind)?.flags ?? 0, row.line.place)
      }
    } else {
      if isHeld { held.reserveCapacity(count) }
      try read("ORDER BY i.id") { (item, row) in
        let line = LogItems.line(item.id, row, from: 11)
        census.add(item, row.int(1), line.place)
        if isHeld { held.append(LeftItem(item: item, line: line)) }
      }
    }
    told = (census.namesAgent, census.namesHost)
    order = held.indices.map { Int32(truncatingIfNeeded: $0) }
    order.sort { held[Int($0)].item.precedes(held[Int($1)].item) }
    return census
  }

  /// Each item, in the order of `PairingItem.precedes`, its key narrowed.
  func forEach(_ body: (PairingItem) throws(StoreError) -> Void) throws(StoreError) {
    func give(_ item: PairingItem) throws(StoreError) {
      var item = item
      item.narrow(byAgent: told.agent, byHost: told.host)
      try body(item)
    }
    guard !isHeld else {
      for place in order { try give(held[Int(place)].item) }
      return
    }
    let isPreflight = "k.flags & \(LineKindFlag.preflight)"
    let sorted = """
      ORDER BY CASE WHEN \(isPreflight) != 0 THEN i."end" ELSE coalesce(i.start, i."end") END, \(isPreflight) DESC, i.id
      """
    try read(sorted) { (item, _) throws(StoreError) in try give(item) }
  }

  /// The line that an item was made of.
  func line(_ id: Int64) throws(StoreError) -> PairedLine? {
    if isHeld { return place(id).map { held[$0].line } }
    one.bind(id, 0)
    guard try one.step() else { return nil }
    defer { one.reset() }
    return LogItems.line(id, one, from: 0)
  }

  /// Keeps in mind what became of a preflight; its row says it too.
  func note(_ outcome: PreflightRecord.Outcome, of preflight: Int64) {
    if let place = place(preflight) { held[place].outcome = outcome }
  }

  /// Each preflight that became something, those of one subject and status together, in the order of time.
  func forEachPreflight(_ body: (Preflight) -> Void) throws(StoreError) {
    guard isHeld else { return try readPreflights(body) }
    let places = held.indices.filter { held[$0].outcome != nil }.sorted {
      let (a, b) = (held[$0], held[$1])
      return (a.line.place.subject, a.line.place.status ?? 0, a.item.start, a.item.id)
        < (b.line.place.subject, b.line.place.status ?? 0, b.item.start, b.item.id)
    }
    for place in places {
      let (item, line) = (held[place].item, held[place].line)
      body(
        Preflight(
          id: item.id, subject: line.place.subject, status: Int64(line.place.status ?? 0),
          asker: Int64(bitPattern: item.client), isFollowed: held[place].outcome == .followed,
          isRefused: held[place].outcome == .refused))
    }
  }

  private func readPreflights(_ body: (Preflight) -> Void) throws(StoreError) {
    let row = try connection.prepare(
      """
      SELECT i.id, i.subject, coalesce(p.status, 0), i.asker, p.outcome = 'followed', p.outcome = 'refused'
      FROM preflight p JOIN log_item i ON i.id = p.id JOIN line_kind k ON k.id = i.kind
      WHERE k.flags & \(LineKindFlag.refused) = 0 ORDER BY 2, 3, coalesce(i.start, i."end"), 1
      """)
    defer { row.reset() }
    while try row.step() {
      body(
        Preflight(
          id: row.int(0), subject: row.int(1), status: row.int(2), asker: row.int(3), isFollowed: row.int(4) != 0,
          isRefused: row.int(5) != 0))
    }
  }

  private func place(_ id: Int64) -> Int? {
    var places = held.startIndex..<held.endIndex
    while !places.isEmpty {
      let middle = (places.lowerBound + places.upperBound) / 2
      let found = held[middle].item.id
      if found == id { return middle }
      places = found < id ? middle + 1..<places.upperBound : places.lowerBound..<middle
    }
    return nil
  }

  private func read(
    _ order: String, _ body: (PairingItem, BoundStatement) throws(StoreError) -> Void
  ) throws(StoreError) {
    let row = try connection.prepare(
      """
      SELECT i.id, k.flags, k.method, k.origin, k.lifetime, i.start, i."end", i.granularity, i.key, i.asker, i.connection,
        i.kind, i.subject, e.client, e.started_at, e.status, k.host, k.port
      FROM log_item i JOIN line_kind k ON k.id = i.kind JOIN exchange e ON e.id = i.id \(order)
      """)
    defer { row.reset() }
    while try row.step() {
      let (id, flags, end) = (row.int(0), row.int(1), row.int(6))
      let start = row.intOrNil(5)
      let item = PairingItem(
        id: id, source: Int32(truncatingIfNeeded: id >> 32),
        role: LogItems.role(flags),
        isSafelisted: flags & LineKindFlag.safelisted != 0, method: UInt32(truncatingIfNeeded: row.int(2)),
        start: start ?? end, end: end, knowsStart: start != nil, granularity: row.int(7),
        key: UInt64(bitPattern: row.int(8)), client: UInt64(bitPattern: row.int(9)),
        origin: UInt64(bitPattern: row.int(3)), connection: UInt64(bitPattern: row.int(10)), lifetime: row.int(4),
        host: UInt32(truncatingIfNeeded: row.int(16)), port: UInt16(truncatingIfNeeded: row.int(17)),
        userAgent: flags & LineKindFlag.namesAgent != 0 ? PairingItem.short(UInt64(bitPattern: row.int(9))) : 0,
        manner: PairingManner(rawValue: UInt8(truncatingIfNeeded: flags >> LineKindFlag.mannerShift)),
        subject: UInt32(truncatingIfNeeded: row.int(12)))
      try body(item, row)
    }
  }

  private static func role(_ flags: Int64) -> PairingItem.Role {
    if flags & LineKindFlag.preflight == 0 { return .request }
    return flags & LineKindFlag.refused == 0 ? .preflight : .refused
  }

  /// The line of a row with `kind, subject, client, started_at, status` from a column on.
  private static func line(_ id: Int64, _ row: BoundStatement, from column: Int) -> PairedLine {
    PairedLine(
      kind: row.int(column),
      place: RequestPlace(
        id: id, subject: row.int(column + 1), client: row.intOrNil(column + 2), startedAt: row.int(column + 3),
        status: row.intOrNil(column + 4).map { Int($0) }))
  }
}
