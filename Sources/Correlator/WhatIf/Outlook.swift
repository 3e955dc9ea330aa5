import Evidence

/// What one engine would decide on a request whose answers were changed.
package struct Outlook: Equatable, Sendable {
  /// What the end of the chain rests on.
  package enum Basis: String, Equatable, Sendable {
    /// The request's own answer, or a check before it that fails.
    case recorded
    /// The request never got its answer: others of the same endpoint stand in for it.
    case elsewhere
    /// The change itself writes all that is looked at.
    case change
    /// The checks that can be made pass; what the answer beyond them would have held was not recorded.
    case notKnown
  }

  package var decision: Verdict.Decision
  /// The reason of a failure, or of the failure that is still possible.
  package var reason: ReasonKey?
  package var phase: Verdict.Phase?
  package var chromiumError: ChromiumError?
  package var basis: Basis
  /// It passes without credentials and fails with them, and which of them it was is not known.
  package var needsNoCredentials = false

  package init(
    _ decision: Verdict.Decision, reason: ReasonKey? = nil, phase: Verdict.Phase? = nil, basis: Basis = .recorded
  ) {
    self.decision = decision
    self.reason = reason
    self.phase = phase
    self.basis = basis
  }

  /// All of several engines' outlooks in one.
  init(merging outlooks: [Outlook]) {
    let first = outlooks.first { $0.decision == .blocked } ?? outlooks[0]
    self = first
    if outlooks.contains(where: { $0.decision != first.decision }) {
      decision = .undetermined
      chromiumError = nil
    }
  }
}

/// The possible ends of one request's chain of checks, collected over credentials modes and answers.
struct Ends {
  struct Failure {
    let outcome: Outcome
    let phase: Verdict.Phase
    let include: Bool
  }

  /// The credentials modes in which it can pass.
  var passes: [Bool] = []
  var failures: [Failure] = []
  /// The modes in which the checks that can be made pass, and no more is known.
  var unknown: [Bool] = []

  mutating func add(_ failures: OutcomeSet, at phase: Verdict.Phase, include: Bool) {
    for outcome in failures.elements where outcome != .pass {
      self.failures.append(Failure(outcome: outcome, phase: phase, include: include))
    }
  }

  func outlook(_ basis: Outlook.Basis) -> Outlook {
    let likeliest = failures.first { $0.outcome.reason == .missingAllowOrigin } ?? failures.first
    let canGoOn = !passes.isEmpty || !unknown.isEmpty
    var outlook: Outlook
    if failures.isEmpty {
      outlook = unknown.isEmpty && canGoOn ? Outlook(.allowed, basis: basis) : Outlook(.undetermined, basis: .notKnown)
      if !unknown.isEmpty { outlook.phase = .response }
    } else {
      outlook = Outlook(
        canGoOn ? .undetermined : .blocked, reason: likeliest?.outcome.reason, phase: likeliest?.phase,
        basis: unknown.isEmpty ? basis : .notKnown)
      outlook.chromiumError = likeliest?.outcome.chromiumError
    }
    outlook.needsNoCredentials =
      canGoOn && !failures.isEmpty && failures.allSatisfy(\.include) && !(passes + unknown).contains(true)
    return outlook
  }
}
