import Correlator
import Words

/// What came of trying a fix, in sentences that every format shares.
enum FixCheckWords {
  /// `nil` where there is nothing to say: no change of an answer could be tried.
  static func sentence(_ check: FixCheck) -> Message? {
    guard !check.steps.isEmpty else { return nil }
    let end = conclusion(check.conclusion)
    guard !check.isWhole else { return "Tried on the recording: with this \(end)." }
    // What one does, not what one would have met on the way: the steps with their reasons are in the JSON.
    var changes: [Message] = []
    for (index, step) in check.steps.enumerated() {
      let isElsewhere = index == 0 || step.phase != check.steps[index - 1].phase
      let edits = step.change.edits.map(WhatIfWords.edit).joined(separator: ", ")
      changes.append(isElsewhere ? placed(edits, step.phase) : edits)
    }
    return "Tried on the recording: \(changes.joined(separator: ", ")); with all of it \(end)."
  }

  /// A change with where it is made; alone where no answer is looked at.
  private static func placed(_ edits: Message, _ phase: Verdict.Phase?) -> Message {
    switch phase {
    case .preflight: "at the preflight \(edits)"
    case .redirect: "at the redirect \(edits)"
    case .response: "at the answer \(edits)"
    case .request, nil: edits
    }
  }

  private static func conclusion(_ conclusion: FixCheck.Conclusion) -> Message {
    switch conclusion {
    case .passes: "the request passes"
    case .passesWithoutCredentials:
      "the request passes if it is made without credentials, which is not recorded"
    case .passesSoFar: "the request gets further; what the answer beyond would have held is not recorded"
    case .fails(let reason, let phase): "it would still fail by \(WhatIfWords.failure(reason?.rawValue, phase))"
    case .open: "the recording does not tell whether the request passes"
    case .notChecked: "nothing was tried"
    }
  }
}
