import Correlator

/// What makes two failures one problem.
struct ProblemKey: Hashable {
  var subject: Subject
  var reason: String
  var phase: String?
  var rootCause: String?

  init(_ cluster: Tally.Cluster, _ subject: Subject?) {
    self.subject = subject ?? Subject(origin: "", endpoint: "", method: "")
    reason = cluster.reason ?? ""
    phase = cluster.phase
    rootCause = cluster.rootCause
  }
}

/// What makes two problems one fault: the same change on the same server mends both.
struct FaultKey: Hashable {
  var server: String
  var reason: String
  var phase: String?
  var rootCause: String?

  init(_ problem: ProblemKey) {
    server = FaultKey.server(of: problem.subject.endpoint)
    // What one cause is called differs by browser, and by the check that met it first.
    reason = problem.rootCause == nil ? problem.reason : ""
    phase = problem.phase
    rootCause = problem.rootCause
  }

  /// Scheme, host and port of an endpoint; the endpoint itself where it does not tell.
  private static func server(of endpoint: String) -> String {
    guard let scheme = endpoint.firstRange(of: "://") else { return endpoint }
    return String(endpoint[..<(endpoint[scheme.upperBound...].firstIndex(of: "/") ?? endpoint.endIndex)])
  }
}
