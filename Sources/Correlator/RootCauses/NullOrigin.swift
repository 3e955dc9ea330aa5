import Evidence
import Fetch
import Words

extension RootCause {
  static let nullOrigin = RootCause(
    key: "null-origin",
    title: "The asking page has no origin of its own",
    meaning: """
      The browser sent Origin: null: the page is a local file, a sandboxed frame or a data: address, or the request came \
      through a redirect to a third origin, after which the browser hides who asked. No list of allowed origins holds \
      null, nor should it.
      """,
    signature: { context in
      guard context.decision != .allowed, context.fix.isOpaqueOrigin else { return nil }
      switch context.reason {
      case .allowOriginNotMatchingOrigin, .missingAllowOrigin, .multipleAllowOriginNotAllowed,
        .notSupportingCredentials:
        break
      default: return nil
      }
      let sent = Fact("origin", "null", from: "request header")
      return [sent, Fact("cause of null", source(of: context), from: "inference")]
    },
    fix: { context in
      isAfterRedirect(context)
        ? """
        Let the page call \(FixContext.quoted(FixContext.address(context.fix.url))) directly: after a redirect from \
        one other origin to a third the browser sends Origin: null, which no server should allow.
        """
        : context.fix.serveFromRealOrigin
    })

  private static func isAfterRedirect(_ context: CauseContext) -> Bool {
    guard let page = context.request?.pageOrigin else { return false }
    return Origin(parsing: page)?.host != nil && context.request?.request.value(.referer) != nil
  }

  private static func source(of context: CauseContext) -> String {
    let page = context.request?.pageOrigin
    if let page, page.hasPrefix("file:") { return "the page is a local file" }
    if let page, page.hasPrefix("data:") || page.hasPrefix("blob:") {
      return "the page has a \(page.prefix(5)) address"
    }
    if isAfterRedirect(context) { return "a redirect from one other origin to a third, or a sandboxed frame" }
    if page == "null" { return "a local file, a sandboxed frame or a data: address" }
    return "a local file, a sandboxed frame, a data: address or a redirect to a third origin"
  }
}
