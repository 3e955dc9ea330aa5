import Evidence
import Fetch

extension Scene {
  /// Whether the exchange that decided is the preflight.
  func preflightDecided(_ ruling: Ruling) -> Bool { ruling.phase == .preflight }

  /// The exchange that decided.
  func deciding(_ ruling: Ruling) -> Exchange? { preflightDecided(ruling) ? preflight : request }

  /// What fixes and root causes are made from.
  func fixContext(_ ruling: Ruling) -> FixContext {
    let deciding = deciding(ruling)
    let answer = deciding?.response
    let asked = preflight?.request.value(.accessControlRequestHeaders)
    let requested = TokenList(asked).items.map { $0.asciiLowercased() }
    let allowed = TokenList(preflight?.response.value(.accessControlAllowHeaders))
    let wildcard = allowed.contains("*") && ruling.includes != [true]
    var context = FixContext(
      origin: origin ?? "", targetOrigin: (request ?? preflight)?.target?.origin.serialized ?? "",
      method: method, url: (request ?? preflight)?.url ?? "", inPreflight: preflightDecided(ruling),
      credentials: ruling.includes.count == 1 ? ruling.includes[0] : nil, status: deciding?.status,
      server: answer?.value(.server), allowOrigin: answer?.value(.accessControlAllowOrigin),
      allowCredentials: answer?.value(.accessControlAllowCredentials),
      allowMethods: preflight?.response.value(.accessControlAllowMethods),
      allowHeaders: preflight?.response.value(.accessControlAllowHeaders), requestedHeaders: requested,
      missingHeaders: wildcard ? [] : requested.filter { !allowed.containsIgnoringCase($0) },
      location: answer?.value(.location), transportError: request?.failureText ?? preflight?.failureText)
    if let answer, case .notRecorded = answer.get(.accessControlAllowOrigin) { context.recordsAllowOrigin = false }
    return context
  }
}
