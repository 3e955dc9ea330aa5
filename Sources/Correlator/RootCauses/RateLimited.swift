import Evidence
import Words

extension RootCause {
  static let rateLimited = RootCause(
    key: "rate-limited",
    title: "A rate limit answered instead of the application",
    meaning: """
      Too many requests: a limiter in front of the application said 429 without CORS headers, so the page cannot see that \
      it should slow down, nor read Retry-After. Preflights count against many limiters as well.
      """,
    mending: .missingAllowOrigin,
    signature: { context in
      guard context.isBareAnswer || context.isRefusedPreflight, context.status == 429 else { return nil }
      return context.statusFact + context.recordedField("retry-after")
    },
    fix: { context in
      """
      On \(context.fix.place), send \(context.fix.allowOriginLine) and Access-Control-Expose-Headers: Retry-After \
      with the limiter's 429 too, do not count preflights, and slow the page down.
      """
    })
}
