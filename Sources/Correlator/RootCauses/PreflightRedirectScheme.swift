import Evidence
import Fetch
import Words

extension RootCause {
  static let preflightRedirectScheme = RootCause(
    key: "preflight-redirect-scheme",
    title: "OPTIONS is redirected from http to https",
    meaning: """
      The page called the http address of a server that sends everybody to https. A request would follow; a preflight may \
      not, so the page never gets there.
      """,
    signature: { context in
      guard context.isRefusedPreflight, context.redirectShape == .scheme else { return nil }
      return context.statusFact + [context.fact(.location)].compactMap { $0 }
    },
    fix: { context in
      """
      Call \(FixContext.quoted(context.fix.locationAddress)) from the page: the redirect from http to https is not \
      followed for a preflight.
      """
    })
}
