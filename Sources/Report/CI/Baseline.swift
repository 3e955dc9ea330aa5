package import Correlator

/// Problems that a pipeline has accepted: what it fails on is what is beyond them.
package struct Baseline: Sendable {
  package static let schema = "corsleuth-baseline/1"

  /// A later run's failures of these are no news.
  package private(set) var accepted: Set<ProblemIdentity>

  package init(_ accepted: Set<ProblemIdentity> = []) { self.accepted = accepted }

  package func accepts(_ problem: ProblemIdentity) -> Bool { accepted.contains(problem) }

  /// The document `corsleuth-baseline/1`: sorted, so that two of them differ where their problems do.
  package func write(into sink: inout some TextOutputStream) {
    let problems = accepted.sorted().map { problem in
      JSONValue.object([
        ("problem", .string(problem.id)), ("origin", .string(problem.origin)),
        ("endpoint", .string(problem.endpoint)), ("method", .string(problem.method)),
        ("reason", .string(problem.reason)),
      ])
    }
    JSONValue.object([("schema", .string(Baseline.schema)), ("problems", .array(problems))]).write(into: &sink)
    sink.write("\n")
  }
}
