import Words

extension Reason {
  static let corsNotSupportingCredentials = Reason(
    key: .notSupportingCredentials,
    title: "* does not allow requests with credentials",
    meaning: """
      The page asked with credentials (cookies, HTTP authentication), and the server answered \
      Access-Control-Allow-Origin: *, which allows everybody, but nobody with credentials. What counts is the mode that \
      the script chose, whether or not a cookie was there to be sent.
      """,
    clause: "Fetch, CORS check, steps 3 and 4",
    evidence: """
      HAR: Access-Control-Allow-Origin is exactly *, and something shows the mode include: a Cookie or \
      Sec-Fetch-Storage-Access on a cross-site request, or a failure that only credentials explain. Log with CORS \
      fields: * together with a logged Cookie. Plain log: not visible.
      """,
    remedy: """
      Either ask without credentials (credentials: "omit", withCredentials = false), or answer with the asking origin \
      where it is on your list, with Access-Control-Allow-Credentials: true and Vary: Origin. Never send back every \
      origin with credentials: that lets any site read what your users see.
      """,
    chromiumErrors: [.wildcardOriginNotAllowed, .preflightWildcardOriginNotAllowed],
    firefoxMessage: "Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’",
    webkitMessage: "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.",
    configurations: Configuration.allowing,
    fix: { context in
      if context.isOpaqueOrigin { return context.serveFromRealOrigin }
      return """
        On \(context.place), send Access-Control-Allow-Origin: \(context.originName), \
        Access-Control-Allow-Credentials: true and Vary: Origin with \(context.answer) instead of *, or let the page \
        ask without credentials.
        """
    })
}
