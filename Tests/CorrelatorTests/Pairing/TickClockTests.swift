import Correlator
import Evidence
import Testing

/// A clock of whole seconds, refined by where a line stands in its second.
struct TickClockTests {
  static func item(line: Int, second: Int64, knowsStart: Bool = false, granularity: Int64 = 1_000_000) -> PairingItem {
    PairingItem(
      id: Int64(line), source: 0, role: .request, isSafelisted: false, method: 1, start: second * 1_000_000,
      end: second * 1_000_000, knowsStart: knowsStart, granularity: granularity, key: 1, client: 1, origin: 0,
      connection: 0, lifetime: 0)
  }

  /// The items' lines and times.
  static func times(_ lines: [(line: Int, second: Int64, start: Int)]) -> [(Int64, Int64)] {
    var clock = TickClock()
    var tick = LogTick()
    var taken: [PairingItem] = []
    for line in lines {
      tick.take(line.second * 1_000_000, line: line.start)
      taken += clock.take(item(line: line.line, second: line.second), in: tick)
    }
    return (taken + clock.flush()).map { ($0.id, $0.end) }
  }

  @Test func `lines are spread over their second in order, and all come out`() {
    let found = Self.times([(1, 10, 1), (3, 10, 1), (4, 10, 1), (5, 11, 5), (8, 11, 5), (9, 12, 9)])
    #expect(found.map(\.0) == [1, 3, 4, 5, 8, 9])
    #expect(found.map(\.1) == found.map(\.1).sorted())
    for (found, second) in zip(found, [10, 10, 10, 11, 11, 12] as [Int64]) { #expect(found.1 / 1_000_000 == second) }
    #expect(found[0].1 == 10_125_000 && found[1].1 == 10_625_000)
  }

  @Test func `a second with more lines than those after it keeps their order`() {
    let found = Self.times([(1, 10, 1), (3, 10, 1), (4, 10, 1), (6, 20, 6)])
    #expect(found.map(\.0) == [1, 3, 4, 6])
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.1 < $1.1 })
    #expect(found[2].1 < 11_000_000)
  }

  @Test(arguments: [(2, 1_000_000), (5, 400_000), (200, 100_000)] as [(Int, Int64)])
  func `the fewer lines a second has, the less a place in it tells`(lines: Int, granularity: Int64) {
    var clock = TickClock()
    var taken: [PairingItem] = []
    for line in [1, lines + 1] {
      let second: Int64 = line == 1 ? 10 : 11
      taken += clock.take(Self.item(line: line, second: second), in: LogTick(second * 1_000_000, start: line))
    }
    #expect(taken.map(\.granularity) == [granularity])
  }

  @Test func `an exact time is no matter for it, nor an end that was worked out`() {
    #expect(TickClock.refines(Self.item(line: 1, second: 10)))
    #expect(!TickClock.refines(Self.item(line: 1, second: 10, granularity: 1000)))
    var worked = Self.item(line: 1, second: 10, knowsStart: true)
    worked.end += 4_000
    #expect(!TickClock.refines(worked))
  }

  @Test func `how long a request took stays as it was logged`() {
    var clock = TickClock()
    var item = Self.item(line: 2, second: 10, knowsStart: true)
    item.start -= 4_000
    #expect(TickClock.refines(item))
    _ = clock.take(item, in: LogTick(10_000_000, start: 1))
    let spread = clock.take(Self.item(line: 3, second: 11), in: LogTick(11_000_000, start: 3))
    #expect(spread.map(\.end) == [10_750_000])
    #expect(spread.map(\.start) == [10_746_000])
  }

  @Test func `servers whose clocks are a second apart keep the order in which they wrote`() {
    let found = Self.times(
      [(1, 10, 1), (2, 9, 2), (3, 10, 3), (4, 11, 4), (5, 10, 5), (6, 11, 6), (7, 12, 7)])
    #expect(found.map(\.0) == [1, 2, 3, 4, 5, 6, 7])
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.1 < $1.1 })
    #expect(found.prefix(6).map { $0.1 / 1_000_000 } == [10, 10, 10, 11, 11, 11])
  }

  @Test func `a clock that goes back further changes nothing`() {
    #expect(Self.times([(1, 10, 1), (2, 8, 2), (3, 11, 3)]).first?.1 == 10_000_000)
  }
}
