import Evidence
import Fetch

/// What was asked under CORS for sure, where no exporter marks what was refused: by the origin that asked, and the endpoint.
struct UnderCORS {
  private var places: Set<String> = []

  init(_ exchanges: [Exchange], isPreflight: [Bool], profile: SourceProfile) {
    guard !profile.marksOutcome else { return }
    for index in exchanges.indices where isPreflight[index] {
      guard let origin = exchanges[index].request.value(.origin) else { continue }
      places.insert(UnderCORS.place(of: exchanges[index], for: origin))
    }
  }

  func contains(_ exchange: Exchange, for origin: String) -> Bool {
    !places.isEmpty && places.contains(UnderCORS.place(of: exchange, for: origin))
  }

  private static func place(of exchange: Exchange, for origin: String) -> String {
    "\(origin) \(exchange.foldedEndpoint ?? exchange.url)"
  }
}
