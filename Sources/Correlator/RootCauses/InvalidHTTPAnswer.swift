import Words

extension RootCause {
  static let invalidHTTPAnswer = RootCause(
    key: "invalid-http-answer",
    title: "The answer was no valid HTTP",
    meaning: """
      Bytes came back, but not an answer that the browser could read: another protocol at that port, broken fields, two \
      lengths, a bad chunk or encoding. No CORS header in them counts.
      """,
    signature: { context in
      guard context.gotNoAnswer else { return nil }
      return context.failure(naming: [
        "err_invalid_http_response", "err_response_headers_", "err_invalid_response", "err_invalid_chunked",
        "err_content_decoding", "err_headers_", "corrupted_content", "cannot parse http", "malformed http",
        "bad http response", "invalid http", "parse error",
      ])
    },
    fix: { context in
      """
      Make \(context.fix.targetName) send well-formed HTTP: the browser could not read its answer \
      (\(FixContext.clipped(context.failureText ?? ""))).
      """
    })
}
