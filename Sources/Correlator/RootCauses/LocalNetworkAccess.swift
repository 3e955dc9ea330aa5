import Words

extension RootCause {
  static let localNetworkAccess = RootCause(
    key: "local-network-access",
    title: "The browser guards the local network",
    meaning: """
      A page from the public web called an address of the local network or of this machine. Chromium (from 142 on) asks \
      the user first, and blocks where leave is refused or the page is not secure. The check comes before any CORS header.
      """,
    signature: { context in
      guard context.decision != .allowed else { return nil }
      return context.failure(naming: [
        "local_network_access", "local network access", "private_network", "localnetworkaccess",
        "insecureprivatenetwork",
      ])
    },
    fix: { context in
      """
      Serve the page at \(context.fix.originName) over https and let the user allow access to the local network, or \
      call \(context.fix.targetName) from a page of the same network.
      """
    })
}
