package import Evidence
import Fetch

/// Who asked what of whom: what verdicts are counted by.
package struct LogSubject: Sendable {
  package var origin: String?
  package var targetOrigin: String?
  package var endpoint: String
  /// The request's method: the announced one for a preflight, empty where it was not recorded.
  package var method: String
  /// The engine whose browser asked, where the user agent tells.
  package var engine: Engine?

  package init(
    origin: String? = nil, targetOrigin: String? = nil, endpoint: String, method: String, engine: Engine? = nil
  ) {
    self.origin = origin
    self.targetOrigin = targetOrigin
    self.endpoint = endpoint
    self.method = method
    self.engine = engine
  }
}

/// Reads from lines who asked what of whom; remembers referers and user agents, which come again and again.
package struct LogSubjects {
  private static let remembered = 10_000

  private var origins: [String: String?] = [:]
  private var engines: [String: Engine?] = [:]

  package init() {}

  package mutating func subject(of exchange: Exchange, endpoint: String) -> LogSubject {
    let asked =
      exchange.method == "OPTIONS" ? exchange.request.value(.accessControlRequestMethod) ?? "" : exchange.method
    return LogSubject(
      origin: LogScene.origin(of: exchange, ofReferer: { origin(of: $0) })?.serialized,
      targetOrigin: exchange.target?.origin.serialized, endpoint: endpoint, method: asked,
      engine: exchange.request.value(.userAgent).flatMap { engine(of: $0) })
  }

  private mutating func origin(of referer: String) -> String? {
    if let known = origins[referer] { return known }
    if origins.count >= LogSubjects.remembered { origins = [:] }
    let origin = Origin(parsing: referer)?.serialized
    origins[referer] = .some(origin)
    return origin
  }

  private mutating func engine(of userAgent: String) -> Engine? {
    if let known = engines[userAgent] { return known }
    if engines.count >= LogSubjects.remembered { engines = [:] }
    let engine = Engine(userAgent: userAgent)
    engines[userAgent] = .some(engine)
    return engine
  }
}
