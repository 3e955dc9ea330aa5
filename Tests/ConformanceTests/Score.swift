import Correlator

/// How verdicts stand against a browser's own.
struct Score {
  var failures = 0
  var found = 0
  var leftOpen = 0
  /// Failures of which the recording holds no entry.
  var notRecorded = 0
  var rightReason = 0
  var wrongReason = 0
  var falseAlarms = 0
  var wrongThoughCertain = 0
  /// One line for each deviation.
  var deviations: [String] = []

  static func + (left: Score, right: Score) -> Score {
    var sum = left
    sum.failures += right.failures
    sum.found += right.found
    sum.leftOpen += right.leftOpen
    sum.notRecorded += right.notRecorded
    sum.rightReason += right.rightReason
    sum.wrongReason += right.wrongReason
    sum.falseAlarms += right.falseAlarms
    sum.wrongThoughCertain += right.wrongThoughCertain
    sum.deviations += right.deviations
    return sum
  }

  /// - Parameter names: What the browser calls a blocked request, in the words of its `reasons`.
  init(_ scenario: Scenario, _ verdicts: [Verdict], in folder: String, names: (Verdict) -> String?) {
    let blocked = verdicts.filter { $0.decision == .blocked }
    if scenario.failed {
      failures = 1
      guard !verdicts.isEmpty else {
        notRecorded = 1
        return
      }
      if blocked.isEmpty {
        leftOpen = verdicts.contains { $0.decision == .undetermined } ? 1 : 0
        note(scenario, verdicts, in: folder, leftOpen == 1 ? "left open" : "missed")
        if verdicts.allSatisfy({ $0.certainty == .certain }) { wrongThoughCertain = 1 }
        return
      }
      found = 1
      guard let truth = scenario.reasons.first else { return }
      if blocked.contains(where: { names($0) == truth }) {
        rightReason = 1
      } else {
        wrongReason = 1
        note(scenario, verdicts, in: folder, "another reason")
        if blocked.contains(where: { $0.certainty == .certain }) { wrongThoughCertain = 1 }
      }
    } else if scenario.succeeded, !blocked.isEmpty {
      falseAlarms = 1
      note(scenario, verdicts, in: folder, "false alarm")
      if blocked.contains(where: { $0.certainty == .certain }) { wrongThoughCertain = 1 }
    }
  }

  init() {}

  private mutating func note(_ scenario: Scenario, _ verdicts: [Verdict], in folder: String, _ what: String) {
    let own = verdicts.map { verdict in
      "\(verdict.decision.rawValue) \(verdict.reason?.rawValue ?? "-") (\(verdict.certainty.rawValue))"
    }
    deviations.append(
      "\(folder)/\(scenario.id) (\(scenario.note)): \(what): the browser \(scenario.reasons), here \(own)")
  }

  /// The same where only the finding counts.
  var withoutReasons: Score {
    var score = self
    score.rightReason = 0
    score.wrongReason = 0
    score.deviations.removeAll { $0.contains(": another reason: ") }
    return score
  }

  /// Of the failures that the recording holds: found, or open with the truth among the candidates.
  var recorded: Int { failures - notRecorded }
}
