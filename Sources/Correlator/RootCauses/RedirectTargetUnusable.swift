import Evidence
import Fetch
import Words

extension RootCause {
  static let redirectTargetUnusable = RootCause(
    key: "redirect-target-unusable",
    title: "Redirected to where CORS cannot follow",
    meaning: """
      The request was redirected to an address with a user name or password in it, to a port that browsers refuse, or to \
      one that is not http or https. No cross-origin request may follow there, whatever the headers say.
      """,
    signature: { context in
      guard context.decision != .allowed else { return nil }
      if let facts = context.failure(naming: ["err_unsafe_redirect"]) {
        return facts + [context.fact(.location)].compactMap { $0 }
      }
      guard !context.inPreflight, let target = context.redirectTarget, let why = flaw(of: target),
        context.reason == .didNotSucceed || context.reason == .requestNotHttp
      else { return nil }
      return [Fact("redirect", why, from: "response header")] + [context.fact(.location)].compactMap { $0 }
    },
    fix: { context in
      """
      On \(context.fix.place), redirect to a plain http or https address without user name, or let the page call the \
      final address itself.
      """
    })

  private static func flaw(of target: URLRecord) -> String? {
    if !target.isHTTP { return "its scheme is \(target.scheme)" }
    if target.hasCredentials { return "it holds a user name" }
    return target.hasBadPort ? target.port.map { "its port is \($0), which browsers refuse" } : nil
  }
}
