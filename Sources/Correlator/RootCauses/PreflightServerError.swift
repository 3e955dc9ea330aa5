import Evidence
import Words

extension RootCause {
  static let preflightServerError = RootCause(
    key: "preflight-server-error",
    title: "OPTIONS makes the server fail",
    meaning: """
      The preflight was answered with an error status, mostly because a handler written for other methods ran on it and \
      failed. The request itself was never sent.
      """,
    mending: .preflightDidNotSucceed,
    signature: { context in
      guard context.isRefusedPreflight, let status = context.status, (400...599).contains(status) else { return nil }
      return context.statusFact
    },
    fix: { context in
      guard let status = context.status else { return nil }
      return """
        On \(context.fix.place), answer OPTIONS with 204, \(context.fix.allowOriginLine) and the allowed methods and \
        headers before the handlers that now end in \(status).
        """
    })
}
