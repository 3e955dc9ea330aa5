/// Hashes of the parts of a log's line, as the log wrote them: equal ones are equal texts in lines of one log, and of no other.
///
/// They are seeded at random, so that nobody who writes into a log can make two meet; 0 stands for a part that is not there.
package struct LineParts: Equatable, Sendable {
  package var client: UInt64 = 0
  package var endpoint: UInt64 = 0
  package var userAgent: UInt64 = 0
  package var referer: UInt64 = 0
  /// All other header fields of the request, and which of them are recorded.
  package var request: UInt64 = 0
  /// The answer's header fields, and which of them are recorded.
  package var response: UInt64 = 0
  /// Method, protocol version, and whether a cookie travelled.
  package var trait: UInt64 = 0

  package init() {}
}

/// Where an exchange stands in its log.
package struct LineContext: Sendable {
  /// The first of the unbroken run of lines that have the same time. Where a line stands in its run tells more of when it was
  /// written than a clock of whole seconds does.
  package var tickStart: Int
  /// Whether the line may take part in CORS, or was kept only because all are.
  package var takesPart: Bool
  package var parts: LineParts

  package init(tickStart: Int, takesPart: Bool, parts: LineParts) {
    self.tickStart = tickStart
    self.takesPart = takesPart
    self.parts = parts
  }
}

/// A line that takes no part in CORS, as far as a store needs it that has seen all its parts before: no text is made of them.
package struct LoggedLine {
  package var locator: Locator
  /// Microseconds since 1970-01-01T00:00:00Z.
  package var startedAt: Int64
  /// Microseconds from the request's start to its end.
  package var duration: Int64?
  /// `nil` where no answer was received, or its status was not recorded.
  package var status: Int?
  /// As `Exchange.url`, in ASCII; the bytes are there while the line is at hand.
  package var url: UnsafeRawBufferPointer
  package var parts: LineParts

  package init(
    locator: Locator, startedAt: Int64, duration: Int64?, status: Int?, url: UnsafeRawBufferPointer, parts: LineParts
  ) {
    self.locator = locator
    self.startedAt = startedAt
    self.duration = duration
    self.status = status
    self.url = url
    self.parts = parts
  }
}
