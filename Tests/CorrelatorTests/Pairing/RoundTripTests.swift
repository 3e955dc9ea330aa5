import Testing

@testable import Correlator

/// What a client's other requests tell of when the one at hand is to be expected.
struct RoundTripTests {
  /// Clients whose ways to the server take from 20 to 200 ms: each asks for one target after the other, every two seconds, and its
  /// request follows the preflight within its own way and a few milliseconds.
  struct Traffic {
    static let targets = 8
    var items: [PairingItem] = []
    private var random = SplitMix64(seed: 11)

    static func way(of client: Int) -> Int { 20 + 60 * (client % 4) }

    mutating func add(_ role: PairingItem.Role, _ milliseconds: Int, client: Int, target: Int) {
      items.append(
        PairingItem(
          id: Int64(items.count + 1), source: 0, role: role, isSafelisted: false, method: 0,
          start: Int64(milliseconds) * 1000, end: Int64(milliseconds) * 1000, knowsStart: true, granularity: 1000,
          key: UInt64(client * 1000 + target), client: UInt64(client), origin: 1, connection: 0, lifetime: 0))
    }

    init(clients: Int = 40, isBehindOneAddress: Bool = false) {
      for client in 1...clients {
        for target in 1...Traffic.targets {
          let begin = client * 300 + target * 2000 + random.below(100)
          add(.preflight, begin, client: isBehindOneAddress ? 1 : client, target: client * 10 + target)
          add(
            .request, begin + Traffic.way(of: client) + random.below(10), client: isBehindOneAddress ? 1 : client,
            target: client * 10 + target)
        }
      }
    }

    /// The request that each preflight of a target was paired with, and how surely.
    func pairs(ofTarget target: Int, client: Int) -> [(request: Int64, confidence: Double)] {
      let own = Set(items.filter { $0.key == UInt64(client * 1000 + target) }.map(\.id))
      return SyntheticLog.pair(SyntheticLog.sorted(items), granularity: 1000, severalClocks: false).compactMap {
        guard case .pair(let preflight, let request, let confidence, _) = $0, own.contains(preflight) else {
          return nil
        }
        return (request, confidence)
      }
    }
  }

  /// One preflight, and one request as late as each of two clients' ways.
  @Test(arguments: [(4, 20), (6, 140)])
  func `of two requests the one that took as long as its client's others`(client: Int, way: Int) throws {
    var traffic = Traffic()
    traffic.add(.preflight, 9000, client: client, target: 999)
    traffic.add(.request, 9024, client: client, target: 999)
    traffic.add(.request, 9144, client: client, target: 999)
    let pair = try #require(traffic.pairs(ofTarget: 999, client: client).first)
    #expect(traffic.items[Int(pair.request) - 1].start == Int64(9004 + way) * 1000)
    #expect(pair.confidence > 0.9)
  }

  @Test func `two at once: each took as long as the other`() {
    var traffic = Traffic()
    // Of a client that asks for nothing else.
    for time in [9000, 9020] { traffic.add(.preflight, time, client: 900, target: 1) }
    for time in [9100, 9125] { traffic.add(.request, time, client: 900, target: 1) }
    let pairs = traffic.pairs(ofTarget: 1, client: 900)
    #expect(pairs.map(\.request) == [Int64(traffic.items.count - 1), Int64(traffic.items.count)])
    #expect(pairs.allSatisfy { $0.confidence > 0.8 })
  }

  /// The same traffic, of which nobody can tell whose requests took how long.
  @Test func `behind one address they tell less`() throws {
    func confidence(isBehindOneAddress: Bool) throws -> Double {
      var traffic = Traffic(isBehindOneAddress: isBehindOneAddress)
      let client = isBehindOneAddress ? 1 : 4
      traffic.add(.preflight, 9000, client: client, target: 999)
      traffic.add(.request, 9024, client: client, target: 999)
      traffic.add(.request, 9144, client: client, target: 999)
      return try #require(traffic.pairs(ofTarget: 999, client: client).first).confidence
    }
    #expect(try confidence(isBehindOneAddress: true) < 0.7)
    #expect(try confidence(isBehindOneAddress: false) > 0.9)
  }

  @Test func `clients that are gone are forgotten`() {
    var trips = RoundTrips(granularity: 1000, areTold: true)
    func item(_ role: PairingItem.Role, _ time: Int64, client: Int64) -> PairingItem {
      PairingItem(
        id: time, source: 0, role: role, isSafelisted: false, method: 0, start: time, end: time, knowsStart: true,
        granularity: 1000, key: 1, client: UInt64(client), origin: 1, connection: 0, lifetime: 0)
    }
    for client in 0..<100_000 as Range<Int64> {
      let time = client * 100_000
      trips.note(item(.request, time + 50_000, client: client), behind: [item(.preflight, time, client: client)])
    }
    #expect(trips.count < 25_000)
    #expect(trips.near(item(.preflight, 99_999 * 100_000 + 10, client: 99_999)).count == 1)
    #expect(trips.near(item(.preflight, 10, client: 0)).isEmpty)
  }
}
