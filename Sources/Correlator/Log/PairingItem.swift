import Evidence
import Fetch

/// What the pairing of server logs needs of one exchange, in some 100 bytes: everything else stays in the store.
package struct PairingItem: Equatable, Sendable {
  package enum Role: UInt8, Sendable {
    /// A preflight whose answer may have let its request through.
    case preflight
    /// A preflight that was refused for sure: it pairs with nothing, and tells something if its request came all the same.
    case refused
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
  /// Hash of the client and of the target's path and query, which every log tells; once narrowed, of all that all logs tell.
  package var key: UInt64
  /// Hash of the client and its user agent alone.
  package var client: UInt64
  /// Hash of the origin, or of its stand-in; 0 where neither was recorded.
  package var origin: UInt64
  /// Hash of the connection; 0 where it was not recorded.
  package var connection: UInt64
  /// Microseconds for which a passed preflight may be reused; -1 where that was not recorded.
  package var lifetime: Int64
  /// Hash of the target's host; 0 where it was not recorded.
  package var host: UInt32
  /// The target's port; 0 where it is the usual one, or was left out.
  package var port: UInt16
  package var manner: PairingManner
  /// Hash of the user agent, to be compared under one key; 0 where it was not recorded.
  package var userAgent: UInt32
  /// Tells apart who asks what of whom, the client left out; 0 where that is not known.
  package var subject: UInt32

  package init(
    id: Int64, source: Int32, role: Role, isSafelisted: Bool, method: UInt32, start: Int64, end: Int64,
    knowsStart: Bool, granularity: Int64, key: UInt64, client: UInt64, origin: UInt64, connection: UInt64,
    lifetime: Int64, host: UInt32 = 0, port: UInt16 = 0, userAgent: UInt32 = 0,
    manner: PairingManner = .unknown, subject: UInt32 = 0
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
    self.host = host
    self.port = port
    self.userAgent = userAgent
    self.manner = manner
    self.subject = subject
  }

  /// Takes into the key what is recorded of every item: the fewer meet under one, the better is known what strangers are like.
  package mutating func narrow(byAgent: Bool, byHost: Bool) {
    guard byAgent || byHost else { return }
    var hash = StableHash()
    hash.add(key)
    if byAgent { hash.add(UInt64(userAgent)) }
    if byHost { hash.add(UInt64(host)) }
    key = hash.value
  }

  /// When it counts for the order of things: a preflight by its end, a request by its start.
  package var time: Int64 { role == .request ? start : end }

  /// The order in which the pairing takes items: by time, of equals preflights first, then as they stand in their logs.
  package func precedes(_ other: PairingItem) -> Bool {
    if time != other.time { return time < other.time }
    let (isRequest, otherIs) = (role == .request, other.role == .request)
    return isRequest == otherIs ? id < other.id : otherIs
  }
}

/// What the pairing makes of the items.
package enum PairingResult: Equatable, Sendable {
  /// A preflight and the request that followed it. `gap` is in microseconds.
  case pair(preflight: Int64, request: Int64, confidence: Double, gap: Int64)
  /// A preflight that no request followed, and how probable that is.
  case alone(preflight: Int64, probability: Double)
  /// A preflight of which can't be told whether one of the requests near it followed it.
  case undecided(preflight: Int64)
  /// A request that had no preflight of its own, let through by an earlier one where `grant` names it.
  case unannounced(request: Int64, grant: Int64?)
}
