import Correlator
import Testing

/// Preflights in server logs, and what followed them.
struct LogPairingTests {
  static func item(
    _ id: Int64, _ role: PairingItem.Role, at milliseconds: Int64, key: UInt64 = 1, origin: UInt64 = 1,
    method: UInt32 = 1, lifetime: Int64 = 0, connection: UInt64 = 0
  ) -> PairingItem {
    PairingItem(
      id: id, source: 0, role: role, isSafelisted: false, method: method, start: milliseconds * 1000,
      end: milliseconds * 1000, knowsStart: true, granularity: 1000, key: key, client: key, origin: origin,
      connection: connection, lifetime: lifetime)
  }

  /// `1→2`, `3 alone`, `4 unannounced`, `5 granted by 1`: in the order of the first id.
  static func lines(_ items: [PairingItem]) -> [String] {
    SyntheticLog.pair(SyntheticLog.sorted(items), granularity: 1000, severalClocks: false).map {
      result -> (Int64, String) in
      switch result {
      case .pair(let preflight, let request, _, _): (preflight, "\(preflight)→\(request)")
      case .alone(let preflight, _): (preflight, "\(preflight) alone")
      case .unannounced(let request, nil): (request, "\(request) unannounced")
      case .unannounced(let request, let grant?): (request, "\(request) granted by \(grant)")
      }
    }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  @Test func `one preflight, one request`() {
    #expect(Self.lines([Self.item(1, .preflight, at: 0), Self.item(2, .request, at: 30)]) == ["1→2"])
  }

  @Test func `a preflight that nothing followed`() {
    #expect(Self.lines([Self.item(1, .preflight, at: 0)]) == ["1 alone"])
  }

  @Test func `a request by itself`() { #expect(Self.lines([Self.item(1, .request, at: 0)]) == ["1 unannounced"]) }

  @Test(arguments: [
    item(2, .request, at: 30, key: 2), item(2, .request, at: 30, origin: 2), item(2, .request, at: 30, method: 2),
    item(2, .request, at: 50_000), item(2, .request, at: -1000),
  ])
  func `another target, origin, method or time is none of its`(request: PairingItem) {
    #expect(Self.lines([Self.item(1, .preflight, at: 0), request]) == ["1 alone", "2 unannounced"])
  }

  @Test func `what was not recorded contradicts nothing`() {
    #expect(
      Self.lines([Self.item(1, .preflight, at: 0, origin: 0, method: 0), Self.item(2, .request, at: 30)]) == ["1→2"])
  }

  @Test func `four at once: each request is used once, in order`() {
    let preflights = (0..<4).map { Self.item(Int64($0) + 1, .preflight, at: Int64($0) * 200) }
    let requests = (0..<4).map { Self.item(Int64($0) + 11, .request, at: Int64($0) * 200 + 30) }
    #expect(Self.lines(preflights + requests) == ["1→11", "2→12", "3→13", "4→14"])
  }

  @Test func `a grant lets others through until it ends`() {
    let items = [
      Self.item(1, .preflight, at: 0, lifetime: 60_000_000), Self.item(2, .request, at: 30),
      Self.item(3, .request, at: 40_000), Self.item(4, .request, at: 90_000),
    ]
    #expect(Self.lines(items) == ["1→2", "3 granted by 1", "4 unannounced"])
  }

  static let kinds: [(name: String, kind: SyntheticLog.Kind, precision: Double, recall: Double)] = [
    ("milliseconds", SyntheticLog.Kind(), 0.98, 0.98),
    ("crowded", SyntheticLog.Kind(clients: 4, quiet: 400, pace: 100_000), 0.85, 0.9),
    (
      "crowded, with connections", SyntheticLog.Kind(clients: 4, quiet: 400, pace: 100_000, connections: true), 0.98,
      0.97
    ),
    ("whole seconds", SyntheticLog.Kind(granularity: 1_000_000), 0.93, 0.95),
    ("two clocks half a second apart", SyntheticLog.Kind(skews: [0, 500_000]), 0.97, 0.96),
    ("three clocks", SyntheticLog.Kind(skews: [0, -400_000, 450_000], clients: 120), 0.98, 0.96),
  ]

  @Test(arguments: kinds) func `of a log with known pairs`(
    log: (name: String, kind: SyntheticLog.Kind, precision: Double, recall: Double)
  ) {
    let synthetic = SyntheticLog(log.kind, seed: 41)
    let results = synthetic.pair(granularity: log.kind.granularity, severalClocks: log.kind.skews.count > 1)
    // Every item is accounted for once.
    var preflights: [Int64] = []
    var requests: [Int64] = []
    for result in results {
      switch result {
      case .pair(let preflight, let request, let confidence, _):
        preflights.append(preflight)
        requests.append(request)
        #expect(confidence > 0 && confidence <= 1)
      case .alone(let preflight, let probability):
        preflights.append(preflight)
        #expect(probability >= 0 && probability <= 1)
      case .unannounced(let request, _): requests.append(request)
      }
    }
    #expect(preflights.sorted() == synthetic.items.filter { $0.role == .preflight }.map(\.id).sorted())
    #expect(requests.sorted() == synthetic.items.filter { $0.role == .request }.map(\.id).sorted())

    let judged = synthetic.judged(results)
    let right = Double(judged.count(where: \.isRight))
    #expect(right / Double(judged.count) >= log.precision, "\(log.name): precision")
    #expect(right / Double(synthetic.truth.count) >= log.recall, "\(log.name): recall")
    // Confidence means what it says: pairs given about 0.9 are right nine times in ten.
    for band in [0.5..<0.8, 0.8..<0.95, 0.95..<0.99, 0.99..<1.01] {
      let inside = judged.filter { band.contains($0.confidence) }
      guard inside.count >= 100 else { continue }
      let share = Double(inside.count(where: \.isRight)) / Double(inside.count)
      let mean = inside.reduce(0) { $0 + $1.confidence } / Double(inside.count)
      // Within three deviations of what chance does to so many.
      let tolerance = 0.03 + 3 * (mean * (1 - mean) / Double(inside.count)).squareRoot()
      #expect(
        abs(share - mean) < tolerance, "\(log.name), \(band): \(share) of \(inside.count) are right, said \(mean)")
    }
  }

  @Test func `the result depends on the items alone`() {
    let synthetic = SyntheticLog(SyntheticLog.Kind(skews: [0, 300_000], clients: 10, exchanges: 600), seed: 42)
    let results = synthetic.pair(granularity: 1000, severalClocks: true)
    #expect(synthetic.pair(granularity: 1000, severalClocks: true) == results)
    var random = SplitMix64(seed: 43)
    let shuffled = synthetic.items.map { (random.next(), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    #expect(
      SyntheticLog.pair(SyntheticLog.sorted(shuffled), granularity: 1000, severalClocks: true) == results)
  }
}
