import Testing

@testable import Correlator

/// What a preflight and a request have in common, besides what they must.
struct TraitModelTests {
  static func item(_ role: PairingItem.Role, _ manner: UInt8, connection: UInt64 = 0) -> PairingItem {
    PairingItem(
      id: 1, source: 0, role: role, isSafelisted: false, method: 1, start: 0, end: 0, knowsStart: true, granularity: 1,
      key: 1, client: 1, origin: 0, connection: connection, lifetime: -1, manner: PairingManner(rawValue: manner))
  }

  static func ratio(_ model: TraitModel, _ one: UInt8, _ other: UInt8) -> Double {
    model.ratio(item(.preflight, one), item(.request, other))
  }

  /// HTTP/1.1 and HTTP/2, without a referer and with one.
  @Test(arguments: [(1, 2), (2, 1), (4, 8), (8, 4)] as [(UInt8, UInt8)])
  func `what pairs share in this log, and strangers often do not, speaks for a pair`(mine: UInt8, another: UInt8) {
    var model = TraitModel()
    for number in 0..<200 {
      model.learn(Self.item(.preflight, mine), Self.item(.request, mine), .pair, 1)
      let stranger = Self.item(.request, number % 2 == 0 ? mine : another)
      model.learn(Self.item(.preflight, mine), stranger, .stranger, 1)
    }
    #expect(Self.ratio(model, mine, mine) > 1.5)
    #expect(Self.ratio(model, mine, another) < 0.1)
    // Nothing is ruled out by what was never seen.
    #expect(Self.ratio(model, mine, another) > 0)
  }

  @Test(arguments: [(0, 0), (0, 1), (8, 0), (1, 8)] as [(UInt8, UInt8)])
  func `what one of the two does not record says nothing`(one: UInt8, other: UInt8) {
    var model = TraitModel()
    for _ in 0..<200 { model.learn(Self.item(.preflight, 10), Self.item(.request, 10), .pair, 1) }
    #expect(Self.ratio(model, one, other) == 1)
  }

  @Test func `nothing is known before anything was seen`() { #expect(Self.ratio(TraitModel(), 1, 2) == 1) }
}
