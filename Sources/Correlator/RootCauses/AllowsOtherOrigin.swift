import Evidence
import Words

extension RootCause {
  static let allowsOtherOrigin = RootCause(
    key: "allows-other-origin",
    title: "The allowed origin is another site's",
    meaning: """
      The answer names a well-formed origin, but another site's. Mostly one origin stands fixed in the server's \
      configuration (production's, a colleague's, the first of a list) and is sent whoever asks.
      """,
    mending: .allowOriginNotMatchingOrigin,
    signature: { context in
      guard context.originSlip == .otherOrigin, let value = context.fix.allowOrigin else { return nil }
      return [Fact("access-control-allow-origin", value, from: context.side)]
    },
    fix: { context in
      guard !context.fix.isOpaqueOrigin else { return nil }
      return """
        On \(context.fix.place), put \(context.fix.originName) on the list of allowed origins and send back the one \
        that asked (with Vary: Origin): \(context.fix.answer) names \(FixContext.quoted(context.fix.allowOrigin)).
        """
    })
}
