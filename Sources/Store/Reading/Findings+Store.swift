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
    let groups = FailureGroups(tally)
    let examples = ExampleReader(connection)
    var findings = try counts(tally, filter)
    findings.byCause = try groups.byCause.prefix(limit).map { (group) throws(StoreError) in try group.row(examples) }
    findings.byOrigin = try groups.byOrigin.prefix(limit).map { (group) throws(StoreError) in try group.row(examples) }
    findings.byEndpoint = try groups.byEndpoint.prefix(limit).map { (group) throws(StoreError) in
      try group.row(examples)
    }

    let checker = try FixChecker(
      connection, subjects: Dictionary(grouping: tally.subjects.keys.sorted()) { tally.subjects[$0]?.endpoint ?? "" })
    var problems = RankedProblems(tally, groups, by: grouping)
    for (key, sum) in problems.ranked.prefix(limit) {
      guard let problem = try problem(sum, requests: problems.requests[key.subject], examples, checker) else {
        continue
      }
      problems.given[key] = findings.problems.count
      findings.problems.append(problem)
    }
    findings.problemsLeftOut = max(0, problems.ranked.count - limit)
    if withOverview {
      let hasLog = findings.sources.contains { $0.kind == .log }
      var overview = try overview(filter, tally, problems, checker, hasLog: hasLog)
      overview.causes = groups.byCause.count
      overview.origins = groups.byOrigin.count
      overview.endpoints = groups.byEndpoint.count
      findings.overview = overview
    }
    return findings
  }

  /// What was read, and how much of it was decided how.
  private func counts(_ tally: Tally, _ filter: FindingsFilter) throws(StoreError) -> Findings {
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
}
