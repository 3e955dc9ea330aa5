import Evidence
import Fetch
import Words

extension RootCause {
  static let duplicateWriter = RootCause(
    key: "duplicate-writer",
    title: "Two layers both write the CORS headers",
    meaning: """
      The application adds Access-Control-Allow-Origin, and the proxy, gateway or a second middleware adds it again. Each \
      alone would be right; together they match no origin.
      """,
    mending: .multipleAllowOriginNotAllowed,
    signature: { context in
      guard context.decision != .allowed else { return nil }
      switch context.reason {
      case nil, .multipleAllowOriginNotAllowed, .allowOriginNotMatchingOrigin, .missingAllowCredentials: break
      default: return nil
      }
      if context.reason == .missingAllowCredentials {
        guard let value = context.answer(.accessControlAllowCredentials),
          CommaList(value).items.count > 1, CommaList(value).items.allSatisfy({ $0 == "true" })
        else { return nil }
        return [Fact("access-control-allow-credentials", value, from: context.side)]
      }
      let lines = context.deciding?.response.list.values(.accessControlAllowOrigin) ?? []
      if lines.count > 1 {
        return lines.map { Fact("access-control-allow-origin", String($0), from: context.side) }
      }
      // Joined on the way to the recorder: each part could stand alone.
      let parts = CommaList(context.fix.allowOrigin ?? "").items
      guard parts.count > 1, parts.allSatisfy({ $0 == "*" || $0 == context.fix.origin }) else { return nil }
      return [Fact("access-control-allow-origin", context.fix.allowOrigin ?? "", from: context.side)]
    },
    fix: { context in
      guard context.reason != .missingAllowCredentials else {
        return """
          On \(context.fix.place), let one layer alone write the CORS headers: Access-Control-Allow-Credentials: \
          true stands more than once on \(context.fix.answer).
          """
      }
      let value: Message = context.fix.isOpaqueOrigin ? "one value" : "\(FixContext.clipped(context.fix.origin))"
      return """
        On \(context.fix.place), let either the application or the proxy write Access-Control-Allow-Origin, once and \
        as \(value) (nginx: \
        proxy_hide_header Access-Control-Allow-Origin drops the application's); \(context.fix.answer) has \
        \(FixContext.quoted(context.fix.allowOrigin)).
        """
    })
}
