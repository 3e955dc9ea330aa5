import Evidence
import Fetch
import Words

extension RootCause {
  static let preflightRedirectSlash = RootCause(
    key: "preflight-redirect-slash",
    title: "OPTIONS is redirected to the other slash",
    meaning: """
      The address differs from the canonical one by its trailing slash, and the framework redirects to that one, OPTIONS \
      included. A preflight may not be redirected.
      """,
    mending: .externalRedirectNotAllowed,
    signature: { context in
      guard context.isRefusedPreflight, context.redirectShape == .slash else { return nil }
      return context.statusFact + [context.fact(.location)].compactMap { $0 }
    },
    fix: { context in
      """
      Call \(FixContext.quoted(context.fix.locationAddress)) from the page, or switch the redirect for the trailing \
      slash off (FastAPI: redirect_slashes=False; Django: APPEND_SLASH=False).
      """
    })
}
