import Evidence
import Fetch
import Words

extension RootCause {
  static let preflightUnrouted = RootCause(
    key: "preflight-unrouted",
    title: "No route answers OPTIONS here",
    meaning: """
      The server does not know OPTIONS at this address (405, 501, or 400 from a handler that did not expect it), or, with \
      404 and 410, perhaps not the address at all, so the preflight failed and the request was never sent.
      """,
    mending: .preflightDidNotSucceed,
    signature: { context in
      guard context.isRefusedPreflight, let status = context.status, [400, 404, 405, 410, 415, 501].contains(status)
      else {
        return nil
      }
      return context.statusFact + [context.fact(.allow)].compactMap { $0 }
    },
    fix: { context in
      guard let status = context.status else { return nil }
      let first: Message = status == 404 || status == 410 ? ", so see first that the address is right" : ""
      return """
        On \(context.fix.place), answer OPTIONS for this path with 204, \(context.fix.allowOriginLine) and the \
        allowed methods and headers (a CORS middleware before the router does); now it gets \(status)\(first).
        """
    })
}
