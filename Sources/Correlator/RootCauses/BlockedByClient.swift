import Words

extension RootCause {
  static let blockedByClient = RootCause(
    key: "blocked-by-client",
    title: "An extension or the browser's protection blocked it",
    meaning: """
      An ad blocker, a privacy extension, tracking protection or an administrator's policy refused the request on the \
      client. It never left, and no header of any server decided it.
      """,
    signature: { context in
      guard context.decision != .allowed else { return nil }
      return context.failure(
        naming: [
          "err_blocked_by_client", "err_blocked_by_administrator", "tracking_uri", "ns_error_tracking",
          "subresource-filter", "content blocker",
        ], exactly: ["inspector"])
    },
    fix: { context in
      """
      Try again without extensions, or allow \(context.fix.targetName) in the blocker: the request was refused on \
      the client, not by CORS.
      """
    })
}
