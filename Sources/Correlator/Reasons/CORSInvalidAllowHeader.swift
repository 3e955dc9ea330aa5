import Words

extension Reason {
  static let corsInvalidAllowHeader = Reason(
    key: .invalidAllowHeader,
    title: "The preflight's list of header names is malformed",
    meaning: """
      Access-Control-Allow-Headers holds something that is no field name: a space within, a colon, quotes, a semicolon. \
      The whole answer fails then, even where every wanted name is in the list. MDN's page speaks of unrecognised names; \
      in the engines' code only the spelling counts. Firefox looks at this after the method, Chromium and WebKit before.
      """,
    clause: "Fetch, CORS-preflight fetch, step 7.3: extracting Access-Control-Allow-Headers fails",
    evidence: """
      HAR: an OPTIONS answered 2xx with the right origin, and Access-Control-Allow-Headers that is no list of tokens \
      separated by commas. Log with CORS fields: that column. Plain log: not visible.
      """,
    remedy: """
      Write the names separated by commas and nothing else: authorization, content-type. No colons, no quotes, no \
      values, no spaces in a name.
      """,
    chromiumErrors: [.invalidAllowHeadersPreflightResponse],
    firefoxMessage: "invalid token ‘TOKEN’ in CORS header ‘Access-Control-Allow-Headers’",
    webkitMessage: "Header Access-Control-Allow-Headers has an invalid value: VALUE",
    configurations: Configuration.allowing,
    fix: { context in
      let names = context.requestedHeaders.isEmpty ? ["authorization", "content-type"] : context.requestedHeaders
      let list = names.prefix(8).map { FixContext.clipped($0, to: 60) }.joined(separator: ", ")
      return """
        On \(context.place), send Access-Control-Allow-Headers: \(list) with the answer to the preflight of \
        \(context.methodName), names and commas only, instead of \(FixContext.quoted(context.allowHeaders)).
        """
    })
}
