import Words

extension Reason {
  static let corsMethodNotFound = Reason(
    key: .methodNotFound,
    title: "The preflight does not allow the method",
    meaning: """
      The browser asked for leave to use a method other than GET, HEAD or POST, and the answer's \
      Access-Control-Allow-Methods does not list it, or is not there. Methods are compared with their case: patch is not \
      PATCH, and browsers send patch as the script spelled it. * counts only without credentials. The real request was \
      never sent.
      """,
    clause: "Fetch, CORS-preflight fetch, step 7.5",
    evidence: """
      HAR: an OPTIONS answered 2xx with the right origin, whose Access-Control-Request-Method is not in \
      Access-Control-Allow-Methods. Log with CORS fields: the same two columns. Plain log: OPTIONS 2xx that nothing \
      follows, which other reasons explain as well.
      """,
    remedy: """
      List the method in Access-Control-Allow-Methods exactly as the browser sends it, in capitals; let scripts write \
      PATCH in capitals.
      """,
    chromiumErrors: [.methodDisallowedByPreflightResponse],
    firefoxMessage: "Did not find method in CORS header ‘Access-Control-Allow-Methods’",
    webkitMessage: "Method M is not allowed by Access-Control-Allow-Methods.",
    configurations: Configuration.allowing,
    fix: { context in
      let name = context.methodName
      let now: Message = context.allowMethods.map { "which now holds \(FixContext.quoted($0))" } ?? "which is absent"
      let star: Message =
        context.credentials == true && context.allowMethods == "*" ? "; with credentials * is no wildcard" : ""
      return
        "On \(context.place), list \(name) in Access-Control-Allow-Methods of the answer to the preflight, \(now)\(star)."
    })
}
