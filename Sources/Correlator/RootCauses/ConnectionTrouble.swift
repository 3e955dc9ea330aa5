import Words

extension RootCause {
  static let connectionTrouble = RootCause(
    key: "connection-trouble",
    title: "The connection was refused or lost",
    meaning: """
      Nothing listened at the port, a firewall dropped or reset the connection, it timed out, or the server closed it \
      without an answer, as one that crashes does. The browser reports it to the page like a CORS failure.
      """,
    signature: { context in
      guard context.gotNoAnswer else { return nil }
      return context.failure(naming: [
        "err_connection_", "err_timed_out", "err_address_", "err_empty_response", "err_network_", "err_internet_",
        "err_socket_", "err_proxy_", "err_tunnel_", "err_http2_", "err_quic_", "err_incomplete", "err_content_length",
        "ns_error_net_", "ns_error_connection", "ns_error_proxy", "ns_error_offline", "refused", "timed out", "timeout",
        "reset", "closed connection", "connection was lost", "unreachable", "econn", "broken pipe", "could not connect",
        "disconnected",
      ])
    },
    fix: { context in
      let target = context.fix.targetName
      return """
        Find out why \(target) does not answer these clients (\(FixContext.clipped(context.failureText ?? ""))): is \
        the service up, the port right, the way through firewall and proxy open?
        """
    })
}
