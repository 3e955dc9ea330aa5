import Words

extension Reason {
  static let corsMultipleAllowOriginNotAllowed = Reason(
    key: .multipleAllowOriginNotAllowed,
    title: "The answer has more than one Access-Control-Allow-Origin",
    meaning: """
      The field may stand once, with one value. Two lines, or one line with several values, match no origin. Mostly two \
      layers each add it, the application and the proxy before it; sometimes somebody tried to list origins. Chromium and \
      WebKit say so for lines and lists alike; Firefox only for separate lines over HTTP/1.1 with the usual capitals, \
      and calls all else a value that does not match.
      """,
    clause: "Fetch, CORS check, step 4: the values joined by a comma equal no origin",
    evidence: """
      HAR: two or more Access-Control-Allow-Origin lines, or a comma in the value; Safari joins lines, so the two cannot \
      be told apart there. Log with CORS fields: a comma in the column, as far as the server joins what it logs. A proxy \
      behind the log may add a line that the log never sees.
      """,
    remedy: """
      Let one layer write the field and strip the other's. To allow several origins, pick from a list the one that asked \
      and send it alone, with Vary: Origin.
      """,
    chromiumErrors: [.multipleAllowOriginValues, .preflightMultipleAllowOriginValues],
    firefoxMessage: "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed",
    webkitMessage: "Access-Control-Allow-Origin cannot contain more than one origin.",
    configurations: Configuration.singleWriter,
    fix: { context in
      let now: Message = context.allowOrigin.map { ", not \(FixContext.quoted($0))" } ?? ""
      if context.isOpaqueOrigin {
        return "On \(context.place), send one Access-Control-Allow-Origin with \(context.answer)\(now)."
      }
      return """
        On \(context.place), let one layer alone write Access-Control-Allow-Origin, once and as \
        \(context.originName)\(now), on \(context.answer).
        """
    })
}
