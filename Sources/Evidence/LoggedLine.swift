/// Hashes of the parts of a log's line, as the log wrote them: equal ones are equal texts in lines of one log, and of no other.
///
/// They are seeded at random, so that nobody who writes into a log can make two meet; 0 stands for a part that is not there.
package struct LineParts: Equatable, Sendable {
  package var client: UInt64 = 0
  /// All that tells the target's origin: what stands before its path, and more where that alone does not.
  package var server: UInt64 = 0
  /// The server, and the path without its query.
  package var path: UInt64 = 0
  package var userAgent: UInt64 = 0
  package var referer: UInt64 = 0
  /// All other header fields of the request, which of them are recorded, and the server.
  package var request: UInt64 = 0
  /// The answer's header fields, and which of them are recorded.
  package var response: UInt64 = 0
  /// The request part, method, protocol version, and whether a cookie travelled.
  package var trait: UInt64 = 0

  package init() {}
}

/// Where an exchange stands in its log.
package struct LineContext: Sendable {
  /// The first of the run of lines that were written at one time, and that time in microseconds since 1970-01-01T00:00:00Z. Where a
  /// line stands in its run tells more of when it was written than a clock of whole seconds does.
  package var tick: LogTick
  /// Whether the line may take part in CORS, or was kept only because all are.
  package var takesPart: Bool
  package var parts: LineParts

  package init(tick: LogTick, takesPart: Bool, parts: LineParts) {
    self.tick = tick
    self.takesPart = takesPart
    self.parts = parts
  }
}

/// A line as far as a store needs it that has seen all its parts before: no text is made of them.
///
/// The bytes are there while the line is at hand.
package struct LoggedLine {
  package var locator: Locator
  /// Microseconds since 1970-01-01T00:00:00Z.
  package var startedAt: Int64
  /// Microseconds from the request's start to its end.
  package var duration: Int64?
  /// As `Exchange.endedAt`.
  package var endedAt: Int64?
  /// As `Exchange.clockGranularity`.
  package var granularity: Int64
  /// `nil` where no answer was received, or its status was not recorded.
  package var status: Int?
  /// As `Exchange.url`; `nil` where that has to be decoded, or put together, first.
  package var url: UnsafeRawBufferPointer?
  /// The target's path as logged, without its query.
  package var path: UnsafeRawBufferPointer
  /// The server's number of the connection as logged; empty where none was recorded.
  package var connection: UnsafeRawBufferPointer
  /// As logged; empty where none was recorded, like the two that follow.
  package var client = UnsafeRawBufferPointer(start: nil, count: 0)
  package var userAgent = UnsafeRawBufferPointer(start: nil, count: 0)
  package var referer = UnsafeRawBufferPointer(start: nil, count: 0)
  /// The byte that begins an escape.
  package var escape: UInt8

  package init(
    locator: Locator, startedAt: Int64, duration: Int64?, endedAt: Int64?, granularity: Int64, status: Int?,
    url: UnsafeRawBufferPointer?, path: UnsafeRawBufferPointer, connection: UnsafeRawBufferPointer, escape: UInt8
  ) {
    self.locator = locator
    self.startedAt = startedAt
    self.duration = duration
    self.endedAt = endedAt
    self.granularity = granularity
    self.status = status
    self.url = url
    self.path = path
    self.connection = connection
    self.escape = escape
  }

  /// One of the line's values as text; `nil` where it has to be decoded or trimmed first, and where it is not there or was blacked
  /// out.
  package func text(_ value: UnsafeRawBufferPointer) -> String? {
    guard let first = value.first, let last = value.last, first > 0x20, last > 0x20,
      value.allSatisfy({ $0 < 0x80 && $0 != escape })
    else { return nil }
    let text = String(decoding: value, as: UTF8.self)
    return HeaderRecord.isBlackedOut(text) ? nil : text
  }
}
