import Words

extension Reason {
  static let corsRequestNotHttp = Reason(
    key: .requestNotHttp,
    title: "The address is not http or https",
    meaning: """
      A page asked for an address of another scheme, such as file:, ftp: or an app's own. CORS is defined for http and \
      https only, so the browser refused before anything was sent.
      """,
    clause: "Fetch, main fetch: the request's current URL's scheme is not an HTTP(S) scheme",
    evidence: """
      HAR: the request's address has another scheme and there is no answer; some browsers write no entry at all. Log: \
      nothing arrives. A redirect to such an address is this to Chromium; Firefox reports the redirected request as failed.
      """,
    remedy: """
      Ask for an http or https address. Serve local files and the page itself from a local web server instead of \
      opening them from disk.
      """,
    chromiumErrors: [.corsDisabledScheme],
    firefoxMessage: "CORS request not http",
    webkitMessage: "Cross origin requests are only supported for HTTP.",
    fix: { context in
      let scheme = context.url.prefix { $0 != ":" }
      let isNamed = !scheme.isEmpty && scheme.count < context.url.count
      let name: Message = isNamed ? "\(scheme.prefix(30)):" : "another scheme"
      return """
        Let the page at \(context.originName) call an http or https address instead of \
        \(FixContext.quoted(FixContext.address(context.url))): CORS does not know \(name), and a local web server \
        can serve the same content.
        """
    })
}
