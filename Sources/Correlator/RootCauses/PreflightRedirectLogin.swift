import Evidence
import Fetch
import Words

extension RootCause {
  static let preflightRedirectLogin = RootCause(
    key: "preflight-redirect-login",
    title: "OPTIONS is redirected to a login page",
    meaning: """
      Authentication answers whoever has no session with a redirect to its login page, and a preflight never has a \
      session. It may not follow either.
      """,
    mending: .externalRedirectNotAllowed,
    signature: { context in
      guard context.isRefusedPreflight, context.redirectShape == .login else { return nil }
      return context.statusFact + [context.fact(.location)].compactMap { $0 }
    },
    fix: { context in
      """
      On \(context.fix.place), let OPTIONS pass before the login redirect and answer it with 204, \
      \(context.fix.allowOriginLine) and the allowed methods and headers.
      """
    })
}
