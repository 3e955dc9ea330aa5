package import Evidence

/// Each engine's own order of checks, run over every reading that the recorded bytes leave open.
package enum Checks {
  /// The access check on one answer: of a request, of a redirect, or first of a preflight.
  package static func access(_ answer: Answer, include: Bool, by engine: Engine, onPreflight: Bool = false)
    -> OutcomeSet
  {
    var outcomes: OutcomeSet = []
    let credentials = answer.allowCredentials
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

  /// The judging of a preflight's answer.
  package static func preflight(_ answer: Answer, include: Bool, by engine: Engine) -> OutcomeSet {
    var outcomes: OutcomeSet = []
    // What is left of the possibilities after each check; nothing more to ask once none is.
    var open = true
    func run(_ check: (inout OutcomeSet) -> Bool) { if open { open = check(&outcomes) } }

    func accessCheck(_ outcomes: inout OutcomeSet) -> Bool {
      let access = access(answer, include: include, by: engine, onPreflight: true)
      outcomes.formUnion(access.failures)
      return access.canPass
    }
    func redirectCheck(_ outcomes: inout OutcomeSet) -> Bool {
      guard answer.isRedirect.contains(.yes) else { return true }
      outcomes.insert(failure(.externalRedirectNotAllowed, .preflightDisallowedRedirect, engine))
      return answer.isRedirect.contains(.no)
    }
    func statusCheck(_ outcomes: inout OutcomeSet) -> Bool {
      if answer.isSuccess.contains(.no) {
        outcomes.insert(failure(.preflightDidNotSucceed, .preflightInvalidStatus, engine))
      }
      return answer.isSuccess.contains(.yes)
    }
    func list(_ set: ListSet, fails: ListSet, with outcome: Outcome, _ outcomes: inout OutcomeSet) -> Bool {
      if !set.isDisjoint(with: fails) { outcomes.insert(outcome) }
      return !set.subtracting(fails).isEmpty
    }
    let methods = answer.allowMethods
    let names = answer.allowHeaders
    // With credentials `*` is a name like any other.
    let refusing: ListSet = include ? [.lacking, .wildcard] : [.lacking]
    func methodsParse(_ outcomes: inout OutcomeSet) -> Bool {
      list(
        methods, fails: .malformed, with: failure(.invalidAllowMethod, .invalidAllowMethodsPreflightResponse, engine),
        &outcomes)
    }
    func namesParse(_ outcomes: inout OutcomeSet) -> Bool {
      list(
        names, fails: .malformed, with: failure(.invalidAllowHeader, .invalidAllowHeadersPreflightResponse, engine),
        &outcomes)
    }
    func methodCheck(_ outcomes: inout OutcomeSet) -> Bool {
      list(
        methods.subtracting(.malformed), fails: refusing,
        with: failure(.methodNotFound, .methodDisallowedByPreflightResponse, engine), &outcomes)
    }
    func namesCheck(_ outcomes: inout OutcomeSet) -> Bool {
      list(
        names.subtracting(.malformed), fails: refusing,
        with: failure(.missingAllowHeaderFromPreflight, .headerDisallowedByPreflightResponse, engine), &outcomes)
    }

    switch engine {
    case .chromium:
      for check in [redirectCheck, accessCheck, statusCheck, methodsParse, namesParse, methodCheck, namesCheck] {
        run(check)
      }
    case .firefox:
      for check in [accessCheck, redirectCheck, statusCheck, methodsParse, methodCheck, namesParse, namesCheck] {
        run(check)
      }
    case .webkit:
      for check in [statusCheck, accessCheck, methodsParse, namesParse, methodCheck, namesCheck] { run(check) }
    }
    if open { outcomes.insert(.pass) }
    return outcomes
  }

  private static func failure(_ reason: ReasonKey, _ error: ChromiumError, _ engine: Engine) -> Outcome {
    engine == .chromium ? .error(error) : .reason(reason)
  }
}
