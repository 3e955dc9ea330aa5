import Words

extension Reason {
  static let corsMissingAllowCredentials = Reason(
    key: .missingAllowCredentials,
    title: "The answer does not allow credentials",
    meaning: """
      The page asked with credentials, and the answer names its origin, but Access-Control-Allow-Credentials is not there \
      or is not exactly true: True, 1 and a doubled true, true all fail. It has to stand on the preflight's answer and on \
      the request's.
      """,
    clause: "Fetch, CORS check, steps 6 to 8",
    evidence: """
      HAR: Access-Control-Allow-Origin equals Origin, Access-Control-Allow-Credentials is missing or another value, and \
      something shows the mode include. Log with CORS fields: the same columns. Plain log: not visible.
      """,
    remedy: """
      Send Access-Control-Allow-Credentials: true, in small letters and once, with the answer to OPTIONS and with every \
      other answer, for listed origins only; or ask without credentials.
      """,
    chromiumErrors: [.invalidAllowCredentials, .preflightInvalidAllowCredentials],
    firefoxMessage: "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’",
    webkitMessage: "Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\".",
    configurations: Configuration.allowing,
    fix: { context in
      let now: Message =
        context.allowCredentials.map { "instead of \(FixContext.quoted($0))" } ?? "which lacks it"
      return """
        On \(context.place), send Access-Control-Allow-Credentials: true with \(context.answer), \(now), or let the \
        page at \(context.originName) ask without credentials.
        """
    })
}
