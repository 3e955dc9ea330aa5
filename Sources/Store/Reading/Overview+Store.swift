import Correlator

extension StoreReader {
  /// How much of each part is given: more is no longer looked at.
  private enum Limit {
    static let faults = 30
    static let given = 12
    static let mapOrigins = 12
    static let mapEndpoints = 24
  }

  /// The failures from further away than their problems, and in time.
  ///
  /// Over time only where `hasLog`, where anything but captures was read: a capture is minutes long, and has a waterfall.
  func overview(
    _ filter: FindingsFilter, _ tally: Tally, _ problems: RankedProblems, _ checker: FixChecker, hasLog: Bool
  ) throws(StoreError) -> Findings.Overview {
    var overview = Findings.Overview()
    overview.timeline = hasLog ? tally.history?.timeline : nil
    overview.map = map(tally)
    try addFaults(problems, checker, to: &overview)
    try addWaterfalls(filter, tally, problems, to: &overview)
    return overview
  }

  private struct FaultSum {
    var failures = 0
    var clients: Set<Int64> = []
    var subjects: Set<Subject> = []
    var problems = 0
    var given: [Int] = []
    var first: (key: ProblemKey, sum: Tally.Cluster)
  }

  private func addFaults(
    _ problems: RankedProblems, _ checker: FixChecker, to overview: inout Findings.Overview
  ) throws(StoreError) {
    var sums: [FaultKey: FaultSum] = [:]
    for (key, sum) in problems.ranked {
      var fault = sums.removeValue(forKey: FaultKey(key)) ?? FaultSum(first: (key, sum))
      fault.failures += sum.failures
      fault.clients.formUnion(sum.clients)
      fault.subjects.insert(key.subject)
      fault.problems += 1
      if let place = problems.given[key], fault.given.count < Limit.given { fault.given.append(place) }
      sums[FaultKey(key)] = fault
    }
    let mostClients = Double(sums.values.map(\.clients.count).max() ?? 1)
    let mostFailures = Double(sums.values.map(\.failures).max() ?? 1)
    let ranked = sums.map { key, fault in
      // Both count alike: one client more does not outweigh thousands of failures.
      (key, fault, harm: Double(fault.clients.count) / mostClients + Double(fault.failures) / mostFailures)
    }.sorted { left, right in
      if left.harm != right.harm { return left.harm > right.harm }
      return left.1.first.sum.example < right.1.first.sum.example
    }
    let examples = ExampleReader(connection)
    for (key, fault, _) in ranked.prefix(Limit.faults) {
      let requests = problems.requests[fault.first.key.subject]
      guard let example = try problem(fault.first.sum, requests: requests, examples, checker) else { continue }
      overview.faults.append(
        Findings.Fault(
          server: key.server, failures: fault.failures,
          requests: fault.subjects.reduce(0) { $0 + (problems.requests[$1] ?? 0) }, clients: fault.clients.count,
          origins: Set(fault.subjects.map(\.origin)).count, endpoints: Set(fault.subjects.map(\.endpoint)).count,
          problems: fault.problems, example: example, given: fault.given))
    }
    overview.faultsLeftOut = ranked.count - overview.faults.count
  }

  private struct Pair: Hashable {
    var origin: String
    var endpoint: String
  }

  private func map(_ tally: Tally) -> [Findings.MapCell] {
    var failures: [Pair: Int] = [:]
    var requests: [Pair: Int] = [:]
    var byOrigin: [String: Int] = [:]
    var byEndpoint: [String: Int] = [:]
    for cluster in tally.clusters {
      guard let subject = tally.subjects[cluster.subject] else { continue }
      failures[Pair(origin: subject.origin, endpoint: subject.endpoint), default: 0] += cluster.failures
      byOrigin[subject.origin, default: 0] += cluster.failures
      byEndpoint[subject.endpoint, default: 0] += cluster.failures
    }
    for (id, count) in tally.requests {
      guard let subject = tally.subjects[id] else { continue }
      requests[Pair(origin: subject.origin, endpoint: subject.endpoint), default: 0] += count
    }
    func worst(_ sums: [String: Int], _ limit: Int) -> [String] {
      sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map(\.key)
    }
    let origins = worst(byOrigin, Limit.mapOrigins)
    return worst(byEndpoint, Limit.mapEndpoints).flatMap { endpoint in
      origins.compactMap { origin in
        let pair = Pair(origin: origin, endpoint: endpoint)
        return requests[pair].map {
          Findings.MapCell(origin: origin, endpoint: endpoint, failures: failures[pair] ?? 0, requests: $0)
        }
      }
    }
  }
}
