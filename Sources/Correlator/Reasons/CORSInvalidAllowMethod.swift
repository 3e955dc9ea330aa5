import Words

extension Reason {
  static let corsInvalidAllowMethod = Reason(
    key: .invalidAllowMethod,
    title: "The preflight's list of methods is malformed",
    meaning: """
      Access-Control-Allow-Methods holds something that is no method name: a space within, a semicolon, quotes, a \
      bracket. The whole answer fails then, even where the wanted method is in the list. MDN's page speaks of \
      unrecognised methods; in the engines' code only the spelling counts, and an unknown but well-formed name is fine.
      """,
    clause: "Fetch, CORS-preflight fetch, step 7.3: extracting Access-Control-Allow-Methods fails",
    evidence: """
      HAR: an OPTIONS answered 2xx with the right origin, and Access-Control-Allow-Methods that is no list of tokens \
      separated by commas. Log with CORS fields: that column. Plain log: not visible.
      """,
    remedy: """
      Write the names in capitals, separated by commas and nothing else: GET, PUT, DELETE. Look for values that were \
      joined from a list by a language's own printing, such as ['GET', 'PUT'] or "GET;PUT".
      """,
    chromiumErrors: [.invalidAllowMethodsPreflightResponse],
    firefoxMessage: "invalid token ‘TOKEN’ in CORS header ‘Access-Control-Allow-Methods’",
    webkitMessage: "Header Access-Control-Allow-Methods has an invalid value: VALUE",
    configurations: Configuration.allowing,
    fix: { context in
      let name = CORSPolicy.isPlainToken(context.method) ? context.method : "PUT"
      let example = name == "GET" ? "GET, PUT" : "GET, \(name)"
      return """
        On \(context.place), send Access-Control-Allow-Methods as method names separated by commas (for example \
        \(example)) with the answer to the preflight instead of \
        \(FixContext.quoted(context.allowMethods)).
        """
    })
}
