package import Evidence
import Fetch

/// What lines of one kind are to the pairing.
package struct PairingKind: Equatable, Sendable {
  package var role: PairingItem.Role
  /// As `PairingItem.isSafelisted`, `method`, `origin` and `lifetime`.
  package var isSafelisted: Bool
  package var method: UInt32
  package var origin: UInt64
  package var lifetime: Int64
  /// Hash of the target's host; of nothing where it was not recorded.
  package var host: UInt64

  package init(_ exchange: Exchange, _ subject: LogSubject, isPreflight: Bool) {
    let method = isPreflight ? exchange.request.value(.accessControlRequestMethod) : exchange.method
    role = isPreflight ? .preflight : .request
    isSafelisted = Method.isSafelisted(exchange.method)
    self.method = method.map { UInt32(truncatingIfNeeded: StableHash.of($0)) } ?? 0
    origin = subject.origin.map { StableHash.of($0) } ?? 0
    if case .recorded(let age) = exchange.response.get(.accessControlMaxAge) {
      lifetime = PreflightCache.lifetime(maxAge: age, engine: subject.agent.engine)
    } else {
      lifetime = -1
    }
    host = StableHash.of(exchange.request.value(.host) ?? exchange.target?.host ?? "")
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
    _ line: LoggedLine, url: UnsafeRawBufferPointer, id: Int64, _ kind: PairingKind, _ asker: LineAsker
  ) {
    let end = line.endedAt ?? line.startedAt
    let knowsStart = line.duration != nil || line.endedAt == nil
    var key = StableHash()
    key.add(asker.client)
    key.add(asker.userAgent)
    let client = key.value
    key.add(kind.host)
    key.add(url)
    var connection: UInt64 = 0
    if !line.connection.isEmpty {
      var hash = StableHash()
      hash.add(line.connection)
      connection = hash.value
    }
    self.init(
      id: id, source: Int32(truncatingIfNeeded: id >> 32), role: kind.role, isSafelisted: kind.isSafelisted,
      method: kind.method, start: knowsStart ? line.startedAt : end, end: end, knowsStart: knowsStart,
      granularity: line.granularity, key: key.value, client: client, origin: kind.origin, connection: connection,
      lifetime: kind.lifetime)
  }
}
