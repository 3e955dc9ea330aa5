/// How a log is read.
package struct LogOptions: Sendable {
  /// Which lines become exchanges; the others are counted.
  package enum Keep: String, CaseIterable, Sendable {
    case cors, all
  }

  package var keep = Keep.cors
  /// Hosts that the log is of, with their ports where these are not the default: for formats that do not name the host.
  package var ownHosts: [String] = []
  /// The user's own endpoints, for what is only counted.
  package var endpoints = EndpointPatterns()
  /// The longest line in bytes; a longer one is rejected.
  package var maximumLineLength = 4 << 20
  /// After so many problems of one kind the rest is only counted.
  package var maximumProblems = 1000
  package var maximumEndpoints = 20_000
  package var maximumTrafficRows = 400_000
  /// What other logs that are read with this one announce.
  package var announced = AnnouncedElsewhere()
  /// What is known of the logs that this one goes on from.
  package var remembered = LogMemory()
  /// A random number that nobody who writes into a log knows; see `LineParts`.
  package var seed: UInt64 = 0

  package init() {}
}

/// What became of a log's lines.
///
/// Blank lines and directives are no items.
package struct LogTally: Equatable, Sendable {
  /// Always `kept + counted + rejected`.
  package var read: Int { kept + counted + rejected }
  package var kept = 0
  package var counted = 0
  package var rejected = 0
  /// Blank lines, comments, and directives such as `#Fields`.
  package var passed = 0
  /// `OPTIONS` requests, preflights or not: none at all means that the log is filtered, not that none were sent.
  package var options = 0

  package init() {}
}
