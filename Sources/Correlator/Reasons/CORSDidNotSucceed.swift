import Words

extension Reason {
  static let corsDidNotSucceed = Reason(
    key: .didNotSucceed,
    title: "The request got no answer",
    meaning: """
      The connection failed before any answer could be checked: the name was not found, the connection was refused, \
      reset or timed out, the certificate was not trusted, the answer was no valid HTTP, the port is one that browsers \
      refuse, or a redirect led where a cross-origin request cannot follow. The browser reports it to the page like a \
      CORS failure, though no CORS header was ever looked at.
      """,
    clause: "Fetch, HTTP fetch: the response is a network error, before any check",
    evidence: """
      HAR: status 0 and no answer fields; Chromium names a net::ERR_ other than ERR_FAILED, proxies use words of their \
      own, Firefox says nothing. Timings end at DNS, connecting or TLS. Where the preflight failed so, its request has \
      no answer either. Log: no line at all, or one with 499 or 408 where the client went away.
      """,
    remedy: """
      Find what broke the transport: open the address in a tab of its own, look at the certificate and its names, at \
      DNS, port and firewall, at an https page calling an http address, at extensions and private mode. CORS headers \
      come into play only after that.
      """,
    chromiumErrors: [.redirectContainsCredentials],
    firefoxMessage: "CORS request did not succeed",
    webkitMessage: "the transport's own error, then: Fetch API cannot load URL due to access control checks.",
    fix: { context in
      let target: Message =
        context.targetOrigin.isEmpty && !context.url.isEmpty ? "\(FixContext.address(context.url))" : context.targetName
      let what: Message = context.inPreflight ? "the preflight of \(context.methodName)" : "the request"
      if let location = context.locationAddress {
        return """
          On \(context.place), redirect \(what) to a plain http or https address without a user name, instead of \
          \(FixContext.quoted(location)), or let the page call the final address itself.
          """
      }
      let why: Message = context.transportError.map { " (\(FixContext.clipped($0)))" } ?? ""
      return "Make \(target) answer: \(what) got no answer\(why), so the CORS headers are not the trouble yet."
    })
}
