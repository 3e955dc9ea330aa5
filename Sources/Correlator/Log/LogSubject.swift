package import Evidence
import Fetch

/// Who asked what of whom: what verdicts are counted by.
package struct LogSubject: Sendable {
  package var origin: String?
  package var targetOrigin: String?
  package var endpoint: String
  /// The request's method: the announced one for a preflight, empty where it was not recorded.
  package var method: String
  package var agent: LogAgent
  /// The server that the line names, by its `Host` or its target.
  package var server: LogServer

  package init(
    origin: String? = nil, targetOrigin: String? = nil, endpoint: String, method: String, agent: LogAgent = LogAgent(),
    server: LogServer = LogServer()
  ) {
    self.origin = origin
    self.targetOrigin = targetOrigin
    self.endpoint = endpoint
    self.method = method
    self.agent = agent
    self.server = server
  }
}

/// A server as lines of several logs are told apart by it: as `PairingItem.host` and `port`.
package struct LogServer: Equatable, Sendable {
  package var host: UInt32 = 0
  package var port: UInt16 = 0

  package init() {}

  init(_ url: URLRecord) {
    host = url.host.map { PairingItem.short(StableHash.of($0)) } ?? 0
    port = url.port ?? 0
  }
}

/// What a user agent's text tells, as far as a verdict depends on it.
package struct LogAgent: Hashable, Sendable {
  package var engine: Engine?
  /// As `Engine.sendsStorageAccess`.
  package var sendsStorageAccess = false
  /// Whether it is a program of another kind than a browser: all of those begin alike.
  package var isProgram = false

  package init() {}

  package init(_ userAgent: String) {
    engine = Engine(userAgent: userAgent)
    sendsStorageAccess = engine?.sendsStorageAccess(userAgent) ?? false
    isProgram = LogAgent.isProgram(userAgent)
  }

  /// Whether such a program sent it: a page's own text for the user agent does not keep `Sec-Fetch-Mode` away.
  static func isProgram(_ exchange: Exchange) -> Bool {
    guard let agent = exchange.request.value(.userAgent), isProgram(agent) else { return false }
    return exchange.request.value(.secFetchMode) == nil
  }

  /// `curl/8.5.0`, `okhttp/4.12.0`, `kube-probe/1.29`.
  static func isProgram(_ userAgent: String) -> Bool {
    !userAgent.isEmpty && !userAgent.hasPrefix("Mozilla/") && !userAgent.hasPrefix("Opera/")
  }
}

/// Reads from lines who asked what of whom; remembers referers, user agents and hosts, which come again and again.
package struct LogSubjects {
  private static let remembered = 10_000

  private var origins: [String: String?] = [:]
  private var agents: [String: LogAgent] = [:]
  private var servers: [String: LogServer?] = [:]

  package init() {}

  package mutating func subject(of exchange: Exchange, endpoint: String) -> LogSubject {
    let asked =
      exchange.mayBePreflight ? exchange.request.value(.accessControlRequestMethod) ?? "" : exchange.method
    return LogSubject(
      origin: LogScene.origin(of: exchange, ofReferer: { origin(of: $0) })?.serialized,
      targetOrigin: exchange.target?.origin.serialized, endpoint: endpoint, method: asked,
      agent: exchange.request.value(.userAgent).map { agent(of: $0) } ?? LogAgent(), server: server(of: exchange))
  }

  private mutating func server(of exchange: Exchange) -> LogServer {
    exchange.request.value(.host).flatMap { server(named: $0) } ?? exchange.target.map(LogServer.init) ?? LogServer()
  }

  private mutating func server(named host: String) -> LogServer? {
    if let known = servers[host] { return known }
    if servers.count >= LogSubjects.remembered { servers = [:] }
    let server = URLRecord("http://" + host).map(LogServer.init)
    servers[host] = .some(server)
    return server
  }

  private mutating func origin(of referer: String) -> String? {
    if let known = origins[referer] { return known }
    if origins.count >= LogSubjects.remembered { origins = [:] }
    let origin = LogScene.origin(ofReferer: referer)
    origins[referer] = .some(origin)
    return origin
  }

  private mutating func agent(of userAgent: String) -> LogAgent {
    if let known = agents[userAgent] { return known }
    if agents.count >= LogSubjects.remembered { agents = [:] }
    let agent = LogAgent(userAgent)
    agents[userAgent] = agent
    return agent
  }
}
