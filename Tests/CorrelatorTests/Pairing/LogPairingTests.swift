import Evidence
import Fetch
import Testing

@testable import Correlator

/// Preflights in server logs, and what followed them.
struct LogPairingTests {
  static func item(
    _ id: Int64, _ role: PairingItem.Role, at milliseconds: Int64, key: UInt64 = 1, origin: UInt64 = 1,
    method: UInt32 = 1, lifetime: Int64 = 0, connection: UInt64 = 0, host: UInt32 = 1, port: UInt16 = 1,
    userAgent: UInt32 = 1
  ) -> PairingItem {
    PairingItem(
      id: id, source: 0, role: role, isSafelisted: false, method: method, start: milliseconds * 1000,
      end: milliseconds * 1000, knowsStart: true, granularity: 1000, key: key, client: key, origin: origin,
      connection: connection, lifetime: lifetime, host: host, port: port, userAgent: userAgent)
  }

  /// `1→2`, `3 alone`, `4 unannounced`, `5 granted by 1`: in the order of the first id.
  static func lines(_ items: [PairingItem]) -> [String] {
    SyntheticLog.pair(SyntheticLog.sorted(items), granularity: 1000, severalClocks: false).map {
      result -> (Int64, String) in
      switch result {
      case .pair(let preflight, let request, _, _): (preflight, "\(preflight)→\(request)")
      case .alone(let preflight, _): (preflight, "\(preflight) alone")
      case .undecided(let preflight): (preflight, "\(preflight) undecided")
      case .unannounced(let request, nil): (request, "\(request) unannounced")
      case .unannounced(let request, let grant?): (request, "\(request) granted by \(grant)")
      }
    }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Its preflight names the page where a redirect has made it null: nothing to part the two by.
  @Test(arguments: [
    (UserAgent.firefox, "null", PairingItem.Role.request, true), (UserAgent.firefox, "null", .preflight, false),
    (UserAgent.firefox, "https://app.example", .request, false), (UserAgent.chromium, "null", .request, false),
  ])
  func `a null origin tells nothing of Firefox's requests`(
    agent: String, origin: String, role: PairingItem.Role, isLeftOut: Bool
  ) {
    let line = Exchange(
      locator: Locator(entry: 1, offset: 0), method: "PUT", url: "/x",
      request: HeaderRecord(["User-Agent": agent, "Origin": origin]), status: 204)
    var subjects = LogSubjects()
    let kind = PairingKind(line, subjects.subject(of: line, endpoint: "/x"), role)
    #expect((kind.origin == 0) == isLeftOut)
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
    item(2, .request, at: 30, host: 2), item(2, .request, at: 30, port: 2), item(2, .request, at: 30, userAgent: 2),
    item(2, .request, at: 50_000), item(2, .request, at: -1000),
  ])
  func `another target, origin, method, server, user agent or time is none of its`(request: PairingItem) {
    #expect(Self.lines([Self.item(1, .preflight, at: 0), request]) == ["1 alone", "2 unannounced"])
  }

  @Test(arguments: [
    item(1, .preflight, at: 0, origin: 0, method: 0), item(1, .preflight, at: 0, host: 0),
    item(1, .preflight, at: 0, port: 0), item(1, .preflight, at: 0, userAgent: 0),
  ])
  func `what was not recorded contradicts nothing`(preflight: PairingItem) {
    #expect(Self.lines([preflight, Self.item(2, .request, at: 30)]) == ["1→2"])
  }

  @Test func `a preflight that passes without credentials alone was not followed by a request that had some`() {
    var (refusing, bearing) = (Self.item(1, .preflight, at: 0), Self.item(2, .request, at: 30))
    refusing.manner = PairingManner(rawValue: 1 << 7)
    bearing.manner = refusing.manner
    #expect(Self.lines([refusing, bearing]) == ["1 alone", "2 unannounced"])
    #expect(Self.lines([refusing, Self.item(2, .request, at: 30)]) == ["1→2"])
    #expect(Self.lines([Self.item(1, .preflight, at: 0), bearing]) == ["1→2"])
  }

  @Test func `what often comes as a second is still the first where none came before it`() {
    // Half of the pages ask for the same once more within the grant; most other preflights are refused.
    var items = (0..<400).flatMap { number in
      let (id, time, key) = (Int64(number) * 3 + 1, Int64(number) * 60_000, UInt64(number) + 1)
      let preflight = Self.item(id, .preflight, at: time, key: key)
      guard number % 2 == 0 else { return [preflight] }
      return [
        preflight, Self.item(id + 1, .request, at: time + 5, key: key),
        Self.item(id + 2, .request, at: time + 55, key: key),
      ]
    }
    items.append(Self.item(9001, .preflight, at: 30_000_000, key: 9001))
    items.append(Self.item(9002, .request, at: 30_000_055, key: 9001))
    #expect(Self.lines(items).contains("9001→9002"))
  }

  @Test func `four at once: each request is used once, in order`() {
    let preflights = (0..<4).map { Self.item(Int64($0) + 1, .preflight, at: Int64($0) * 200) }
    let requests = (0..<4).map { Self.item(Int64($0) + 11, .request, at: Int64($0) * 200 + 30) }
    #expect(Self.lines(preflights + requests) == ["1→11", "2→12", "3→13", "4→14"])
  }

  @Test(arguments: [100_000, 121_212, 140_577, 292_682, 1_000_000] as [Int64])
  func `however finely times are known, a request follows its preflight`(granularity: Int64) {
    var pairing = LogPairing(granularity: granularity, knowsStart: false, severalClocks: false)
    let items = (0..<200 as Range<Int64>).flatMap { number in
      [
        Self.item(number * 2 + 1, .preflight, at: number * 60_000, key: UInt64(number) + 1),
        Self.item(number * 2 + 2, .request, at: number * 60_000 + 40, key: UInt64(number) + 1),
      ]
    }
    for item in items { pairing.learn(item) }
    pairing.settle()
    var pairs = 0
    func count(_ result: PairingResult) { if case .pair = result { pairs += 1 } }
    for item in items { pairing.decide(item, emit: count) }
    pairing.finish(emit: count)
    #expect(pairs == 200)
  }

  @Test func `a grant lets others through until it ends`() {
    let items = [
      Self.item(1, .preflight, at: 0, lifetime: 60_000_000), Self.item(2, .request, at: 30),
      Self.item(3, .request, at: 40_000), Self.item(4, .request, at: 90_000),
    ]
    #expect(Self.lines(items) == ["1→2", "3 granted by 1", "4 unannounced"])
  }

  @Test func `a preflight that waits for nobody does not take a stranger who comes much later`() {
    // Eight rivals far apart would make each other likely, if a log were believed on so few.
    var items: [PairingItem] = []
    for number in 0..<400 {
      let (id, key, time) = (Int64(number) * 2 + 1, UInt64(number) + 1, Int64(number) * 60_000)
      items.append(Self.item(id, .preflight, at: time, key: key))
      if number % 10 == 0 {
        if number % 50 == 0 { items.append(Self.item(id + 1, .request, at: time + 7_400, key: key)) }
      } else {
        items.append(Self.item(id + 1, .request, at: time + 40 + Int64(number % 7) * 10, key: key))
        if number % 3 == 0 { items.append(Self.item(id + 5000, .request, at: time + 5_000 + id, key: key)) }
      }
    }
    let late = Self.lines(items).filter { line in
      stride(from: 0, to: 400, by: 50).contains { line.hasPrefix("\($0 * 2 + 1)→") }
    }
    #expect(late.isEmpty)
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
    ("two clocks in one log", SyntheticLog.Kind(skews: [0, 500_000], isOneLog: true), 0.965, 0.98),
    ("crowded, methods tell", SyntheticLog.Kind(clients: 4, quiet: 400, pace: 100_000, namesMethod: false), 0.9, 0.93),
    ("three clocks", SyntheticLog.Kind(skews: [0, -400_000, 450_000], clients: 120), 0.98, 0.96),
    (
      "four servers, short logs, many refused",
      SyntheticLog.Kind(skews: [0, 300_000, 0, -500_000], clients: 100, exchanges: 1000, pace: 400_000, followed: 60),
      0.95, 0.98
    ),
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
      case .undecided(let preflight): preflights.append(preflight)
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

  @Test func `a log that was rotated is paired as if it were one`() {
    let kind = SyntheticLog.Kind(clients: 12, exchanges: 4000, pace: 50_000, strangers: 60)
    let whole = SyntheticLog(kind, seed: 44)
    var rotated = whole
    for index in rotated.items.indices { rotated.items[index].source = Int32(index * 8 / rotated.items.count) }
    let rights = [whole, rotated].map { log in
      Double(log.judged(log.pair(granularity: 1000, severalClocks: true)).count(where: \.isRight))
    }
    #expect(rights[1] > 0.97 * rights[0])
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

  /// A robot asks one target hundreds of times a second, for minutes.
  @Test func `a crowd is decided as it goes, and waits in bounded memory`() {
    let count: Int64 = 12_000
    let items = (0..<count).map { number in
      Self.item(number + 1, number % 2 == 0 ? .preflight : .request, at: number / 20)
    }
    var pairing = LogPairing(granularity: 1000, knowsStart: true, severalClocks: false)
    for item in items { pairing.learn(item) }
    pairing.settle()
    var most = 0
    var (taken, told) = (0, 0)
    for item in items {
      pairing.decide(item) { result in
        if case .pair = result { told += 2 } else { told += 1 }
      }
      taken += 1
      most = max(most, taken - told)
    }
    pairing.finish { result in
      if case .pair = result { told += 2 } else { told += 1 }
    }
    #expect(told == items.count)
    #expect(most <= PairingGroup.mostOpen)
  }

  @Test func `of a crowd each preflight weighs a few, around the likeliest gap`() {
    let gaps = GapModel(granularity: 1000, knowsStart: true, severalClocks: false)
    for (perSecond, most) in [(2, 256), (20, 256), (200, 32), (2000, 32)] as [(Int64, Int)] {
      var group = PairingGroup()
      for number in 0..<perSecond * 30 { group.take(Self.item(number + 1, .request, at: number * 1000 / perSecond)) }
      let preflight = Self.item(0, .preflight, at: 10_000)
      let candidates = group.candidates(for: preflight, gaps)
      #expect(!candidates.isEmpty && candidates.count <= most)
      #expect(candidates.contains { group.requests[$0].time == preflight.time })
    }
  }
}
