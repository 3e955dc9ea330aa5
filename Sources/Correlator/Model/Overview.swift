extension Findings {
  /// The failures from further away than `problems`, and in time: what a page has room for.
  package struct Overview: Sendable {
    /// How many causes, origins and endpoints fail in all, beyond the rows of `byCause`, `byOrigin` and `byEndpoint`.
    package var causes = 0
    package var origins = 0
    package var endpoints = 0
    /// What is behind the problems, what hurts most first: clients and failures count alike.
    package var faults: [Fault] = []
    package var faultsLeftOut = 0
    /// The failures over time; `nil` where only captures were read, or no failure has a time.
    package var timeline: Timeline?
    /// The worst origins against the worst endpoints, in that order; pairs without a request have no cell.
    package var map: [MapCell] = []
    /// The captures with their requests in the order of time.
    package var waterfalls: [Waterfall] = []
    package var waterfallsLeftOut = 0

    package init() {}
  }

  /// Problems that one change on one server would mend: equal in server, reason, phase and root cause.
  package struct Fault: Sendable {
    /// The origin of the endpoints.
    package var server: String
    package var failures: Int
    /// All CORS requests of the same origins, endpoints and methods.
    package var requests: Int
    package var clients: Int
    package var origins: Int
    package var endpoints: Int
    package var problems: Int
    /// The problem of it that hurts most.
    package var example: Problem
    /// Positions in `Findings.problems`: those of its problems that are given there.
    package var given: [Int]

    package init(
      server: String, failures: Int, requests: Int, clients: Int, origins: Int, endpoints: Int, problems: Int,
      example: Problem, given: [Int]
    ) {
      self.server = server
      self.failures = failures
      self.requests = requests
      self.clients = clients
      self.origins = origins
      self.endpoints = endpoints
      self.problems = problems
      self.example = example
      self.given = given
    }
  }

  /// Failures counted in equal steps of time.
  package struct Timeline: Sendable {
    /// Where the first step begins: microseconds since 1970, UTC.
    package var start: Int64
    /// Microseconds.
    package var step: Int64
    /// For each reason, empty for an unknown one, the failures in each step; the most frequent reason first.
    package var series: [(reason: String, counts: [Int])]

    package init(start: Int64, step: Int64, series: [(reason: String, counts: [Int])]) {
      self.start = start
      self.step = step
      self.series = series
    }
  }

  package struct MapCell: Sendable {
    package var origin: String
    package var endpoint: String
    package var failures: Int
    package var requests: Int

    package init(origin: String, endpoint: String, failures: Int, requests: Int) {
      self.origin = origin
      self.endpoint = endpoint
      self.failures = failures
      self.requests = requests
    }
  }

  /// One capture's CORS requests in the order of time.
  package struct Waterfall: Sendable {
    package var source: String
    package var rows: [Row]
    package var rowsLeftOut: Int

    package init(source: String, rows: [Row], rowsLeftOut: Int) {
      self.source = source
      self.rows = rows
      self.rowsLeftOut = rowsLeftOut
    }

    package struct Row: Sendable {
      package var entry: Int
      package var method: String
      package var url: String
      package var decision: Verdict.Decision
      package var reason: ReasonKey?
      /// The request itself; `nil` where only its preflight was recorded.
      package var request: Span?
      package var preflight: Span?
      /// Position in `Findings.problems`, where its problem is given there.
      package var problem: Int?

      package init(
        entry: Int, method: String, url: String, decision: Verdict.Decision, reason: ReasonKey?, request: Span?,
        preflight: Span?, problem: Int?
      ) {
        self.entry = entry
        self.method = method
        self.url = url
        self.decision = decision
        self.reason = reason
        self.request = request
        self.preflight = preflight
        self.problem = problem
      }
    }

    /// When one exchange was under way, and how it was answered.
    package struct Span: Sendable {
      package var entry: Int
      /// Microseconds since 1970, UTC.
      package var start: Int64?
      /// Microseconds.
      package var duration: Int64?
      package var status: Int?

      package init(entry: Int, start: Int64?, duration: Int64?, status: Int?) {
        self.entry = entry
        self.start = start
        self.duration = duration
        self.status = status
      }
    }
  }
}
