/// What a change does to one verdict.
package enum Effect: Hashable, Sendable {
  /// It alters no answer that the request got.
  case untouched
  /// A failure that would have passed, to the end of its chain.
  case passes
  /// A failure that would have passed its checks without credentials; whether it had any was not recorded.
  case passesWithoutCredentials
  /// A failure whose preflight, or redirect, would have passed; what the answer beyond would have held was not recorded.
  case passesSoFar
  /// A failure that would have failed later or for another reason.
  case failsNext(ReasonKey?, Verdict.Phase?)
  /// A failure that would have failed as before.
  case failsAlike
  /// A failure that can have passed or failed, by what was not recorded.
  case open
  /// An allowed request that would have been blocked.
  case breaks(ReasonKey?, Verdict.Phase?)
  /// An allowed request that can have been blocked, by what was not recorded.
  case mayBreak(ReasonKey?, Verdict.Phase?)
  /// An allowed request that stays so.
  case staysAllowed
  /// A verdict that was open, and would be decided or not: `true` for allowed, `false` for blocked.
  case undetermined(becomes: Bool?)

  init(_ before: Verdict, _ after: Outlook, isTouched: Bool) {
    guard isTouched else {
      self = .untouched
      return
    }
    switch (before.decision, after.decision) {
    case (.blocked, .allowed): self = .passes
    case (.blocked, .blocked):
      let isSame = before.reason == after.reason && before.phase == after.phase
      self = isSame ? .failsAlike : .failsNext(after.reason, after.phase)
    case (.blocked, .undetermined):
      if after.needsNoCredentials {
        self = .passesWithoutCredentials
      } else {
        self = after.reason == nil && after.basis == .notKnown ? .passesSoFar : .open
      }
    case (.allowed, .allowed): self = .staysAllowed
    case (.allowed, .blocked): self = .breaks(after.reason, after.phase)
    case (.allowed, .undetermined): self = .mayBreak(after.reason, after.phase)
    case (.undetermined, .undetermined): self = .undetermined(becomes: nil)
    case (.undetermined, let decision): self = .undetermined(becomes: decision == .allowed)
    }
  }
}
