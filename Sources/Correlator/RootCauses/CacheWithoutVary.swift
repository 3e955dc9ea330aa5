import Evidence
import Fetch
import Words

extension RootCause {
  static let cacheWithoutVary = RootCause(
    key: "cache-without-vary",
    title: "A cache answered with another origin's copy",
    meaning: """
      The answer came from a cache (the browser's or a CDN's) that keeps one copy for all origins, because the server \
      does not say Vary: Origin. The copy was made for another origin, or for a request without Origin, and so it allows \
      the wrong one or none. It comes and goes with the cache.
      """,
    mending: .missingAllowOrigin,
    signature: { context in
      guard context.decision != .allowed, !context.inPreflight, let answer = context.deciding?.response,
        answer.isPresent(.vary) != nil, !variesByOrigin(answer), (context.status ?? 200) < 400
      else { return nil }
      switch context.reason {
      case .missingAllowOrigin: break
      case .allowOriginNotMatchingOrigin:
        guard let value = context.fix.allowOrigin, value != "null", Origin(parsing: value)?.serialized == value else {
          return nil
        }
      default: return nil
      }
      guard let hit = cacheFact(context) else { return nil }
      let vary = answer.value(.vary) ?? "(absent)"
      return [hit, Fact("vary", vary, from: context.side)] + [context.fact(.accessControlAllowOrigin)].compactMap { $0 }
    },
    fix: { context in
      if context.lacksAllowOrigin {
        return """
          On \(context.fix.place), send \(context.fix.allowOriginLine) and Vary: Origin with every answer for this path, \
          to requests without Origin too, let the cache heed it, and purge what is cached now.
          """
      }
      return """
        On \(context.fix.place), send Vary: Origin with every answer for this path (those without CORS headers too), \
        let the cache heed it, and purge what is cached now.
        """
    })

  private static func variesByOrigin(_ answer: HeaderRecord) -> Bool {
    let list = CommaList(answer.value(.vary) ?? "")
    return list.containsIgnoringCase("origin") || list.items.contains("*")
  }

  private static func cacheFact(_ context: CauseContext) -> Fact? {
    if context.deciding?.fromCache == true {
      // No exporter that marks what came out of the cache shows such an answer that was refused.
      let isMarked = context.failureText != "net::ERR_FAILED"
      return Fact("from cache", "the browser's", from: isMarked ? "exporter" : "inference")
    }
    if let age = context.answer(.age), let seconds = Int(age), seconds > 0 { return context.fact(.age) }
    for field in [KnownField.xCache, .cfCacheStatus] {
      if let value = context.answer(field)?.asciiLowercased(), value.contains("hit"), !value.contains("miss") {
        return context.fact(field)
      }
    }
    return nil
  }
}
