package import Evidence
package import Words

/// What a report says, from far to near: filled by the store, rendered by `Report`.
package struct Findings: Sendable {
  package var sources: [SourceSummary] = []
  /// CORS requests judged, by decision.
  package var requests = 0
  package var blocked = 0
  package var allowed = 0
  package var undetermined = 0
  /// Failures for other reasons than those that were asked for; they are not among `blocked`.
  package var blockedOtherwise = 0
  /// Whether requests were judged, and none of them is of the time, origin and endpoint that were asked for.
  package var matchesNothing = false
  /// Microseconds since 1970, UTC.
  package var firstSeen: Int64?
  package var lastSeen: Int64?
  package var byCause: [Group] = []
  package var byOrigin: [Group] = []
  package var byEndpoint: [Group] = []
  /// Distinct failures, the most frequent first.
  package var problems: [Problem] = []
  /// How many further problems there are beyond `problems`.
  package var problemsLeftOut = 0
  /// What a page has room for and a terminal has not; `nil` where it was not asked for.
  package var overview: Overview?

  package init() {}

  /// What failures are summed up by.
  package enum Grouping: String, CaseIterable, Sendable {
    case origin, endpoint, cause
  }

  /// One row of `failures_by_cause`, `failures_by_origin` or `failures_by_endpoint`.
  package struct Group: Sendable {
    package var key: String
    package var failures: Int
    /// All CORS requests in the group.
    package var requests: Int
    package var clients: Int
    package var firstSeen: Int64?
    package var lastSeen: Int64?
    package var exampleURL: String

    package init(
      key: String, failures: Int, requests: Int, clients: Int, firstSeen: Int64?, lastSeen: Int64?, exampleURL: String
    ) {
      self.key = key
      self.failures = failures
      self.requests = requests
      self.clients = clients
      self.firstSeen = firstSeen
      self.lastSeen = lastSeen
      self.exampleURL = exampleURL
    }
  }

  /// Failures that one change would mend: equal in origin, endpoint, method, reason, phase and root cause.
  package struct Problem: Sendable {
    package var failures: Int
    /// All CORS requests of the same origin, endpoint and method.
    package var requests: Int
    package var clients: Int
    package var firstSeen: Int64?
    package var lastSeen: Int64?
    /// The verdict of the first of them, and its recorded headers by side.
    package var example: Verdict
    package var source: String
    package var preflight: Side?
    package var exchange: Side?
    /// What came of trying the example's fix on its own evidence; `nil` where nobody tried.
    package var check: FixCheck?
    /// The example's fix, to be said in any language; `nil` where only its English words are kept.
    package var fix: Message?

    package init(
      failures: Int, requests: Int, clients: Int, firstSeen: Int64?, lastSeen: Int64?, example: Verdict,
      source: String, preflight: Side?, exchange: Side?
    ) {
      self.failures = failures
      self.requests = requests
      self.clients = clients
      self.firstSeen = firstSeen
      self.lastSeen = lastSeen
      self.example = example
      self.source = source
      self.preflight = preflight
      self.exchange = exchange
    }
  }

  /// One exchange as the browser saw it: the fields that were stored, names in lower case, secrets left out.
  package struct Side: Sendable {
    package var entry: Int
    package var method: String
    package var url: String
    package var status: Int?
    package var request: [(name: String, value: String)]
    package var response: [(name: String, value: String)]

    package init(
      entry: Int, method: String, url: String, status: Int?, request: [(name: String, value: String)],
      response: [(name: String, value: String)]
    ) {
      self.entry = entry
      self.method = method
      self.url = url
      self.status = status
      self.request = request
      self.response = response
    }
  }
}

/// What one input was, and what became of its items: a row of `sources`.
package struct SourceSummary: Sendable {
  package var path: String
  package var sha256: String
  package var kind: SourceKind
  package var format: String
  package var bytes: Int
  package var read: Int
  package var kept: Int
  package var rejected: Int
  /// Problem codes with their counts.
  package var problems: [(code: String, count: Int)] = []
  /// One line each: what a file of this kind cannot show.
  package var blindSpots: [String] = []

  package init(
    path: String, sha256: String, kind: SourceKind, format: String, bytes: Int, read: Int, kept: Int, rejected: Int
  ) {
    self.path = path
    self.sha256 = sha256
    self.kind = kind
    self.format = format
    self.bytes = bytes
    self.read = read
    self.kept = kept
    self.rejected = rejected
  }
}
