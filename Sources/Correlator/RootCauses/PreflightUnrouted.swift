import Evidence
import Fetch
import Words

extension RootCause {
  static let preflightUnrouted = RootCause(
    key: "preflight-unrouted",
    title: "No route answers OPTIONS here",
    meaning: """
      The server knows the address for other methods, but not for OPTIONS (404, 405, 501, or 400 from a handler that did \
      not expect it), so the preflight failed and the request was never sent.
      """,
    signature: { context in
      guard context.isRefusedPreflight, let status = context.status, [400, 404, 405, 410, 415, 501].contains(status)
      else {
        return nil
      }
      return context.statusFact + [context.fact(.allow)].compactMap { $0 }
    },
    fix: { context in
      guard let status = context.status else { return nil }
      return """
        On \(context.fix.place), answer OPTIONS for this path with 204, \(context.fix.allowOriginLine) and the \
        allowed methods and headers (a CORS middleware before the router does); now it gets \(status).
        """
    })
}
