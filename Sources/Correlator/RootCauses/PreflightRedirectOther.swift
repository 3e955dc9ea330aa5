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
    mending: .externalRedirectNotAllowed,
    signature: { context in
      guard context.isRefusedPreflight, let shape = context.redirectShape, shape == .other || shape == .downgrade
      else { return nil }
      return context.statusFact + [context.fact(.location)].compactMap { $0 }
    },
    fix: { context in
      if context.redirectShape == .downgrade {
        return """
          Call the final address over https from the page, or answer OPTIONS at the old one with 204 and the CORS \
          headers; the redirect names \(FixContext.quoted(context.fix.locationAddress)) because the service is not told \
          of the TLS before it (X-Forwarded-Proto).
          """
      }
      return """
        Call \(FixContext.quoted(context.fix.locationAddress)) from the page, or answer OPTIONS at the old address \
        with 204 and the CORS headers.
        """
    })
}
