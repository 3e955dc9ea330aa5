import Words

extension Reason {
  static let corsMissingAllowOrigin = Reason(
    key: .missingAllowOrigin,
    title: "The answer does not allow any origin",
    meaning: """
      The server answered, but without Access-Control-Allow-Origin, the field by which it lets pages of other origins \
      read the answer. Often the header is there on good answers and lost on errors, redirects or preflights: then the \
      status is the real fault, and CORS only hides it from the page.
      """,
    clause: "Fetch, CORS check, step 2",
    evidence: """
      HAR: the deciding answer (preflight, redirect or final) has no Access-Control-Allow-Origin line. Log with CORS \
      fields: the column is empty though Origin names another origin. Plain log: only a suspicion, a strong one where \
      OPTIONS is answered 4xx or 5xx and nothing follows.
      """,
    remedy: """
      Send Access-Control-Allow-Origin with every answer of the resource, with errors, redirects and the answer to \
      OPTIONS too: the asking origin where it is on your list, together with Vary: Origin, or * where everybody may read \
      and no credentials travel. Then look at the status that it hid.
      """,
    chromiumErrors: [.missingAllowOriginHeader, .preflightMissingAllowOriginHeader],
    firefoxMessage: "CORS header ‘Access-Control-Allow-Origin’ missing",
    webkitMessage: "Origin O is not allowed by Access-Control-Allow-Origin. Status code: N",
    configurations: Configuration.allowing,
    fix: { context in
      if context.isOpaqueOrigin { return context.serveFromRealOrigin }
      guard context.recordsAllowOrigin else {
        return """
          On \(context.place), see whether \(context.answer) has \(context.allowOriginLine) (and Vary: Origin), and add it \
          if not: it is not recorded.
          """
      }
      return """
        On \(context.place), add \(context.allowOriginLine) (and Vary: Origin) to \(context.answer), which has no \
        Access-Control-Allow-Origin.
        """
    })
}
