import Evidence
import Words

extension RootCause {
  static let errorResponseWithoutCORS = RootCause(
    key: "error-response-without-cors",
    title: "An error answer lost its CORS headers",
    meaning: """
      The server failed (4xx or 5xx), and its error page does not pass through the code that adds the CORS headers: nginx \
      add_header without always, a crash outside the framework's CORS middleware, a proxy's own page. The CORS message is \
      a symptom; the status is the fault, and the script cannot even read it.
      """,
    mending: .missingAllowOrigin,
    signature: { context in
      guard !context.inPreflight, context.isBareAnswer, let status = context.status, (400...599).contains(status) else {
        return nil
      }
      let elsewhere = Fact(
        "access-control-allow-origin", "on other answers of this endpoint, not on this error", from: "other exchanges")
      return context.statusFact + (context.endpointHasAllowOriginElsewhere ? [elsewhere] : [])
    },
    fix: { context in
      guard let status = context.status, !context.fix.isOpaqueOrigin else { return nil }
      return """
        On \(context.fix.place), find out why \(context.fix.methodName) ends in \(status), and send \
        \(context.fix.allowOriginLine) (and Vary: Origin) with error answers too (nginx: add_header … always; \
        frameworks: CORS outermost).
        """
    })
}
