package import Fetch

/// What a column of a log, or a member of its JSON, holds.
///
/// Its slot is its place among what a line's reader found.
package struct LogField: Hashable, Sendable {
  package let slot: UInt8

  init(slot: UInt8) { self.slot = slot }

  /// How many there are: a line's reader keeps a place for each.
  package static let slots = 128
  private static let requestBase: UInt8 = 32
  private static let responseBase: UInt8 = 80

  package static let ignored = LogField(slot: 0)
  /// The address that asked.
  package static let client = LogField(slot: 1)
  package static let clientPort = LogField(slot: 2)
  /// A moment whose meaning is the format's.
  package static let time = LogField(slot: 3)
  /// A date whose time of day is in `clock`.
  package static let date = LogField(slot: 4)
  package static let clock = LogField(slot: 5)
  package static let startTime = LogField(slot: 6)
  package static let endTime = LogField(slot: 7)
  package static let duration = LogField(slot: 8)
  package static let host = LogField(slot: 9)
  package static let port = LogField(slot: 10)
  package static let scheme = LogField(slot: 11)
  /// `METHOD target HTTP/…`.
  package static let requestLine = LogField(slot: 12)
  package static let method = LogField(slot: 13)
  /// Path and query, or an absolute URL, as the client sent it.
  package static let target = LogField(slot: 14)
  /// The path alone, perhaps rewritten.
  package static let path = LogField(slot: 15)
  package static let query = LogField(slot: 16)
  package static let protocolVersion = LogField(slot: 17)
  package static let status = LogField(slot: 18)
  package static let connection = LogField(slot: 19)
  /// Milliseconds or microseconds that belong to `time`.
  package static let fraction = LogField(slot: 20)
  /// A JSON object of header fields.
  package static let requestHeaders = LogField(slot: 21)
  package static let responseHeaders = LogField(slot: 22)
  /// A user's name, which may hold spaces; it is read over, never kept.
  package static let user = LogField(slot: 24)
  /// A variable of the configuration's own making: in JSON its member's name may tell what it holds.
  package static let custom = LogField(slot: 25)
  /// `203.0.113.7:51844`, also of IPv6 without brackets.
  package static let clientAndPort = LogField(slot: 23)
  /// The address at the connection's other end: the client's, where nothing else tells it.
  package static let peer = LogField(slot: 26)
  /// What several upstreams gave, `0.001, 0.002 : 0.004`; it is read over.
  package static let upstreams = LogField(slot: 27)
  /// The route that answered, `GET /orders/{id}` or its path alone: the target, where nothing else tells it.
  package static let route = LogField(slot: 28)
  /// A time zone behind a time.
  package static let zone = LogField(slot: 29)

  package static func request(_ field: KnownField) -> LogField { LogField(slot: requestBase + field.rawValue) }
  package static func response(_ field: KnownField) -> LogField { LogField(slot: responseBase + field.rawValue) }

  /// The request's field of this slot.
  package var requestField: KnownField? {
    slot >= LogField.requestBase && slot < LogField.responseBase
      ? KnownField(rawValue: slot - LogField.requestBase) : nil
  }

  package var responseField: KnownField? {
    slot >= LogField.responseBase ? KnownField(rawValue: slot - LogField.responseBase) : nil
  }

  private static let named: [String: LogField] = [
    "-": .ignored, "client": .client, "peer": .peer, "client-port": .clientPort, "user": .user,
    "client-and-port": .clientAndPort,
    "time": .time, "date": .date, "clock": .clock,
    "start": .startTime, "end": .endTime, "duration": .duration, "host": .host, "port": .port, "scheme": .scheme,
    "request": .requestLine, "method": .method, "target": .target, "path": .path, "query": .query,
    "protocol": .protocolVersion, "status": .status, "connection": .connection,
    "request-headers": .requestHeaders, "response-headers": .responseHeaders,
  ]

  /// The field of this name: `client`, `status`, …, `req:origin`, `res:vary`, or a header's name alone.
  package init?(named name: String) {
    let name = name.asciiLowercased()
    if let found = LogField.named[name] {
      self = found
      return
    }
    if name.hasPrefix("req:"), let field = KnownField(name: name.dropFirst(4)) {
      self = .request(field)
    } else if name.hasPrefix("res:"), let field = KnownField(name: name.dropFirst(4)) {
      self = .response(field)
    } else if let field = KnownField(name: name) {
      self = .header(field)
    } else {
      return nil
    }
  }

  /// The side on which this field is usually sent.
  static func header(_ field: KnownField) -> LogField {
    field.rawValue >= KnownField.accessControlAllowOrigin.rawValue ? .response(field) : .request(field)
  }
}

/// In what a duration is counted.
package enum DurationUnit: Sendable {
  case seconds, milliseconds, microseconds, nanoseconds
  /// Told by a decimal point (seconds) or a written unit; a whole number alone says nothing.
  case unknown
}
