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
        url.hasBadPort, let port = url.port
      else { return nil }
      return [Fact("port", "\(port), on the standard's list of bad ports", from: "request URL")]
    },
    fix: { context in
      """
      Serve \(context.fix.targetName) at another port, such as 443 or 8443: browsers never connect to this one.
      """
    })
}
