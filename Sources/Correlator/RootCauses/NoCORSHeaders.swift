import Evidence
import Fetch
import Words

extension RootCause {
  static let noCORSHeaders = RootCause(
    key: "no-cors-headers",
    title: "Nothing here adds CORS headers",
    meaning: """
      The answer is a good one and has no CORS header at all: this server, route or host was never set up to be called \
      by pages of other origins, or the handler that answers OPTIONS knows nothing of CORS.
      """,
    mending: .missingAllowOrigin,
    signature: { context in
      guard context.lacksAllowOrigin, let status = context.status, (200...299).contains(status),
        let answer = context.deciding?.response, told.allSatisfy(answer.covers),
        !context.endpointHasAllowOriginElsewhere,
        !answer.list.fields.contains(where: { $0.name.asciiLowercased().hasPrefix("access-control-") })
      else { return nil }
      return context.statusFact + [Fact("access-control-*", "(none)", from: context.side)]
    })

  /// What has to be known to be absent: a sanitised export tells of these as well, and so does a log that was made to.
  private static let told: [KnownField] = [
    .accessControlAllowOrigin, .accessControlAllowCredentials, .accessControlAllowMethods, .accessControlAllowHeaders,
  ]
}
