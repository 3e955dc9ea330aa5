import Words

extension Reason {
  static let corsMissingAllowHeaderFromPreflight = Reason(
    key: .missingAllowHeaderFromPreflight,
    title: "The preflight does not allow a request header",
    meaning: """
      The request has a field beyond the few that need no leave (a JSON Content-Type, Authorization, anything X-…), and \
      the preflight's answer does not list it in Access-Control-Allow-Headers, or has no such field. * counts only \
      without credentials; Authorization under * passes in today's engines, but Firefox warns that it will not for long, \
      and the standard wants it by name. The real request was never sent.
      """,
    clause: "Fetch, CORS-preflight fetch, steps 7.6 and 7.7",
    evidence: """
      HAR: an OPTIONS answered 2xx with the right origin, whose Access-Control-Request-Headers has a name that \
      Access-Control-Allow-Headers lacks. Log with CORS fields: the same two columns. Plain log: OPTIONS 2xx that \
      nothing follows, which other reasons explain as well.
      """,
    remedy: """
      List every field that your pages send in Access-Control-Allow-Headers, content-type for JSON and authorization by \
      name, or stop sending what is not needed.
      """,
    chromiumErrors: [.headerDisallowedByPreflightResponse],
    firefoxMessage:
      "header ‘NAME’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response",
    webkitMessage: "Request header field NAME is not allowed by Access-Control-Allow-Headers.",
    configurations: Configuration.allowing,
    fix: { context in
      let names = context.missingHeaders.isEmpty ? context.requestedHeaders : context.missingHeaders
      let wanted: Message = names.isEmpty ? "the names in Access-Control-Request-Headers" : FixContext.list(names)
      let now: Message = context.allowHeaders.map { "which now holds \(FixContext.quoted($0))" } ?? "which is absent"
      let star: Message =
        context.credentials == true && context.allowHeaders == "*" ? "; with credentials * is no wildcard" : ""
      return """
        On \(context.place), add \(wanted) to Access-Control-Allow-Headers of the answer to the preflight of \
        \(context.methodName), \(now)\(star).
        """
    })
}
