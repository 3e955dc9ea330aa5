import Correlator
import Evidence
import Fetch
import Ingestion

/// Endpoints by the user's patterns.
extension EndpointPatterns {
  /// The endpoint of a target that one of the patterns fits.
  func own(_ target: URLRecord) -> String? {
    guard !isEmpty, target.origin != .opaque else { return nil }
    return name(ofPath: target.path).map { target.origin.serialized + $0 }
  }

  /// The endpoint of a log's line, by the rules where no pattern fits: with the host where the line names it.
  func endpoint(of exchange: Exchange) -> String {
    if let target = exchange.target { return own(target) ?? LogScene.endpoint(of: exchange) }
    guard let name = name(ofPath: exchange.url) else { return LogScene.endpoint(of: exchange) }
    return exchange.request.value(.host).map { $0.lowercased() + name } ?? name
  }
}
