import Correlator

/// What came of trying a fix, in sentences that every format shares.
enum FixCheckWords {
  /// `nil` where there is nothing to say: no change of an answer could be tried.
  static func sentence(_ check: FixCheck) -> String? {
    guard let first = check.steps.first else { return nil }
    let rest = check.steps.dropFirst()
    var text = "Tried on the recording"
    if check.isWhole {
      text += ": with this " + conclusion(check.conclusion)
    } else {
      let more = rest.map { step in
        "\(WhatIfWords.failure(step.reason.rawValue, step.phase)) (\(step.change.edits.map(WhatIfWords.edit).joined(separator: ", ")))"
      }
      text += ": mending \(WhatIfWords.failure(first.reason.rawValue, first.phase)) reveals "
      text += more.joined(separator: ", then ") + "; with all of it " + conclusion(check.conclusion)
    }
    return text + "."
  }

  private static func conclusion(_ conclusion: FixCheck.Conclusion) -> String {
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
