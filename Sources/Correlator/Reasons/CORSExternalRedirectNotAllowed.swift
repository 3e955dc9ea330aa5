import Words

extension Reason {
  static let corsExternalRedirectNotAllowed = Reason(
    key: .externalRedirectNotAllowed,
    title: "The preflight was answered by a redirect",
    meaning: """
      Before the real request the browser asks for leave with OPTIONS, and that question has to be answered where it was \
      asked. Here it got a redirect, wherever to, which no browser follows for a preflight; the real request was never \
      sent. MDN's page speaks of any redirect to another origin; Firefox's code raises this only for the preflight's, \
      and for one within the same origin as well. The request itself may be redirected.
      """,
    clause: "Fetch, CORS-preflight fetch, step 7: the status has to be an ok status, 200 to 299",
    evidence: """
      HAR: an OPTIONS with Access-Control-Request-Method answered 301, 302, 303, 307 or 308 with Location (Chromium marks \
      it net::ERR_INVALID_REDIRECT), and a request behind it that was never sent. Firefox gives this reason only where \
      the redirect carries the right CORS headers, and CORSMissingAllowOrigin where it has none. Log: OPTIONS with 3xx, \
      and no request after it.
      """,
    remedy: """
      Call the final address from the page: the right scheme, host and trailing slash. On the server, answer OPTIONS \
      before anything that redirects to https, to the canonical path or to a login page.
      """,
    chromiumErrors: [.preflightDisallowedRedirect],
    firefoxMessage: "CORS request external redirect not allowed",
    webkitMessage: "Preflight response is not successful. Status code: 3xx",
    configurations: Configuration.preflightFirst,
    fix: { context in
      let status: Message = context.status.map { " (\($0))" } ?? ""
      let name = context.methodName
      guard let location = context.locationAddress else {
        return
          "On \(context.place), answer the preflight of \(name) with 204 and the CORS headers instead of a redirect\(status)."
      }
      return """
        Call \(FixContext.quoted(location)) directly, or on \(context.place) answer the preflight of \
        \(name) with 204 and the CORS headers instead of a redirect\(status).
        """
    })
}
