import Correlator
import Evidence

/// A line of a log of which every part has come before: what its rows refer to.
package struct KnownLine {
  var ids: ExchangeIDs
  var asker: LineAsker
  /// What it is to CORS; `nil` for a line that takes no part in it.
  var ruling: LineRuling?
  /// Who asked what of whom; 0 where nothing is said of it.
  var subject: Int64 = 0
}

/// The rows of the parts that lines of one log have had, by their hashes.
final class KnownParts {
  /// A part of who asked: its row, and the hash that is the same in every store.
  struct Asker: BitwiseCopyable {
    var id: Int32
    var hash: UInt64
    /// Of a user agent: its place among `agents`.
    var agent = 0
  }

  /// The parts that are single texts, and take very many values.
  enum Text { case client, userAgent, referer }

  /// Kinds of lines remembered at most; beyond that, memory starts afresh.
  private static let rememberedRulings = 20_000

  private let clients = HashCache<Asker>(capacity: 1 << 17)
  private let userAgents = HashCache<Asker>(capacity: 1 << 14)
  private let referers = HashCache<Int32>(capacity: 1 << 16)
  /// Hashes of the origins of `Referer`s.
  private let refererOrigins = HashCache<UInt64>(capacity: 1 << 16)
  private let paths = HashCache<Int32>(capacity: 1 << 17)
  private let endpoints = HashCache<Int32>(capacity: 1 << 15)
  private let traits = HashCache<Int32>(capacity: 1 << 15)
  private let requests = HashCache<Int32>(capacity: 1 << 15)
  private let responses = HashCache<Int32>(capacity: 1 << 15)
  private let subjects = HashCache<Int32>(capacity: 1 << 16)
  /// Places in `rulings`; it has room for all of them.
  private let kinds = HashCache<Int32>(capacity: 1 << 15)
  private var rulings: [LineRuling] = []
  private var agents: [LogAgent] = []

  /// What the line's row refers to, and who asked; `nil` where one of its parts is new, or was forgotten.
  ///
  /// - Parameters:
  ///   - parts: The line's.
  ///   - folded: The hash of the server and the folded path, asked for only where the path as it stands is new.
  ///   - learn: Makes a text that is new known, where that can be.
  @inline(__always)
  func find(
    _ parts: LineParts, folded: () -> UInt64?, learn: (Text) throws(StoreError) -> Void
  ) throws(StoreError) -> (ids: ExchangeIDs, asker: LineAsker)? {
    guard let trait = traits[parts.trait], let request = requests[parts.request],
      let response = responses[parts.response], let endpoint = paths[parts.path] ?? endpoint(parts.path, folded())
    else { return nil }
    var ids = ExchangeIDs(trait: Int64(trait), requestSet: Int64(request), responseSet: Int64(response))
    ids.endpoint = Int64(endpoint)
    var asker = LineAsker.nobody
    if parts.client != 0 {
      if clients[parts.client] == nil { try learn(.client) }
      guard let client = clients[parts.client] else { return nil }
      ids.client = Int64(client.id)
      asker.client = client.hash
    }
    if parts.userAgent != 0 {
      if userAgents[parts.userAgent] == nil { try learn(.userAgent) }
      guard let userAgent = userAgents[parts.userAgent] else { return nil }
      ids.userAgent = Int64(userAgent.id)
      asker.userAgent = userAgent.hash
    }
    if parts.referer != 0 {
      if referers[parts.referer] == nil { try learn(.referer) }
      guard let referer = referers[parts.referer] else { return nil }
      ids.referer = Int64(referer)
    }
    return (ids, asker)
  }

  /// A hash of all that bears on what a line is to CORS but its target; `nil` where one of its parts is new, or was forgotten.
  ///
  /// `referer` is asked for only where its origin is not known.
  @inline(__always)
  func kind(_ parts: LineParts, status: Int?, referer: () -> String?) -> UInt64? {
    var kind = StableHash()
    kind.add(parts.trait)
    kind.add(parts.response)
    kind.add(UInt64(truncatingIfNeeded: status ?? 0))
    if parts.userAgent != 0 {
      guard let userAgent = userAgents[parts.userAgent] else { return nil }
      kind.add(UInt64(truncatingIfNeeded: userAgent.agent))
    }
    if parts.referer != 0 {
      guard let origin = refererOrigins[parts.referer] ?? referer().map({ learnOrigin(of: $0, parts) }) else {
        return nil
      }
      kind.add(origin)
    }
    return kind.value
  }

  private func learnOrigin(of referer: String, _ parts: LineParts) -> UInt64 {
    let origin = StableHash.of(LogScene.origin(ofReferer: referer) ?? "")
    refererOrigins.remember(parts.referer, origin)
    return origin
  }

  private func endpoint(_ path: UInt64, _ folded: UInt64?) -> Int32? {
    guard let known = folded.flatMap({ endpoints[$0] }) else { return nil }
    paths.remember(path, known)
    return known
  }

  /// Remembers a line's parts by the rows that were made of it; its texts apart.
  func remember(_ parts: LineParts, _ ids: ExchangeIDs, folded: UInt64?) {
    KnownParts.remember(parts.trait, ids.trait, in: traits)
    KnownParts.remember(parts.request, ids.requestSet, in: requests)
    KnownParts.remember(parts.response, ids.responseSet, in: responses)
    KnownParts.remember(parts.path, ids.endpoint, in: paths)
    if let folded { KnownParts.remember(folded, ids.endpoint, in: endpoints) }
  }

  /// Remembers one of a line's texts by its row.
  func remember(_ kind: Text, _ value: String, of parts: LineParts, _ id: Int64?) {
    guard let id = id.flatMap({ Int32(exactly: $0) }) else { return }
    switch kind {
    case .client:
      guard parts.client != 0, clients[parts.client] == nil else { return }
      clients.remember(parts.client, Asker(id: id, hash: StableHash.of(value)))
    case .userAgent:
      guard parts.userAgent != 0, userAgents[parts.userAgent] == nil else { return }
      let agent = LogAgent(value)
      let place = agents.firstIndex(of: agent) ?? agents.count
      if place == agents.count { agents.append(agent) }
      userAgents.remember(parts.userAgent, Asker(id: id, hash: StableHash.of(value), agent: place))
    case .referer:
      guard parts.referer != 0, referers[parts.referer] == nil else { return }
      referers.remember(parts.referer, id)
    }
  }

  private static func remember(_ part: UInt64, _ id: Int64?, in cache: HashCache<Int32>) {
    guard let id = id.flatMap({ Int32(exactly: $0) }), cache[part] == nil else { return }
    cache.remember(part, id)
  }

  // MARK: What lines are to CORS

  func ruling(_ kind: UInt64) -> LineRuling? { kinds[kind].map { rulings[Int($0)] } }

  /// Remembers what lines of a kind are, unless they may differ by their target.
  func remember(_ ruling: LineRuling, _ kind: UInt64) {
    if ruling.looksAtTarget { return }
    if rulings.count >= KnownParts.rememberedRulings {
      rulings = []
      kinds.forget()
    }
    kinds.remember(kind, Int32(truncatingIfNeeded: rulings.count))
    rulings.append(ruling)
  }

  /// The row of who asked what of whom, made where it is new.
  func subject(
    _ names: LineRuling.Names, endpoint: Int64, make: () throws(StoreError) -> Int64
  ) throws(StoreError) -> Int64 {
    var key = StableHash()
    for part in [names.origin ?? 0, names.targetOrigin ?? 0, names.method, endpoint] {
      key.add(UInt64(bitPattern: part))
    }
    if let known = subjects[key.value] { return Int64(known) }
    let id = try make()
    KnownParts.remember(key.value, id, in: subjects)
    return id
  }
}
