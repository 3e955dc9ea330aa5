import Correlator

/// All problems, ranked, and which of them the findings hold.
struct RankedProblems {
  private(set) var ranked: [(key: ProblemKey, sum: Tally.Cluster)] = []
  /// All CORS requests of a subject.
  private(set) var requests: [Subject: Int] = [:]
  /// Positions in `Findings.problems`.
  var given: [ProblemKey: Int] = [:]

  /// By the clients that they hurt, then by failures; those of one group together, the worst group first, where there is a
  /// grouping.
  init(_ tally: Tally, _ groups: FailureGroups, by grouping: Findings.Grouping?) {
    for (id, count) in tally.requests {
      if let subject = tally.subjects[id] { requests[subject, default: 0] += count }
    }
    var sums: [ProblemKey: Tally.Cluster] = [:]
    for cluster in tally.clusters {
      let key = ProblemKey(cluster, tally.subjects[cluster.subject])
      if sums[key] == nil { sums[key] = cluster } else { sums[key]?.add(cluster) }
    }
    let ranks = grouping.map(groups.ranks) ?? [:]
    let rank = { (key: ProblemKey) in grouping.flatMap { ranks[key.group(in: $0)] } ?? 0 }
    ranked = sums.map { (key: $0, sum: $1) }.sorted { left, right in
      let groups = (rank(left.key), rank(right.key))
      if groups.0 != groups.1 { return groups.0 < groups.1 }
      if left.sum.clients.count != right.sum.clients.count {
        return left.sum.clients.count > right.sum.clients.count
      }
      if left.sum.failures != right.sum.failures { return left.sum.failures > right.sum.failures }
      return left.sum.example < right.sum.example
    }
  }
}

extension ProblemKey {
  fileprivate func group(in grouping: Findings.Grouping) -> String {
    switch grouping {
    case .origin: subject.origin
    case .endpoint: subject.endpoint
    case .cause: reason
    }
  }
}
