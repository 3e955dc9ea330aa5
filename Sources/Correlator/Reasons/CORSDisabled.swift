import Words

extension Reason {
  static let corsDisabled = Reason(
    key: .disabled,
    title: "CORS is switched off in this browser",
    meaning: """
      Firefox has a preference, content.cors.disable, that refuses every cross-origin request which needs leave. It is \
      on here, so no header of any server could have let the request through. No other engine has such a switch.
      """,
    clause: "none: a preference of the user, outside the Fetch standard",
    evidence: """
      HAR: no single entry shows it. The whole capture does: requests that need a preflight stay without an answer, no \
      preflight was made for any of them, and their servers answer other requests. Log: the requests never arrive, so a \
      log cannot show it.
      """,
    remedy: """
      Set content.cors.disable back to false in about:config, or in the policy or profile that set it. There is nothing \
      to change on a server.
      """,
    firefoxMessage: "CORS disabled",
    webkitMessage: "none: WebKit has no such switch",
    fix: { _ in
      "In the Firefox that made this recording, set content.cors.disable to false in about:config; no server can mend it."
    })
}
