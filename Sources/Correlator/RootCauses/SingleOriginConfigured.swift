import Evidence

extension RootCause {
  static let singleOriginConfigured = RootCause(
    key: "single-origin-configured",
    title: "The server always allows the same, other origin",
    meaning: """
      The answer names a well-formed origin, but another site's: the server has one origin fixed in its configuration \
      (production's, a colleague's, the first of a list) and sends it whoever asks.
      """,
    signature: { context in
      guard context.originSlip == .otherOrigin, let value = context.fix.allowOrigin else { return nil }
      return [Fact("access-control-allow-origin", value, from: context.side)]
    },
    fix: { context in
      guard !context.fix.isOpaqueOrigin else { return nil }
      return
        "\(context.fix.onServer), put \(context.fix.originName) on the list of allowed origins and send "
        + "the one that asked (with Vary: Origin) instead of always \(FixContext.quoted(context.fix.allowOrigin))."
    })
}
