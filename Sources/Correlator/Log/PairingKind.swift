package import Evidence
import Fetch

/// What lines of one kind are to the pairing.
package struct PairingKind: Equatable, Sendable {
  package var role: PairingItem.Role
  /// As `PairingItem.isSafelisted`, `method`, `origin` and `lifetime`; the origin 0 where a preflight's may be another.
  package var isSafelisted: Bool
  package var method: UInt32
  package var origin: UInt64
  package var lifetime: Int64
  package var server: LogServer
  /// Whether the user agent was recorded.
  package var namesAgent: Bool
  package var manner: PairingManner

  /// - Parameter refusesCredentials: Whether it is a preflight that passes for requests without credentials alone.
  package init(
    _ exchange: Exchange, _ subject: LogSubject, _ role: PairingItem.Role, refusesCredentials: Bool = false
  ) {
    let method = role == .request ? exchange.method : exchange.request.value(.accessControlRequestMethod)
    self.role = role
    isSafelisted = Method.isSafelisted(exchange.method)
    self.method = method.map(PairingItem.method) ?? 0
    // The preflight of a request whose origin a redirect has made `null` names the page in Firefox.
    let mayDiffer = role == .request && subject.origin == "null" && subject.agent.engine == .firefox
    origin = mayDiffer ? 0 : subject.origin.map { StableHash.of($0) } ?? 0
    if case .recorded(let age) = exchange.response.get(.accessControlMaxAge) {
      lifetime = PreflightCache.lifetime(maxAge: age, engine: subject.agent.engine)
    } else {
      lifetime = -1
    }
    server = subject.server
    namesAgent = exchange.request.isPresent(.userAgent) != nil
    manner = PairingManner(
      exchange, credentials: role == .request ? LogScene.showsCredentials(exchange) : refusesCredentials)
  }
}

/// Hashes of who asked.
package struct LineAsker: Sendable {
  package var client: UInt64
  package var userAgent: UInt64

  package static let nobody = LineAsker(client: nil, userAgent: nil)

  package init(client: String?, userAgent: String?) {
    self.client = StableHash.of(client ?? "")
    self.userAgent = StableHash.of(userAgent ?? "")
  }
}

extension PairingItem {
  /// What the pairing needs of a line, at `url`.
  package init(
    _ line: LoggedLine, url: UnsafeRawBufferPointer, id: Int64, _ kind: PairingKind, _ asker: LineAsker,
    subject: Int64
  ) {
    let end = line.endedAt ?? line.startedAt
    let knowsStart = line.duration != nil || line.endedAt == nil
    var key = StableHash()
    key.add(asker.client)
    var client = key
    client.add(asker.userAgent)
    key.add(PairingItem.path(of: url))
    var connection: UInt64 = 0
    if !line.connection.isEmpty {
      var hash = StableHash()
      hash.add(line.connection)
      connection = hash.value
    }
    self.init(
      id: id, source: Int32(truncatingIfNeeded: id >> 32), role: kind.role, isSafelisted: kind.isSafelisted,
      method: kind.method, start: knowsStart ? line.startedAt : end, end: end, knowsStart: knowsStart,
      granularity: line.granularity, key: key.value, client: client.value, origin: kind.origin, connection: connection,
      lifetime: kind.lifetime, host: kind.server.host, port: kind.server.port,
      userAgent: kind.namesAgent ? PairingItem.short(client.value) : 0, manner: kind.manner,
      subject: UInt32(truncatingIfNeeded: subject))
  }

  /// What of a URL every log tells: some write the scheme and the host before it.
  private static func path(of url: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard url.first != UInt8(ascii: "/"), let colon = url.firstIndex(of: UInt8(ascii: ":")) else { return url }
    let authority = url[(colon + 1)...].drop { $0 == UInt8(ascii: "/") }
    return UnsafeRawBufferPointer(
      rebasing: authority.drop { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") })
  }

  /// As `PairingItem.method`.
  static func method(_ name: String) -> UInt32 { UInt32(truncatingIfNeeded: StableHash.of(name)) }

  /// Half of a hash; never 0, which stands for "not recorded".
  package static func short(_ hash: UInt64) -> UInt32 { max(1, UInt32(truncatingIfNeeded: hash)) }
}
