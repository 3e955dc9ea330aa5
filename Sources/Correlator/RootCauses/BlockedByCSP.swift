import Evidence
import Fetch
import Words

extension RootCause {
  static let blockedByCSP = RootCause(
    key: "blocked-by-csp",
    title: "The page's Content-Security-Policy forbids it",
    meaning: """
      The page's own policy (connect-src, or default-src) does not list this address. It is the page that has to allow \
      it, not the server that was called; the script sees the same failure as with CORS.
      """,
    signature: { context in
      guard context.decision != .allowed else { return nil }
      if let directive = context.forbiddingDirective {
        return [Fact("content-security-policy", directive, from: "the page's own answer")]
      }
      return context.failure(
        naming: ["err_blocked_by_csp", "content security policy", "content-security-policy"], exactly: ["csp"])
    },
    fix: { context in
      let redirected = context.redirectTarget.map { FixContext.clipped($0.origin.serialized) }
      return """
        Add \(redirected.map { "\($0)" } ?? context.fix.targetName) to connect-src in the Content-Security-Policy of the page at \
        \(context.fix.originName): the page forbids the call itself, CORS does not.
        """
    })
}
