import Evidence
import Fetch
import Words

extension RootCause {
  static let unsafePort = RootCause(
    key: "unsafe-port",
    title: "Browsers refuse this port",
    meaning: """
      Ports of mail, file transfer and other old services are closed to web pages (the standard's list of bad ports), so \
      that pages cannot speak to such servers. The request was refused before it was sent.
      """,
    signature: { context in
      guard context.gotNoAnswer else { return nil }
      if let facts = context.failure(naming: ["err_unsafe_port", "port_access_not_allowed"]) { return facts }
      guard context.status == nil, let url = context.request?.target ?? URLRecord(context.fix.url), url.isHTTP,
        let port = url.port, badPorts.contains(port)
      else { return nil }
      return [Fact("port", "\(port), on the standard's list of bad ports", from: "request URL")]
    },
    fix: { context in
      """
      Serve \(context.fix.targetName) at another port, such as 443 or 8443: browsers never connect to this one.
      """
    })

  /// Fetch, *bad port*.
  private static let badPorts: Set<UInt16> = [
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
    111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
    540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
    6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
  ]
}
