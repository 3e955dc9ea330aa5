import Evidence
import Fetch

/// How a request came, in what a preflight and its request seldom differ, since both are fetched for one page, from one server; and
/// how it was answered, in what a request that had a preflight differs from one that needed none.
package struct PairingManner: Equatable, Sendable {
  /// Two bits for each of the first two, three for the answer: 0 where it was not recorded. The last is `credentials`.
  package let rawValue: UInt8

  package static let unknown = PairingManner(rawValue: 0)

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ exchange: Exchange, credentials: Bool) {
    let protocolVersion: UInt8 =
      switch exchange.httpVersion {
      case .unknown: 0
      case .http09, .http10, .http11: 1
      case .http2: 2
      case .http3: 3
      }
    let referer: UInt8 = exchange.request.isPresent(.referer).map { $0 ? 2 : 1 } ?? 0
    rawValue =
      protocolVersion | referer << 2 | PairingManner.answer(exchange.status) << 4 | (credentials ? 1 << 7 : 0)
  }

  private static func answer(_ status: Int?) -> UInt8 {
    guard let status else { return 0 }
    return switch status {
    case 200: 1
    case 201..<300: 2
    case 304: 3
    case 401, 403: 5
    case 400..<500: 6
    case 500..<600: 7
    default: 4
    }
  }

  /// The protocol's version, as 1 to 3.
  var protocolVersion: UInt8 { rawValue & 3 }
  /// Whether a referer was sent, as 1 or 2: a preflight has its request's.
  var referer: UInt8 { rawValue >> 2 & 3 }
  /// The kind of status that its answer had, as 1 to 7.
  var answer: UInt8 { rawValue >> 4 & 7 }
  /// Of a request, whether it shows credentials; of a preflight, whether it passes for requests without them alone.
  var credentials: Bool { rawValue & 1 << 7 != 0 }

  /// Whether both came alike, however they were answered.
  func isLike(_ other: PairingManner) -> Bool {
    protocolVersion == other.protocolVersion && referer == other.referer
  }
}
