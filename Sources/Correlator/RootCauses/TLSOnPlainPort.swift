import Words

extension RootCause {
  static let tlsOnPlainPort = RootCause(
    key: "tls-on-plain-port",
    title: "https and http met at the same port",
    meaning: """
      One side spoke TLS and the other plain HTTP, or both speak TLS and share no version: an https address of a port \
      that serves http, or the other way round.
      """,
    signature: { context in
      guard context.gotNoAnswer else { return nil }
      return context.failure(naming: [
        "err_ssl_", "ssl_error_", "err_alpn_", "err_tls_", "wrong version number", "wrong_version", "unknown protocol",
        "plain http request was sent to https", "tls handshake", "ssl handshake", "secure connection failed",
        "http request to an https server", "\\x16\\x03", "record layer",
      ])
    },
    fix: { context in
      """
      Call \(context.fix.targetName) by the scheme that its port speaks, or make the port speak current TLS.
      """
    })
}
