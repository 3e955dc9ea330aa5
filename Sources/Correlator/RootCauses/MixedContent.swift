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
      guard context.status == nil, context.reason == .didNotSucceed || context.reason == nil,
        context.failureText == nil || context.failureText == "net::ERR_FAILED",
        let page = Origin(parsing: context.fix.origin), page.scheme == "https",
        let target = context.request?.target ?? URLRecord(context.fix.url), target.scheme == "http",
        context.request?.delivery != .sent, !target.isPotentiallyTrustworthy
      else { return nil }
      return [Fact("scheme", "the page is https, the address http, and no answer came", from: "inference")]
    },
    fix: { context in
      """
      Call \(context.fix.targetName) over https: the page at \(context.fix.originName) is secure, and browsers block \
      its insecure calls before CORS comes into play.
      """
    })
}
