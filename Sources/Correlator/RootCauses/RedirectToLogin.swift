import Evidence
import Fetch
import Words

extension RootCause {
  static let redirectToLogin = RootCause(
    key: "redirect-to-login",
    title: "The session ended: redirected to a login page",
    meaning: """
      The request was redirected to a login page or identity provider, which is not made to be read by scripts of other \
      origins. What looks like a CORS error is an expired session; after the redirect the browser even sends Origin: null.
      """,
    signature: { context in
      guard !context.inPreflight, context.decision != .allowed else { return nil }
      switch context.reason {
      case nil, .missingAllowOrigin, .allowOriginNotMatchingOrigin, .notSupportingCredentials: break
      default: return nil
      }
      if context.redirectShape == .login {
        return context.statusFact + [context.fact(.location)].compactMap { $0 }
      }
      // The hop behind the redirect: the login page itself, asked with `null`.
      guard context.fix.isOpaqueOrigin, context.phase == .redirect || context.request?.pageOrigin != "null",
        let url = context.deciding?.target,
        let start = URLRecord("https://start.invalid/"), RedirectShape(from: start, to: url) == .login
      else { return nil }
      return [
        Fact("origin", "null", from: "request header"),
        Fact("redirect", "the address asked for looks like a login page", from: "inference"),
      ]
    },
    fix: { context in
      """
      Answer requests of scripts (Sec-Fetch-Mode: cors) at \(context.fix.targetName) with 401 and the CORS headers \
      instead of a redirect to the login page, and let the page log in again.
      """
    })
}
