import Correlator

/// A server's traffic with known pairs: browsers that preflight and follow, preflights that nothing follows, and strangers.
struct SyntheticLog {
  struct Kind {
    var granularity: Int64 = 1000
    /// How far each server's clock is off.
    var skews: [Int64] = [0]
    /// Each is busy; of the quiet ones, where there are any, comes every other exchange.
    var clients = 40
    var quiet = 0
    var exchanges = 2000
    /// Microseconds between the beginnings of exchanges.
    var pace = 200_000
    /// Requests that no preflight announced, per hundred exchanges.
    var strangers = 20
    /// Preflights that are followed, per hundred.
    var followed = 90
    var connections = false
    /// Whether all servers write into one log.
    var isOneLog = false
    /// Whether preflights name their method; strangers have another than pairs.
    var namesMethod = true
  }

  var items: [PairingItem] = []
  /// The request that each preflight was made for; none where nothing followed.
  var truth: [Int64: Int64] = [:]

  init(_ kind: Kind, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var next: Int64 = 0
    func item(
      _ role: PairingItem.Role, _ time: Int64, key: Int, _ server: Int, _ connection: Int, method: UInt32 = 7
    ) -> PairingItem {
      next += 1
      let own = time + kind.skews[server]
      let seen = own - (own % kind.granularity + kind.granularity) % kind.granularity
      return PairingItem(
        id: Int64(kind.isOneLog ? 0 : server) << 32 | next, source: Int32(kind.isOneLog ? 0 : server), role: role,
        isSafelisted: false, method: role == .preflight && !kind.namesMethod ? 0 : method, start: seen,
        end: seen, knowsStart: true, granularity: kind.granularity, key: UInt64(key + 1), client: UInt64(key + 1),
        origin: 9, connection: kind.connections ? UInt64(connection + 1) : 0, lifetime: 0)
    }
    for number in 0..<kind.exchanges {
      let time = 1_000_000_000 + Int64(number * kind.pace + random.below(kind.pace))
      let isQuiet = kind.quiet > 0 && random.below(2) == 0
      let key = isQuiet ? kind.clients + random.below(kind.quiet) : random.below(kind.clients)
      let (first, second) = (random.below(kind.skews.count), random.below(kind.skews.count))
      let connection = random.below(1000)
      let preflight = item(.preflight, time, key: key, first, connection)
      items.append(preflight)
      if random.below(100) < kind.followed {
        let gap = 20_000 + Int64(random.below(60_000)) + (random.below(20) == 0 ? 400_000 : 0)
        let request = item(.request, time + gap, key: key, second, connection)
        items.append(request)
        truth[preflight.id] = request.id
      }
      if random.below(100) < kind.strangers {
        let stranger = time + Int64(random.below(5_000_000))
        items.append(
          item(
            .request, stranger, key: random.below(kind.clients), first, 2000 + random.below(1000),
            method: kind.namesMethod ? 7 : 8))
      }
    }
    items = SyntheticLog.sorted(items)
  }

  /// As the store hands them over: by time, of equals preflights first, then by place.
  static func sorted(_ items: [PairingItem]) -> [PairingItem] {
    items.sorted { ($0.time, $0.role.rawValue, $0.id) < ($1.time, $1.role.rawValue, $1.id) }
  }

  static func pair(_ items: [PairingItem], granularity: Int64, severalClocks: Bool) -> [PairingResult] {
    var pairing = LogPairing(granularity: granularity, knowsStart: true, severalClocks: severalClocks)
    for item in items { pairing.learn(item) }
    pairing.settle()
    var results: [PairingResult] = []
    for item in items { pairing.decide(item) { results.append($0) } }
    pairing.finish { results.append($0) }
    return results
  }

  func pair(granularity: Int64, severalClocks: Bool = false) -> [PairingResult] {
    SyntheticLog.pair(items, granularity: granularity, severalClocks: severalClocks)
  }

  /// Pairs with their confidence, and whether they are right.
  func judged(_ results: [PairingResult]) -> [(confidence: Double, isRight: Bool)] {
    results.compactMap { result in
      guard case .pair(let preflight, let request, let confidence, _) = result else { return nil }
      return (confidence, truth[preflight] == request)
    }
  }
}
