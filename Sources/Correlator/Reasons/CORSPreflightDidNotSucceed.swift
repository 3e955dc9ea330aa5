import Words

extension Reason {
  static let corsPreflightDidNotSucceed = Reason(
    key: .preflightDidNotSucceed,
    title: "The preflight was answered with an error status",
    meaning: """
      The answer to OPTIONS has the right origin, but a status outside 200 to 299, so the browser took it as a no and \
      never sent the request. MDN's page speaks of network failures and repeated preflights; Firefox's code raises this \
      for the status alone, and a preflight that fails on the network is CORSDidNotSucceed. Without the right origin on \
      the answer, Firefox and Chromium give the origin's reason instead, WebKit this one. 200, 204 and every other 2xx \
      are equally good.
      """,
    clause: "Fetch, CORS-preflight fetch, step 7: the status has to be an ok status, 200 to 299",
    evidence: """
      HAR: an OPTIONS with Access-Control-Request-Method, answered 4xx or 5xx with the right Access-Control-Allow-Origin, \
      and a request behind it that was never sent. Log: OPTIONS with such a status, and nothing after it.
      """,
    remedy: """
      Answer OPTIONS with 204 before authentication, routing, rate limits and redirects can answer it: a preflight \
      carries no cookie and no Authorization, and cannot log in.
      """,
    chromiumErrors: [.preflightInvalidStatus],
    firefoxMessage: "CORS preflight response did not succeed",
    webkitMessage: "Preflight response is not successful. Status code: N",
    configurations: Configuration.preflightFirst,
    fix: { context in
      let now: Message = context.status.map { " instead of \($0)" } ?? " or another 2xx status"
      return """
        On \(context.place), answer the preflight (OPTIONS) of \(context.methodName) with 204\(now), before \
        authentication and routing see it.
        """
    })
}
