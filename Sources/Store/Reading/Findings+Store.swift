package import Correlator
import Evidence

extension StoreReader {
  /// What a report says: sums, groups, and the distinct failures with an example of each.
  ///
  /// - Parameters:
  ///   - filter: Which verdicts are looked at.
  ///   - grouping: Keeps the problems of one group together, the worst group first; `nil` ranks all alike: by the
  ///     clients that they hurt, then by failures.
  ///   - limit: How many problems, and how many rows of each group, are given.
  ///   - withOverview: Whether the failures are summed up by fault, time, place and capture too, for a page.
  /// - Returns: The same whatever the order of imports.
  /// - Throws: SQLite's own errors.
  package func findings(
    _ filter: FindingsFilter = FindingsFilter(), by grouping: Findings.Grouping? = nil, limit: Int = 50,
    withOverview: Bool = false
  ) throws(StoreError) -> Findings {
    try snapshot { () throws(StoreError) in
      try summarize(filter, by: grouping, limit: limit, withOverview: withOverview)
    }
  }

  private func summarize(
    _ filter: FindingsFilter, by grouping: Findings.Grouping?, limit: Int, withOverview: Bool
  ) throws(StoreError) -> Findings {
    let tally = try Tally(connection, filter, inTime: withOverview)
    var findings = Findings()
    findings.sources = try sources()
    findings.blocked = tally.decisions[Schema.blocked] ?? 0
    findings.allowed = tally.decisions[Schema.allowed] ?? 0
    findings.undetermined = tally.decisions[Schema.undetermined] ?? 0
    if !filter.reasons.isEmpty {
      let asked = tally.clusters.reduce(0) { $0 + $1.failures }
      findings.blockedOtherwise = findings.blocked - asked
      findings.blocked = asked
    }
    findings.requests = tally.decisions.values.reduce(0, +)
    if findings.requests == 0 {
      findings.matchesNothing = try connection.integer("SELECT EXISTS (SELECT 1 FROM verdict)") == 1
    }
    findings.firstSeen = tally.first
    findings.lastSeen = tally.last

    let examples = ExampleReader(connection)
    let byCause = groups(tally) { $0.reason ?? "" }
    let byOrigin = groups(tally) { tally.subjects[$0.subject]?.origin ?? "" }
    let byEndpoint = groups(tally) { tally.subjects[$0.subject]?.endpoint ?? "" }
    findings.byCause = try byCause.prefix(limit).map { (group) throws(StoreError) in try group.row(examples) }
    findings.byOrigin = try byOrigin.prefix(limit).map { (group) throws(StoreError) in try group.row(examples) }
    findings.byEndpoint = try byEndpoint.prefix(limit).map { (group) throws(StoreError) in try group.row(examples) }

    var merged: [ProblemKey: Tally.Cluster] = [:]
    for cluster in tally.clusters {
      let key = ProblemKey(cluster, tally.subjects[cluster.subject])
      if merged[key] == nil { merged[key] = cluster } else { merged[key]?.add(cluster) }
    }
    var requests: [Subject: Int] = [:]
    for (id, count) in tally.requests {
      if let subject = tally.subjects[id] { requests[subject, default: 0] += count }
    }
    var rank: [String: Int] = [:]
    let order: (ProblemKey) -> String
    switch grouping {
    case .origin: (rank, order) = (ranks(byOrigin), { $0.subject.origin })
    case .endpoint: (rank, order) = (ranks(byEndpoint), { $0.subject.endpoint })
    case .cause: (rank, order) = (ranks(byCause), { $0.reason })
    case nil: order = { _ in "" }
    }
    let problems = merged.sorted { left, right in
      let groups = (rank[order(left.key)] ?? 0, rank[order(right.key)] ?? 0)
      if groups.0 != groups.1 { return groups.0 < groups.1 }
      if left.value.clients.count != right.value.clients.count {
        return left.value.clients.count > right.value.clients.count
      }
      if left.value.failures != right.value.failures { return left.value.failures > right.value.failures }
      return left.value.example < right.value.example
    }
    let checker = try FixChecker(
      connection, subjects: Dictionary(grouping: tally.subjects.keys.sorted()) { tally.subjects[$0]?.endpoint ?? "" })
    var given: [ProblemKey: Int] = [:]
    for (key, cluster) in problems.prefix(limit) {
      guard let problem = try problem(cluster, requests: requests[key.subject], examples, checker) else { continue }
      given[key] = findings.problems.count
      findings.problems.append(problem)
    }
    findings.problemsLeftOut = max(0, problems.count - limit)
    if withOverview {
      let ranked = RankedProblems(ranked: problems.map { ($0.key, $0.value) }, requests: requests, given: given)
      var overview = try self.overview(
        filter, tally, ranked, checker, hasLog: findings.sources.contains { $0.kind == .log })
      overview.causes = byCause.count
      overview.origins = byOrigin.count
      overview.endpoints = byEndpoint.count
      findings.overview = overview
    }
    return findings
  }

  /// A problem with its example, and its fix tried; `nil` where the example is gone.
  func problem(
    _ cluster: Tally.Cluster, requests: Int?, _ examples: ExampleReader, _ checker: FixChecker
  ) throws(StoreError) -> Findings.Problem? {
    guard let example = try examples.verdict(cluster.example) else { return nil }
    var problem = Findings.Problem(
      failures: cluster.failures, requests: requests ?? cluster.failures, clients: cluster.clients.count,
      firstSeen: cluster.first, lastSeen: cluster.last, example: example.verdict, source: example.source,
      preflight: try examples.side(example.preflight), exchange: try examples.side(example.exchange))
    if let failure = try checker.failure(cluster.example) {
      problem.fix = failure.fix
      problem.check = try checker.check(failure)
    }
    return problem
  }

  /// How many failures have one of these reasons; all failures where none is named.
  package func count(
    _ filter: FindingsFilter = FindingsFilter(), reasons: [ReasonKey] = []
  ) throws(StoreError) -> Int {
    var filter = filter
    if !reasons.isEmpty { filter.reasons = reasons }
    let (condition, values) = filter.condition(reasonsToo: true)
    let row = try connection.prepare(
      "SELECT count(*) FROM verdict v WHERE v.decision = \(Schema.blocked)\(condition)")
    for (index, value) in values.enumerated() { row.bind(value, index) }
    defer { row.reset() }
    return try row.step() ? Int(row.int(0)) : 0
  }

  private struct GroupSum {
    var key: String
    var sum: Tally.Cluster
    var subjects: Set<Int64>
    var requests = 0

    func row(_ examples: ExampleReader) throws(StoreError) -> Findings.Group {
      Findings.Group(
        key: key, failures: sum.failures, requests: requests, clients: sum.clients.count, firstSeen: sum.first,
        lastSeen: sum.last, exampleURL: try examples.url(sum.example) ?? "")
    }
  }

  /// The failures grouped by a key, the most clients first.
  ///
  /// For origins and endpoints the requests are all of the group's
  /// own; a cause's are those of the subjects among which it occurs.
  private func groups(_ tally: Tally, by key: (Tally.Cluster) -> String) -> [GroupSum] {
    var groups: [String: GroupSum] = [:]
    for cluster in tally.clusters {
      let name = key(cluster)
      if groups[name] == nil {
        groups[name] = GroupSum(key: name, sum: cluster, subjects: [cluster.subject])
      } else {
        groups[name]?.sum.add(cluster)
        groups[name]?.subjects.insert(cluster.subject)
      }
    }
    // A subject without failures counts where its own key, not a failure's, makes the group.
    for (id, count) in tally.requests {
      let probe = Tally.Cluster(subject: id, reason: nil, phase: nil, rootCause: nil, example: .max)
      let name = key(probe)
      if groups[name] != nil, !name.isEmpty {
        groups[name]?.requests += count
      }
    }
    return groups.values.map { group in
      var group = group
      if group.requests == 0 { group.requests = group.subjects.reduce(0) { $0 + (tally.requests[$1] ?? 0) } }
      return group
    }.sorted {
      if $0.sum.clients.count != $1.sum.clients.count { return $0.sum.clients.count > $1.sum.clients.count }
      return ($1.sum.failures, $0.key) < ($0.sum.failures, $1.key)
    }
  }

  private func ranks(_ groups: [GroupSum]) -> [String: Int] {
    var ranks: [String: Int] = [:]
    for (rank, group) in groups.enumerated() { ranks[group.key] = rank }
    return ranks
  }
}
