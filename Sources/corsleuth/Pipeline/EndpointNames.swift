import Correlator
import Evidence
import Fetch
import Ingestion

/// Endpoints by the user's patterns, and by the rules where none fits.
extension EndpointPatterns {
  func endpoint(of target: URLRecord) -> String {
    if !isEmpty, target.origin != .opaque, let name = name(ofPath: target.path) {
      return target.origin.serialized + name
    }
    return Endpoint.of(target)
  }

  /// The endpoint of a log's line: with the host where the line names it.
  func endpoint(of exchange: Exchange) -> String {
    if let target = exchange.target { return endpoint(of: target) }
    guard let name = name(ofPath: exchange.url) else { return LogScene.endpoint(of: exchange) }
    return exchange.request.value(.host).map { "//" + $0.lowercased() + name } ?? name
  }

  /// The endpoint of an absolute URL that one of the patterns fits.
  func endpoint(of url: String) -> String? {
    guard !isEmpty, let target = URLRecord(url), target.origin != .opaque else { return nil }
    return name(ofPath: target.path).map { target.origin.serialized + $0 }
  }
}
