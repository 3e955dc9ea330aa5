import Evidence
import Fetch
import Words

extension RootCause {
  static let preflightAuthGate = RootCause(
    key: "preflight-auth-gate",
    title: "OPTIONS has to log in, and cannot",
    meaning: """
      Authentication stands before CORS and asks the preflight for a token or cookie. Preflights never carry one, so it \
      refuses each (401, 403 or 407), whoever asks. The request itself, with its token, was never sent.
      """,
    mending: .preflightDidNotSucceed,
    signature: { context in
      guard context.isRefusedPreflight, let status = context.status, [401, 403, 407, 511].contains(status) else {
        return nil
      }
      return context.statusFact + [context.fact(.wwwAuthenticate)].compactMap { $0 }
    },
    fix: { context in
      guard let status = context.status else { return nil }
      return """
        On \(context.fix.place), let OPTIONS pass before authentication and answer it with 204, \
        \(context.fix.allowOriginLine) and the allowed methods and headers; now it gets \(status).
        """
    })
}
