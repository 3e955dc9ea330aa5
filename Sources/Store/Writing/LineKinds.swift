/// The rows of `line_kind`, read as they are asked for.
final class LineKinds {
  /// One object for all its lines: to copy what it holds for each of them costs more than to find it.
  final class Kind {
    let flags: Int64
    /// Whether an origin is known.
    let hasOrigin: Bool
    let own: Said?
    let other: Said?
    let announced: Announced

    init(flags: Int64, hasOrigin: Bool, own: Said?, other: Said?, announced: Announced) {
      self.flags = flags
      self.hasOrigin = hasOrigin
      self.own = own
      self.other = other
      self.announced = announced
    }

    func has(_ flag: Int64) -> Bool { flags & flag != 0 }
  }

  /// How many are held at once.
  private static let held = 20_000

  private let row: BoundStatement
  private var kinds: [Int64: Kind] = [:]

  init(_ connection: Connection) throws(StoreError) {
    row = try connection.prepare(
      """
      SELECT flags, origin, decision, judgement, evidence, fix, other_decision, other_judgement, other_evidence,
        other_fix, announced_origin, announced_method, announced_headers FROM line_kind WHERE id = ?
      """)
  }

  /// The kind of this row; `nil` where there is none.
  func kind(_ id: Int64) throws(StoreError) -> Kind? {
    if let known = kinds[id] { return known }
    if kinds.count >= LineKinds.held { kinds = [:] }
    row.bind(id, 0)
    guard try row.step() else { return nil }
    defer { row.reset() }
    let kind = Kind(
      flags: row.int(0), hasOrigin: row.int(1) != 0, own: said(2), other: said(6),
      announced: Announced(origin: row.intOrNil(10), method: row.text(11), headers: row.intOrNil(12)))
    kinds[id] = kind
    return kind
  }

  private func said(_ column: Int) -> Said? {
    guard let decision = row.intOrNil(column) else { return nil }
    return Said(
      decision: decision, judgement: row.int(column + 1), evidence: row.intOrNil(column + 2),
      fix: row.intOrNil(column + 3))
  }
}
