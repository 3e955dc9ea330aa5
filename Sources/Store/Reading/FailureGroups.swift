import Correlator

/// A store's failures grouped by cause, by origin and by endpoint, the group with the most clients first.
struct FailureGroups {
  struct Group {
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

  let byCause: [Group]
  let byOrigin: [Group]
  let byEndpoint: [Group]

  /// The requests of an origin or an endpoint are all of its own; those of a cause, of the subjects among which it occurs.
  init(_ tally: Tally) {
    byCause = FailureGroups.groups(tally, requests: [:]) { $0.reason ?? "" }
    byOrigin = FailureGroups.groups(tally) { $0?.origin ?? "" }
    byEndpoint = FailureGroups.groups(tally) { $0?.endpoint ?? "" }
  }

  /// The groups' places by their keys.
  func ranks(_ grouping: Findings.Grouping) -> [String: Int] {
    let groups =
      switch grouping {
      case .cause: byCause
      case .origin: byOrigin
      case .endpoint: byEndpoint
      }
    return Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1.key, $0) })
  }

  private static func groups(_ tally: Tally, of key: (Subject?) -> String) -> [Group] {
    var requests: [String: Int] = [:]
    for (id, count) in tally.requests { requests[key(tally.subjects[id]), default: 0] += count }
    // No name is no group of its own.
    requests[""] = nil
    return groups(tally, requests: requests) { key(tally.subjects[$0.subject]) }
  }

  private static func groups(
    _ tally: Tally, requests: [String: Int], by key: (Tally.Cluster) -> String
  ) -> [Group] {
    var groups: [String: Group] = [:]
    for cluster in tally.clusters {
      let name = key(cluster)
      if groups[name] == nil {
        groups[name] = Group(key: name, sum: cluster, subjects: [cluster.subject])
      } else {
        groups[name]?.sum.add(cluster)
        groups[name]?.subjects.insert(cluster.subject)
      }
    }
    return groups.values.map { group in
      var group = group
      group.requests = requests[group.key] ?? group.subjects.reduce(0) { $0 + (tally.requests[$1] ?? 0) }
      return group
    }.sorted {
      if $0.sum.clients.count != $1.sum.clients.count { return $0.sum.clients.count > $1.sum.clients.count }
      return ($1.sum.failures, $0.key) < ($0.sum.failures, $1.key)
    }
  }
}
