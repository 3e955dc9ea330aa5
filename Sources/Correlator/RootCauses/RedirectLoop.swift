import Evidence
import Fetch
import Words

extension RootCause {
  static let redirectLoop = RootCause(
    key: "redirect-loop",
    title: "The redirects never end",
    meaning: """
      The request was redirected more than twenty times, mostly in a circle between two addresses: http and https behind \
      a proxy that ends TLS, or a login page that needs a login.
      """,
    signature: { context in
      guard context.gotNoAnswer else { return nil }
      if let facts = context.failure(naming: ["too_many_redirects", "redirect_loop", "too many redirects"]) {
        return facts
      }
      // The evidence says so already.
      if context.isOneTooMany { return [] }
      // Firefox marks nothing: a redirect that could be followed, and was not, was one too many.
      guard context.failureText == nil, context.phase == .redirect, let target = context.redirectTarget,
        context.reason == .didNotSucceed, target.isHTTP, !target.hasCredentials, !target.hasBadPort
      else { return nil }
      return [context.fact(.location)].compactMap { $0 }
    },
    fix: { context in
      """
      End the circle of redirects at \(context.fix.targetName): check how it tells https behind its proxy \
      (X-Forwarded-Proto) and that its login page needs no login.
      """
    })
}
