import Evidence

/// What a change would have done to everything that was recorded, by problem.
package struct WhatIfFindings: Sendable {
  package let changes: [AnswerChange]
  /// Verdicts looked at, and of them the blocked ones.
  package private(set) var requests = 0
  package private(set) var failures = 0
  /// Verdicts by what the change does to them.
  package private(set) var effects: [Effect: Int] = [:]
  package private(set) var problems: [ProblemIdentity: Problem] = [:]
  /// Allowed requests that the change alters for the worse, by what would block them.
  package private(set) var broken: [ProblemIdentity: Broken] = [:]

  package init(_ changes: [AnswerChange]) { self.changes = changes }

  /// The failures of one problem, and how each of them would have ended.
  package struct Problem: Sendable {
    package var example: Verdict
    package var source: String
    package var failures = 0
    package var ends: [End: Int] = [:]
  }

  /// How requests would have ended: equal in everything that is told of it.
  package struct End: Hashable, Sendable {
    package var effect: Effect
    package var basis: Outlook.Basis
    package var after: Decided
    /// In the order of `Engine.allCases`.
    package var engines: [Decided]

    init(_ result: WhatIf.Result) {
      effect = result.effect
      basis = result.after.basis
      after = Decided(result.after)
      engines = Engine.allCases.map { Decided(result.engines[$0]) }
    }
  }

  package struct Decided: Hashable, Sendable {
    package var decision: Verdict.Decision
    package var reason: ReasonKey?
    package var phase: Verdict.Phase?
    package var chromiumError: ChromiumError?

    init(_ outlook: Outlook) {
      decision = outlook.decision
      reason = outlook.reason
      phase = outlook.phase
      chromiumError = outlook.chromiumError
    }
  }

  package struct Broken: Sendable {
    package var example: Verdict
    package var source: String
    /// Surely, and possibly.
    package var breaks = 0
    package var mayBreak = 0
    package var phase: Verdict.Phase?
  }

  /// Takes in what the change does to `count` requests that are alike.
  package mutating func add(_ result: WhatIf.Result, count: Int, source: String) {
    requests += count
    let effect = result.effect
    effects[effect, default: 0] += count
    let verdict = result.before
    if verdict.decision == .blocked {
      failures += count
      let key = ProblemIdentity(verdict)
      problems[key, default: Problem(example: verdict, source: source)].failures += count
      problems[key]?.ends[End(result), default: 0] += count
    }
    let isSure: Bool
    switch effect {
    case .breaks: isSure = true
    case .mayBreak: isSure = false
    default: return
    }
    var key = ProblemIdentity(verdict)
    key.reason = result.after.reason?.rawValue ?? ""
    broken[key, default: Broken(example: verdict, source: source, phase: result.after.phase)].breaks +=
      isSure ? count : 0
    broken[key]?.mayBreak += isSure ? 0 : count
  }

  /// How many failures would have passed to their end.
  package var passes: Int { effects[.passes] ?? 0 }

  /// Those that the change touches first, and of them the most frequent.
  package var ranked: [(identity: ProblemIdentity, problem: Problem)] {
    problems.sorted { left, right in
      if left.value.isTouched != right.value.isTouched { return left.value.isTouched }
      return (right.value.failures, left.key) < (left.value.failures, right.key)
    }.map { ($0.key, $0.value) }
  }

  package var rankedBroken: [(identity: ProblemIdentity, broken: Broken)] {
    broken.sorted {
      ($1.value.breaks, $1.value.mayBreak, $0.key) < ($0.value.breaks, $0.value.mayBreak, $1.key)
    }.map { ($0.key, $0.value) }
  }
}

extension WhatIfFindings.Problem {
  var isTouched: Bool { ends.keys.contains { $0.effect != .untouched } }

  /// The most frequent first.
  package var rankedEnds: [(end: WhatIfFindings.End, count: Int)] {
    ends.sorted { ($1.value, "\($0.key)") < ($0.value, "\($1.key)") }.map { ($0.key, $0.value) }
  }
}
