import Correlator
import Words

/// What came of trying a fix, in sentences that every format shares.
enum FixCheckWords {
  /// `nil` where there is nothing to say: no change of an answer could be tried.
  static func sentence(_ check: FixCheck) -> Message? {
    guard let first = check.steps.first else { return nil }
    let end = conclusion(check.conclusion)
    if check.isWhole { return "Tried on the recording: with this \(end)." }
    let rest = check.steps.dropFirst().map { step -> Message in
      let edits = step.change.edits.map(WhatIfWords.edit).joined(separator: ", ")
      return "\(WhatIfWords.failure(step.reason.rawValue, step.phase)) (\(edits))"
    }
    let revealed = rest.dropFirst().reduce(rest[0]) { "\($0), then \($1)" }
    let mended = WhatIfWords.failure(first.reason.rawValue, first.phase)
    return "Tried on the recording: mending \(mended) reveals \(revealed); with all of it \(end)."
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

extension ProblemView {
  var fix: Message? { problem.fix ?? verdict.fix.map(Message.init(kept:)) }

  /// The fix, where trying it did not show that it fails.
  var offeredFix: Message? { problem.check?.mayBeOffered == false ? nil : fix }

  /// What came of trying it.
  var tried: Message? { problem.check.flatMap(FixCheckWords.sentence) }
}
