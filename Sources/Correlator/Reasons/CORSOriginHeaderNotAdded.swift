import Words

extension Reason {
  static let corsOriginHeaderNotAdded = Reason(
    key: .originHeaderNotAdded,
    title: "The request went out without Origin",
    meaning: """
      A cross-origin request has to say in Origin who is asking. Here the browser could not add the field, and so the \
      answer could not be tied to the asking page. That happens to requests of extensions and other privileged code, not \
      to those of ordinary pages.
      """,
    clause: "Fetch, append a request Origin header",
    evidence: """
      HAR: a request under CORS whose fields as sent were recorded (not provisional ones), with no Origin among them, \
      and which was blocked. Log: cannot be told from a request that needs no Origin.
      """,
    remedy: """
      Send the request from a page or an extension's background script with the permission for that host, and do not \
      try to set Origin by script: it is a forbidden name. A proxy that strips Origin has to stop doing so.
      """,
    firefoxMessage: "CORS header ‘Origin’ cannot be added",
    webkitMessage: "none of its own",
    fix: { context in
      let name = context.methodName
      return """
        Send \(name) to \(context.targetName) from ordinary page code, or give the extension that sends it the \
        permission for that host: the request left without Origin, and no answer can allow that.
        """
    })
}
