/// Configuration that allows one origin, answers preflights, and does so on error answers too.
///
/// Every variant compares the origin with a list; none reflects whatever origin asks.
extension Reason.Configuration {
  /// The configuration of every server, in the order of `ServerProduct`.
  static func allowing(_ policy: CORSPolicy) -> [Reason.Configuration] {
    ServerProduct.allCases.map { allowing(policy, on: $0) }
  }

  static func allowing(_ policy: CORSPolicy, on product: ServerProduct) -> Reason.Configuration {
    let lines =
      switch product {
      case .nginx: nginx(policy)
      case .apache: apache(policy)
      case .caddy: caddy(policy)
      case .haproxy: haproxy(policy)
      case .envoy: envoy(policy)
      case .iis: iis(policy)
      case .express: express(policy)
      case .spring: spring(policy)
      case .django: django(policy)
      case .fastAPI: fastAPI(policy)
      case .aspNET: aspNET(policy)
      case .rails: rails(policy)
      case .apiGateway: apiGateway(policy)
      case .s3: s3(policy)
      case .cloudFront: cloudFront(policy)
      }
    return Reason.Configuration(server: product.rawValue, lines: lines)
  }

  /// The line where credentials are allowed, else nothing: with its own line end, to stand between others.
  static func withCredentials(_ policy: CORSPolicy, _ line: String) -> String { policy.credentials ? line + "\n" : "" }
}
