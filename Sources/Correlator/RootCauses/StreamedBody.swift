import Evidence
import Fetch
import Words

extension RootCause {
  static let streamedBody = RootCause(
    key: "streamed-body",
    title: "A streamed request body needs HTTP/2",
    meaning: """
      The script sends its body as a stream, which Chromium does over HTTP/2 or HTTP/3 alone. This address speaks \
      HTTP/1.1, so the request was never sent, and no CORS header was looked at.
      """,
    signature: { context in
      guard context.gotNoAnswer else { return nil }
      if let facts = context.failure(naming: ["err_h2_or_quic_required"]) { return facts }
      // Without TLS there is no ALPN that could have failed otherwise.
      guard (context.request?.target ?? URLRecord(context.fix.url))?.scheme == "http" else { return nil }
      return context.failure(naming: ["err_alpn_negotiation_failed"])
    },
    fix: { context in
      """
      Serve \(context.fix.targetName) over https with HTTP/2, or let the script at \(context.fix.originName) send the \
      body whole, as text or a Blob, and not as a stream.
      """
    })
}
