package import Evidence

/// Each engine's own order of checks, run over every reading that the recorded bytes leave open.
package enum Checks {
  /// The access check on one answer: of a request, of a redirect, or first of a preflight.
  package static func access(_ answer: Answer, include: Bool, by engine: Engine, onPreflight: Bool = false)
    -> OutcomeSet
  {
    var outcomes: OutcomeSet = []
    if !onPreflight, isRefusedUnread(answer, by: engine, &outcomes) { return outcomes }
    let credentials = answer.allowCredentials(by: engine)
    AllowOriginReading(answer, by: engine).forEach { reading in
      credentials.forEach { allowed in
        let outcome = access(reading, credentialsAllowed: allowed, include: include, by: engine)
        if onPreflight, let error = outcome.chromiumError {
          outcomes.insert(.error(error.onPreflight))
        } else {
          outcomes.insert(outcome)
        }
      }
    }
    return outcomes
  }

  /// Whether the network refuses the answer for certain, before CORS gets to see it; that it may do so is added.
  private static func isRefusedUnread(_ answer: Answer, by engine: Engine, _ outcomes: inout OutcomeSet) -> Bool {
    guard engine == .chromium, answer.isMalformedToChromium.contains(.yes) else { return false }
    outcomes.insert(.reason(.didNotSucceed))
    return !answer.isMalformedToChromium.contains(.no)
  }

  private static func access(
    _ reading: AllowOriginReading, credentialsAllowed: Bool, include: Bool, by engine: Engine
  ) -> Outcome {
    switch reading {
    case .match:
      include && !credentialsAllowed ? failure(.missingAllowCredentials, .invalidAllowCredentials, engine) : .pass
    case .wildcard: include ? failure(.notSupportingCredentials, .wildcardOriginNotAllowed, engine) : .pass
    case .absent: failure(.missingAllowOrigin, .missingAllowOriginHeader, engine)
    case .several: failure(.multipleAllowOriginNotAllowed, .multipleAllowOriginValues, engine)
    case .invalid: failure(.allowOriginNotMatchingOrigin, .invalidAllowOriginValue, engine)
    default: failure(.allowOriginNotMatchingOrigin, .allowOriginMismatch, engine)
    }
  }

  /// What an engine looks at in a preflight's answer.
  private enum PreflightCheck {
    case channel, access, redirect, status, methodsParse, namesParse, method, names
  }

  private static func order(of engine: Engine) -> [PreflightCheck] {
    switch engine {
    case .chromium: [.channel, .redirect, .access, .status, .methodsParse, .namesParse, .method, .names]
    case .firefox: [.channel, .access, .redirect, .status, .methodsParse, .method, .namesParse, .names]
    case .webkit: [.status, .access, .methodsParse, .namesParse, .method, .names]
    }
  }

  /// The judging of a preflight's answer.
  package static func preflight(_ answer: Answer, include: Bool, by engine: Engine) -> OutcomeSet {
    var outcomes: OutcomeSet = []
    for check in order(of: engine) {
      // Nothing more to ask once no possibility is left that passes.
      guard passes(check, answer, include: include, by: engine, &outcomes) else { return outcomes }
    }
    outcomes.insert(.pass)
    return outcomes
  }

  /// Runs one check: adds the ways to fail it, and says whether it can be passed.
  private static func passes(
    _ check: PreflightCheck, _ answer: Answer, include: Bool, by engine: Engine, _ outcomes: inout OutcomeSet
  ) -> Bool {
    // With credentials `*` is a name like any other.
    let refusing: ListSet = include ? [.lacking, .wildcard] : .lacking
    func list(_ set: ListSet, fails: ListSet, _ reason: ReasonKey, _ error: ChromiumError) -> Bool {
      if !set.isDisjoint(with: fails) { outcomes.insert(failure(reason, error, engine)) }
      return !set.subtracting(fails).isEmpty
    }
    switch check {
    case .channel:
      guard engine == .firefox else { return !isRefusedUnread(answer, by: engine, &outcomes) }
      let isRedirect = answer.isRedirect(by: engine)
      guard isRedirect.contains(.yes), answer.redirectInFirefox.failsUnread else { return true }
      outcomes.insert(.reason(.didNotSucceed))
      return isRedirect.contains(.no)
    case .access:
      // Back home after a redirect, Firefox sees no other origin, and looks at the rest alone.
      if engine == .firefox, answer.isAtHome { return true }
      let access = access(answer, include: include, by: engine, onPreflight: true)
      outcomes.formUnion(access.failures)
      return access.canPass
    case .redirect:
      let isRedirect = answer.isRedirect(by: engine)
      guard isRedirect.contains(.yes) else { return true }
      let leadsNowhere = engine == .firefox && answer.redirectInFirefox.leadsNowhere
      outcomes.insert(
        leadsNowhere
          ? .reason(.didNotSucceed) : failure(.externalRedirectNotAllowed, .preflightDisallowedRedirect, engine))
      return isRedirect.contains(.no)
    case .status:
      guard answer.isSuccess.contains(.no) else { return true }
      outcomes.insert(failure(.preflightDidNotSucceed, .preflightInvalidStatus, engine))
      return answer.isSuccess.contains(.yes)
    case .methodsParse:
      return list(
        answer.allowMethods, fails: .malformed, .invalidAllowMethod, .invalidAllowMethodsPreflightResponse)
    case .namesParse:
      return list(
        answer.allowHeaders, fails: .malformed, .invalidAllowHeader, .invalidAllowHeadersPreflightResponse)
    case .method:
      return list(
        answer.allowMethods.subtracting(.malformed), fails: refusing, .methodNotFound,
        .methodDisallowedByPreflightResponse)
    case .names:
      return list(
        answer.allowHeaders.subtracting(.malformed), fails: refusing, .missingAllowHeaderFromPreflight,
        .headerDisallowedByPreflightResponse)
    }
  }

  private static func failure(_ reason: ReasonKey, _ error: ChromiumError, _ engine: Engine) -> Outcome {
    engine == .chromium ? .error(error) : .reason(reason)
  }
}
