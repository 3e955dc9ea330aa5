import Words

extension RootCause {
  static let dnsTrouble = RootCause(
    key: "dns-trouble",
    title: "The server's name was not found",
    meaning: """
      The name could not be resolved: misspelt, not published, or known only inside a network or VPN that this client \
      was not in. No request left the machine.
      """,
    signature: { context in
      guard context.gotNoAnswer else { return nil }
      return context.failure(naming: [
        "err_name_not_resolved", "err_name_resolution", "err_dns_", "err_icann_name_collision", "unknown_host",
        "ns_error_unknown_proxy_host", "name or service not known", "no address associated",
        "nodename nor servname", "getaddrinfo", "hostname could not be found", "temporary failure in name resolution",
        "no such host",
      ])
    },
    fix: { context in
      """
      Publish the name in \(context.fix.targetName) in the DNS that these clients use, or call the right name.
      """
    })
}
