/// A request's credentials mode (Fetch, 2.2.5).
package enum CredentialsMode: String, CaseIterable, Sendable {
  case omit
  case sameOrigin = "same-origin"
  case include
}

/// The step at which the standard's CORS check or preflight check returns failure.
package enum CORSFailure: String, Equatable, Sendable {
  case allowOriginMissing, allowOriginMismatch, allowCredentials
  case preflightStatus, malformedList, methodNotAllowed, authorizationNotListed, headerNotAllowed
}

/// The standard's own decision, without any engine's deviations: the yardstick that the engines are tested against.
package enum CORSCheck {
  /// The CORS check (Fetch, 4.10); `nil` is success.
  package static func corsCheck(
    origin: String, credentials: CredentialsMode, response: HeaderList
  ) -> CORSFailure? {
    guard let allowed = response.get(.accessControlAllowOrigin) else { return .allowOriginMissing }
    if credentials != .include, allowed == "*" { return nil }
    if allowed != origin { return .allowOriginMismatch }
    if credentials != .include { return nil }
    return response.get(.accessControlAllowCredentials) == "true" ? nil : .allowCredentials
  }

  /// The judging of a preflight's response (Fetch, 4.8 *CORS-preflight fetch*, step 7); `nil` is success.
  package static func preflightCheck(
    origin: String, credentials: CredentialsMode, method: String, unsafeNames: [String], status: Int,
    response: HeaderList
  ) -> CORSFailure? {
    if let failure = corsCheck(origin: origin, credentials: credentials, response: response) { return failure }
    guard (200...299).contains(status) else { return .preflightStatus }
    let methods = TokenList(response.get(.accessControlAllowMethods))
    let names = TokenList(response.get(.accessControlAllowHeaders))
    if methods.malformed != nil || names.malformed != nil { return .malformedList }
    let wildcards = credentials != .include
    if !methods.contains(method), !Method.isSafelisted(method), !(wildcards && methods.contains("*")) {
      return .methodNotAllowed
    }
    if unsafeNames.contains("authorization"), !names.containsIgnoringCase("authorization") {
      return .authorizationNotListed
    }
    for name in unsafeNames where !names.containsIgnoringCase(name) && !(wildcards && names.contains("*")) {
      return .headerNotAllowed
    }
    return nil
  }
}
