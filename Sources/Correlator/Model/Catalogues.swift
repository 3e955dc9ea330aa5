extension Reason {
  /// All fifteen, in the order of `ReasonKey`.
  package static let all: [Reason] = [
    corsDisabled, corsDidNotSucceed, corsOriginHeaderNotAdded, corsExternalRedirectNotAllowed, corsRequestNotHttp,
    corsMissingAllowOrigin, corsAllowOriginNotMatchingOrigin, corsNotSupportingCredentials, corsMethodNotFound,
    corsMissingAllowCredentials, corsPreflightDidNotSucceed, corsInvalidAllowMethod, corsInvalidAllowHeader,
    corsMissingAllowHeaderFromPreflight, corsMultipleAllowOriginNotAllowed,
  ]

  private static let byKey: [ReasonKey: Reason] = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })

  package static func of(_ key: ReasonKey) -> Reason? { byKey[key] }
}

extension RootCause {
  /// In the order in which they are tried: the first whose signature fits is the cause.
  package static let all: [RootCause] = refusedElsewhere + noAnswer + redirects + errors + headers

  /// Not CORS at all, though a script cannot tell.
  private static let refusedElsewhere: [RootCause] = [
    aborted, blockedByClient, blockedByCSP, localNetworkAccess, opaqueResponseBlocking, crossOriginResourcePolicy,
    serviceWorkerAnswer, mixedContent,
  ]

  private static let noAnswer: [RootCause] = [
    unsafePort, certificateTrouble, dnsTrouble, invalidHTTPAnswer, streamedBody, tlsOnPlainPort, redirectLoop,
    connectionTrouble, redirectTargetUnusable,
  ]

  private static let redirects: [RootCause] = [
    redirectToLogin, preflightRedirectLogin, preflightRedirectScheme, preflightRedirectSlash, preflightRedirectOther,
  ]

  /// A misspelt name comes first: its answer is an error, or not, for another reason.
  private static let errors: [RootCause] = [
    misspeltHeaderName, payloadTooLarge, rateLimited, gatewayGenerated, upstreamTimeout, preflightAuthGate,
    preflightUnrouted, preflightServerError, errorResponseWithoutCORS,
  ]

  private static let headers: [RootCause] = [
    duplicateWriter, nullOrigin, credentialsWithWildcard, cacheWithoutVary, originMisspelt, allowsOtherOrigin,
    originNotAllowListed, allowCredentialsMisspelt, allowListMalformed, allowListLacksHeader, allowListLacksMethod,
    noCORSHeaders,
  ]

  package static func of(_ key: String) -> RootCause? { all.first { $0.key == key } }
}
