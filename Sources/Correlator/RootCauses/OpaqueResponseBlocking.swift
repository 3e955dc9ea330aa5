import Words

extension RootCause {
  static let opaqueResponseBlocking = RootCause(
    key: "opaque-response-blocking",
    title: "Opaque response blocking held the answer back",
    meaning: """
      An element without crossorigin asked for an image, script or medium, and the answer looked like data (HTML, JSON, \
      XML). The browser withholds such answers from the page. That is ORB, not CORS: no header was compared.
      """,
    signature: { context in
      guard context.decision != .allowed else { return nil }
      return context.failure(naming: [
        "blocked_by_orb", "opaque response blocking", "opaqueresponseblocking", "blocked_by_corb",
      ])
    },
    fix: { context in
      """
      Let \(context.fix.targetName) answer with the type that the element expects, or find out why it sends an error \
      page instead: ORB withheld the answer, not CORS.
      """
    })
}
