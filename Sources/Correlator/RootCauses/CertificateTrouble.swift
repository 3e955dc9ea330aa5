import Words

extension RootCause {
  static let certificateTrouble = RootCause(
    key: "certificate-trouble",
    title: "The server's certificate is not trusted",
    meaning: """
      The TLS handshake failed over the certificate: expired, for another name, from an unknown authority, or refused by \
      a pin. The browser shows no warning page for a script's request; it fails it like a CORS error.
      """,
    signature: { context in
      guard context.gotNoAnswer else { return nil }
      return context.failure(naming: [
        "err_cert_", "err_ssl_pinned", "sec_error_", "mozilla_pkix_error", "ssl_error_bad_cert", "certificate",
        "self-signed", "self signed", "unknown ca",
      ])
    },
    fix: { context in
      """
      Give \(context.fix.targetName) a certificate that its clients trust and that names this host; to see what is \
      wrong, open the address in a tab of its own.
      """
    })
}
