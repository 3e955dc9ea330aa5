import Evidence
import Fetch
import Words

extension RootCause {
  static let gatewayGenerated = RootCause(
    key: "gateway-generated",
    title: "A gateway or firewall answered by itself",
    meaning: """
      An API gateway, CDN or web application firewall made up the answer (a missing key, a refused token, a blocked \
      request, its own error page), and the application with its CORS headers never saw the request: its log has no line \
      of it.
      """,
    mending: .missingAllowOrigin,
    signature: { context in
      guard context.isBareAnswer || context.isRefusedPreflight, let status = context.status, status >= 400 else {
        return nil
      }
      let own = telltales.flatMap { context.recordedField($0) }
      if !own.isEmpty { return context.statusFact + own }
      let server = context.answer(.server)?.asciiLowercased() ?? ""
      // Cloudflare names itself on every answer, but gives no cache status to those that it made up.
      let isEdge =
        edges.contains { server.holds($0) }
        || server == "cloudflare" && context.answer(.cfRay) != nil && context.answer(.cfCacheStatus) == nil
          && status < 500
      return isEdge ? context.statusFact + [context.fact(.server)].compactMap { $0 } : nil
    },
    fix: { context in
      guard let status = context.status else { return nil }
      return """
        In the gateway in front of \(context.fix.targetName), add \(context.fix.allowOriginLine) to its own error \
        answers (API Gateway: DEFAULT_4XX and DEFAULT_5XX responses), and see why it answered \(status).
        """
    })

  /// Fields that only an answer made by the gateway itself carries.
  private static let telltales = ["x-amzn-errortype", "x-amzn-waf-action", "cf-mitigated"]

  /// `Server` values of edges that leave the application's own in place where they pass its answer on.
  private static let edges = ["awselb", "akamaighost", "google frontend"]
}
