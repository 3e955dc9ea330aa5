import Evidence
import Words

extension RootCause {
  static let upstreamTimeout = RootCause(
    key: "upstream-timeout",
    title: "The proxy could not reach the application",
    meaning: """
      The proxy answered 502, 503 or 504 itself, because the application behind it was down, too slow or sent nonsense. \
      Its error page has no CORS headers, so the page reports a CORS failure where the service is down.
      """,
    mending: .missingAllowOrigin,
    signature: { context in
      guard context.isBareAnswer || context.isRefusedPreflight, let status = context.status,
        [502, 503, 504, 520, 521, 522, 523, 524].contains(status)
      else { return nil }
      let duration = context.deciding?.duration.map { "\($0 / 1000) ms" }
      return context.statusFact + (duration.map { [Fact("duration", $0, from: "timings")] } ?? [])
    },
    fix: { context in
      guard let status = context.status else { return nil }
      guard context.isBareAnswer else {
        return "Mend the service behind \(context.fix.targetName), which its proxy could not reach (\(status))."
      }
      return """
        Mend the service behind \(context.fix.targetName), which its proxy could not reach (\(status)), and let the \
        proxy send \(context.fix.allowOriginLine) with its own error pages too.
        """
    })
}
