import Evidence
import Fetch

/// How a request came, in what a preflight and its request seldom differ: both are fetched for one page, from one server.
package struct PairingManner: Equatable, Sendable {
  /// Two bits for each: 0 where it was not recorded.
  package let rawValue: UInt8

  package static let unknown = PairingManner(rawValue: 0)

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ exchange: Exchange) {
    let protocolVersion: UInt8 =
      switch exchange.httpVersion {
      case .unknown: 0
      case .http09, .http10, .http11: 1
      case .http2: 2
      case .http3: 3
      }
    let referer: UInt8 = exchange.request.isPresent(.referer).map { $0 ? 2 : 1 } ?? 0
    rawValue = protocolVersion | referer << 2
  }

  /// The protocol's version, as 1 to 3.
  var protocolVersion: UInt8 { rawValue & 3 }
  /// Whether a referer was sent, as 1 or 2: a preflight has its request's.
  var referer: UInt8 { rawValue >> 2 & 3 }
}
