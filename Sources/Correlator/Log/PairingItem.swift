import Evidence
import Fetch

/// What the pairing of server logs needs of one exchange, in 80 bytes: everything else stays in the store.
package struct PairingItem: Equatable, Sendable {
  package enum Role: UInt8, Sendable {
    /// A preflight whose answer may have let its request through. One that was refused for sure is no item.
    case preflight
    /// A request that may have followed one.
    case request
  }

  /// The exchange's row id.
  package var id: Int64
  /// Tells the inputs of one run apart: each may have a clock of its own.
  package var source: Int32
  package var role: Role
  /// Whether the request's method is one that never needs a preflight by itself.
  package var isSafelisted: Bool
  /// Hash of the method announced or sent; 0 where a preflight's was not recorded.
  package var method: UInt32
  /// Microseconds: when the request began, where the log tells, else when it was logged.
  package var start: Int64
  /// Microseconds: when its answer had been sent, where the log tells, else when it was logged.
  package var end: Int64
  /// Whether the start is known, and not only the time of logging.
  package var knowsStart: Bool
  /// The finest step of its clock, in microseconds.
  package var granularity: Int64
  /// Hash of client, user agent and target.
  package var key: UInt64
  /// Hash of the client and its user agent alone.
  package var client: UInt64
  /// Hash of the origin, or of its stand-in; 0 where neither was recorded.
  package var origin: UInt64
  /// Hash of the connection; 0 where it was not recorded.
  package var connection: UInt64
  /// Microseconds for which a passed preflight may be reused; -1 where that was not recorded.
  package var lifetime: Int64

  package init(
    id: Int64, source: Int32, role: Role, isSafelisted: Bool, method: UInt32, start: Int64, end: Int64,
    knowsStart: Bool, granularity: Int64, key: UInt64, client: UInt64, origin: UInt64, connection: UInt64,
    lifetime: Int64
  ) {
    self.id = id
    self.source = source
    self.role = role
    self.isSafelisted = isSafelisted
    self.method = method
    self.start = start
    self.end = end
    self.knowsStart = knowsStart
    self.granularity = granularity
    self.key = key
    self.client = client
    self.origin = origin
    self.connection = connection
    self.lifetime = lifetime
  }

  /// When it counts for the order of things: a preflight by its end, a request by its start.
  package var time: Int64 { role == .request ? start : end }

  /// The order in which the pairing takes items: by time, of equals preflights first, then as they stand in their logs.
  package func precedes(_ other: PairingItem) -> Bool {
    if time != other.time { return time < other.time }
    return role == other.role ? id < other.id : role == .preflight
  }
}

/// What the pairing makes of the items.
package enum PairingResult: Equatable, Sendable {
  /// A preflight and the request that followed it. `gap` is in microseconds.
  case pair(preflight: Int64, request: Int64, confidence: Double, gap: Int64)
  /// A preflight that no request followed, and how probable that is.
  case alone(preflight: Int64, probability: Double)
  /// A request that had no preflight of its own, let through by an earlier one where `grant` names it.
  case unannounced(request: Int64, grant: Int64?)
}
