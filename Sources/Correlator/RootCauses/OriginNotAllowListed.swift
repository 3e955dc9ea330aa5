import Evidence
import Fetch
import Words

extension RootCause {
  static let originNotAllowListed = RootCause(
    key: "origin-not-allow-listed",
    title: "The server knows CORS, but not this origin",
    meaning: """
      The server decides by Origin (it says Vary: Origin, or sends CORS headers on other answers of this endpoint), and \
      left Access-Control-Allow-Origin out here: its list of allowed origins lacks this one, or holds it with a slash, \
      another port or scheme.
      """,
    mending: .allowOriginNotMatchingOrigin,
    signature: { context in
      guard context.lacksAllowOrigin, !context.fix.isOpaqueOrigin, let status = context.status, status < 300 else {
        return nil
      }
      let varies = CommaList(context.answer(.vary) ?? "").containsIgnoringCase("origin")
      guard varies || context.endpointHasAllowOriginElsewhere || context.answer(.accessControlAllowCredentials) != nil
      else {
        return nil
      }
      let sent = [KnownField.vary, .accessControlAllowCredentials].compactMap { context.fact($0) }
      let elsewhere = Fact("access-control-allow-origin", "on other answers of this endpoint", from: "other exchanges")
      return sent + (context.endpointHasAllowOriginElsewhere ? [elsewhere] : [])
    },
    fix: { context in
      """
      On \(context.fix.place), add \(context.fix.originName) to the list of allowed origins, exactly so (scheme, \
      host, port, no slash): \(context.fix.answer) left Access-Control-Allow-Origin out.
      """
    })
}
