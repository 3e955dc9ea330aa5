/// Whether the fix of a failure makes it pass: tried on its own evidence before it is shown.
package struct FixCheck: Sendable {
  /// One change after the other, each for the failure that the one before it revealed.
  package struct Step: Equatable, Sendable {
    package var reason: ReasonKey
    package var phase: Verdict.Phase?
    package var change: AnswerChange
  }

  package enum Conclusion: Equatable, Sendable {
    /// With the steps made, the request passes to the end of its chain.
    case passes
    /// It passes where it was made without credentials, which was not recorded.
    case passesWithoutCredentials
    /// The preflight, or the redirect, passes; the answer beyond was not recorded.
    case passesSoFar
    /// Something else stops it that no change of an answer mends.
    case fails(ReasonKey?, Verdict.Phase?)
    /// The recording does not tell whether it passes.
    case open
    /// The fix is no change of an answer: nothing here can try it.
    case notChecked
  }

  package var steps: [Step]
  package var conclusion: Conclusion

  package init(steps: [Step], conclusion: Conclusion) {
    self.steps = steps
    self.conclusion = conclusion
  }

  /// Whether the first step alone leads to the conclusion.
  package var isWhole: Bool { steps.count <= 1 }

  /// Whether the fix may be offered: not where trying it shows that the request fails all the same.
  ///
  /// Where the recording does not tell, that limit is to be said.
  package var mayBeOffered: Bool { if case .fails = conclusion { false } else { true } }

  /// Applies the catalogue's change for the failure, then for what it would have failed by next, and so on.
  package static func check(_ failure: JudgedRequest, elsewhere: Elsewhere = Elsewhere()) -> FixCheck {
    guard failure.verdict.decision == .blocked else { return FixCheck(steps: [], conclusion: .notChecked) }
    var steps: [Step] = []
    var current = failure
    // Each step mends one check of the chain for good: there are fewer than this.
    for _ in 0..<10 {
      guard let reason = current.verdict.reason, let change = Remedy.change(for: current) else {
        return FixCheck(
          steps: steps,
          conclusion: steps.isEmpty ? .notChecked : .fails(current.verdict.reason, current.verdict.phase))
      }
      steps.append(Step(reason: reason, phase: current.verdict.phase, change: change))
      let result = WhatIf(steps.map(\.change), elsewhere: elsewhere).result(for: failure)
      // Nothing that was recorded is changed by it: there is nothing to try it on.
      if !result.isTouched { return FixCheck(steps: [], conclusion: .notChecked) }
      switch result.after.decision {
      case .allowed: return FixCheck(steps: steps, conclusion: .passes)
      case .undetermined: return FixCheck(steps: steps, conclusion: conclusion(result))
      case .blocked:
        let isStuck = result.after.reason == reason && result.after.phase == current.verdict.phase
        if isStuck { return FixCheck(steps: steps, conclusion: .fails(reason, result.after.phase)) }
        current = result.altered
        current.verdict.reason = result.after.reason
        current.verdict.phase = result.after.phase
      }
    }
    return FixCheck(steps: steps, conclusion: .open)
  }

  private static func conclusion(_ result: WhatIf.Result) -> Conclusion {
    switch result.effect {
    case .passesWithoutCredentials: .passesWithoutCredentials
    case .passesSoFar: .passesSoFar
    default: .open
    }
  }
}
