import Correlator

/// Preflights that nothing followed, among others of their kind that were followed: a page that was left, as likely as a refusal.
///
/// What the others show holds for their own time and client alone: a failure that began in the middle of a log, or that meets
/// one client, stays a suspicion.
enum LoneAmongFollowed {
  /// How many of the same origin, endpoint, method and status are looked at before, and as many after.
  private static let neighbours = 25

  /// Leaves open what has no like among its neighbours, where the same client was followed more often than not.
  static func leaveOpen(
    _ items: LogItems, _ kinds: LineKinds, _ change: VerdictChange, _ connection: Connection
  ) throws(StoreError) {
    let lone = try find(items)
    guard !lone.isEmpty else { return }
    var balance: [Client: Int] = [:]
    for preflight in lone { balance[Client(preflight)] = 0 }
    try items.forEachPreflight { balance[Client($0)]? += $0.isFollowed ? 1 : -1 }
    let outcome = try connection.prepare("UPDATE preflight SET outcome = 'undetermined' WHERE id = ?")
    for preflight in lone where balance[Client(preflight), default: 0] > 0 {
      outcome.bind(preflight.id, 0)
      try outcome.run()
      guard let line = try items.line(preflight.id), let said = try kinds.kind(line.kind)?.other else { continue }
      try change.make(said, of: preflight.id)
    }
  }

  /// One client's preflights of one origin, endpoint, method and status.
  private struct Client: Hashable {
    let subject: Int64
    let status: Int64
    let asker: Int64

    init(_ preflight: LogItems.Preflight) {
      subject = preflight.subject
      status = preflight.status
      asker = preflight.asker
    }
  }

  /// The refused ones with none but followed ones within `neighbours` places on either side, and more than so many in all.
  private static func find(_ items: LogItems) throws(StoreError) -> [LogItems.Preflight] {
    var found: [LogItems.Preflight] = []
    var crowd = Crowd()
    func leave(_ preflight: LogItems.Preflight?) {
      if let preflight { found.append(preflight) }
    }
    try items.forEachPreflight { preflight in
      if preflight.subject != crowd.subject || preflight.status != crowd.status {
        leave(crowd.end())
        crowd = Crowd(subject: preflight.subject, status: preflight.status)
      }
      if preflight.isFollowed {
        crowd.count += 1
      } else {
        leave(crowd.take(preflight.isRefused ? preflight : nil))
      }
    }
    leave(crowd.end())
    return found
  }

  /// Those of one origin, endpoint, method and status, in order of time.
  private struct Crowd {
    var subject: Int64 = -1
    var status: Int64
    var count = 0
    /// The last that was not followed, and where it stands.
    private var last: (refused: LogItems.Preflight?, place: Int)?
    private var isLastNear = false

    init(subject: Int64 = -1, status: Int64 = 0) {
      self.subject = subject
      self.status = status
    }

    /// Takes one that was not followed, and it was refused if it is named; answers the one before it, if that stood alone.
    mutating func take(_ refused: LogItems.Preflight?) -> LogItems.Preflight? {
      let place = count
      count += 1
      let isNear = last.map { place - $0.place <= LoneAmongFollowed.neighbours } ?? false
      let alone = isNear ? nil : lone
      last = (refused, place)
      isLastNear = isNear
      return alone
    }

    func end() -> LogItems.Preflight? { lone }

    /// The last one, if it stands alone as far as is known by now.
    private var lone: LogItems.Preflight? {
      guard let last, !isLastNear else { return nil }
      let near =
        min(last.place, LoneAmongFollowed.neighbours) + 1 + min(count - 1 - last.place, LoneAmongFollowed.neighbours)
      return near > LoneAmongFollowed.neighbours ? last.refused : nil
    }
  }
}
