import Evidence
import Fetch
import Words

extension RootCause {
  static let preflightRedirectOther = RootCause(
    key: "preflight-redirect-other",
    title: "OPTIONS is redirected",
    meaning: """
      The preflight got a redirect to another address (another host, a new path, a language). No browser follows one for \
      a preflight.
      """,
    signature: { context in
      guard context.isRefusedPreflight, context.redirectShape == .other else { return nil }
      return context.statusFact + [context.fact(.location)].compactMap { $0 }
    },
    fix: { context in
      """
      Call \(FixContext.quoted(context.fix.locationAddress)) from the page, or answer OPTIONS at the old address \
      with 204 and the CORS headers.
      """
    })
}
