/// What makes failures of two recordings the same problem: who asked what of whom, and why it failed.
///
/// Baselines and comparisons go by it; the phase and the root cause, which a better recording may tell better, are left out.
package struct ProblemIdentity: Hashable, Comparable, Sendable {
  /// Serialised; empty where it was not told.
  package var origin: String
  package var endpoint: String
  package var method: String
  /// The key of the reason; empty where it was not told.
  package var reason: String

  package init(origin: String, endpoint: String, method: String, reason: String) {
    self.origin = origin
    self.endpoint = endpoint
    self.method = method
    self.reason = reason
  }

  package init(_ verdict: Verdict) {
    self.init(
      origin: verdict.origin ?? "", endpoint: verdict.endpoint, method: verdict.method,
      reason: verdict.reason?.rawValue ?? "")
  }

  /// Sixteen hexadecimal digits that stand for the four, on every machine alike.
  package var id: String {
    var hash = StableHash()
    for part in [origin, endpoint, method, reason] { hash.add(part) }
    let digits = String(hash.value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  package static func < (left: ProblemIdentity, right: ProblemIdentity) -> Bool {
    (left.endpoint, left.method, left.origin, left.reason) < (right.endpoint, right.method, right.origin, right.reason)
  }
}

extension Findings.Problem {
  package var identity: ProblemIdentity { ProblemIdentity(example) }
}
