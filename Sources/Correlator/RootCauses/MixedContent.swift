import Evidence
import Fetch
import Words

extension RootCause {
  static let mixedContent = RootCause(
    key: "mixed-content",
    title: "A secure page called an insecure address",
    meaning: """
      The page came over https and the address is http, which browsers block before anything is sent (mixed content). \
      Only this machine's own addresses are excepted. CORS headers were never looked at.
      """,
    signature: { context in
      guard context.decision != .allowed else { return nil }
      if let facts = context.failure(naming: ["mixed-content", "mixed content", "mixed_content"]) { return facts }
      if context.leavesTLS {
        return [Fact("scheme", "the page is https, and the redirect leads to http", from: "inference")]
      }
      guard context.status == nil, context.reason == .didNotSucceed || context.reason == nil,
        context.failureText == nil || context.failureText == "net::ERR_FAILED",
        let page = Origin(parsing: context.fix.origin), page.scheme == "https",
        let target = context.request?.target ?? URLRecord(context.fix.url), target.scheme == "http",
        context.request?.delivery != .sent, !target.isPotentiallyTrustworthy
      else { return nil }
      return [Fact("scheme", "the page is https, the address http, and no answer came", from: "inference")]
    },
    fix: { context in
      if context.redirectTarget != nil {
        return """
          On \(context.fix.place), redirect to https, not to http: the page at \(context.fix.originName) is secure, and \
          browsers follow to no insecure address.
          """
      }
      return """
        Call \(context.fix.targetName) over https: the page at \(context.fix.originName) is secure, and browsers block \
        its insecure calls before CORS comes into play.
        """
    })
}

extension CauseContext {
  /// Whether it is a redirect of a secure page's to where nothing is secure, not followed for that alone.
  var leavesTLS: Bool {
    guard phase == .redirect, gotNoAnswer, failureText == nil || failureText == "net::ERR_ABORTED",
      let target = redirectTarget
    else { return false }
    return Origin(parsing: fix.origin)?.scheme == "https" && target.scheme == "http"
      && !target.isPotentiallyTrustworthy
  }
}
