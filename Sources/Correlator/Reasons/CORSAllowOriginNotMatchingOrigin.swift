import Words

extension Reason {
  static let corsAllowOriginNotMatchingOrigin = Reason(
    key: .allowOriginNotMatchingOrigin,
    title: "The answer allows another origin",
    meaning: """
      Access-Control-Allow-Origin is there, but its value is not, byte for byte, the origin that asked. One trailing \
      slash, another port, http for https, a capital letter, a pattern or a list is enough: the value is compared, never \
      interpreted. A list in one line ends here in Firefox, not under Multiple, as MDN's page says too.
      """,
    clause: "Fetch, CORS check, step 4",
    evidence: """
      HAR: one Access-Control-Allow-Origin whose value differs from the Origin of the request. Log with CORS fields: the \
      two columns differ. A value that is right for another page points at a cache that does not heed Vary: Origin.
      """,
    remedy: """
      Compare the request's Origin with a list of allowed ones, and where it is there send back exactly what was \
      received, with Vary: Origin. Origins have a scheme, a host and, only where it is not the default, a port: no \
      slash, no path, no capitals, no patterns. Then purge caches.
      """,
    chromiumErrors: [
      .allowOriginMismatch, .invalidAllowOriginValue, .preflightAllowOriginMismatch, .preflightInvalidAllowOriginValue,
    ],
    firefoxMessage: "CORS header ‘Access-Control-Allow-Origin’ does not match ‘VALUE’",
    webkitMessage: "Origin O is not allowed by Access-Control-Allow-Origin. Status code: N",
    configurations: Configuration.allowing,
    fix: { context in
      if context.isOpaqueOrigin { return context.serveFromRealOrigin }
      return """
        On \(context.place), send \(context.allowOriginLine) (and Vary: Origin) with \(context.answer) instead of \
        \(FixContext.quoted(context.allowOrigin)).
        """
    })
}
