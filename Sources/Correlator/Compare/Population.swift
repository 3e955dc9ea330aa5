/// The requests of one recording or span of time, counted by problem: one side of a comparison.
package struct Population: Sendable {
  package struct Counts: Equatable, Sendable {
    package var failures: Int
    package var clients: Int
    /// Microseconds since 1970, UTC.
    package var firstSeen: Int64?
    package var lastSeen: Int64?

    package init(failures: Int, clients: Int = 0, firstSeen: Int64? = nil, lastSeen: Int64? = nil) {
      self.failures = failures
      self.clients = clients
      self.firstSeen = firstSeen
      self.lastSeen = lastSeen
    }

    package mutating func add(_ other: Counts) {
      failures += other.failures
      clients += other.clients
      firstSeen = [firstSeen, other.firstSeen].compactMap { $0 }.min()
      lastSeen = [lastSeen, other.lastSeen].compactMap { $0 }.max()
    }
  }

  package struct Requests: Equatable, Sendable {
    package var all: Int
    package var allowed: Int

    package init(all: Int = 0, allowed: Int = 0) {
      self.all = all
      self.allowed = allowed
    }
  }

  package var name: String
  package var problems: [ProblemIdentity: Counts] = [:]
  package var requests: [Subject: Requests] = [:]

  package init(name: String) { self.name = name }

  package var total: Int { requests.values.reduce(0) { $0 + $1.all } }
  package var failures: Int { problems.values.reduce(0) { $0 + $1.failures } }
}
