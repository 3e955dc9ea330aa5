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

  static func times(_ lines: [(line: Int, second: Int64, start: Int?)]) -> [(Int64, Int64)] {
    var clock = TickClock<Int>()
    var taken: [(item: PairingItem, line: Int)] = []
    for line in lines {
      clock.take(item(line: line.line, second: line.second), line.line, tickStart: line.start) { taken.append($0) }
    }
    clock.flush { taken.append($0) }
    #expect(taken.allSatisfy { $0.item.id == $0.line })
    return taken.map { ($0.item.id, $0.item.end) }
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
    var clock = TickClock<Int>()
    var taken: [PairingItem] = []
    for line in [1, lines + 1] {
      let item = Self.item(line: line, second: line == 1 ? 10 : 11)
      clock.take(item, line, tickStart: line) { taken.append($0.item) }
    }
    #expect(taken.map(\.granularity) == [granularity])
  }

  @Test func `an exact time, a known start and an unknown place stay as they are`() {
    var clock = TickClock<Int>()
    var taken: [PairingItem] = []
    let exact = Self.item(line: 1, second: 10, granularity: 1000)
    let started = Self.item(line: 2, second: 10, knowsStart: true)
    let placeless = Self.item(line: 3, second: 10)
    for (item, start) in [(exact, 1), (started, 1), (placeless, nil)] {
      clock.take(item, 0, tickStart: start) { taken.append($0.item) }
    }
    #expect(taken == [exact, started, placeless])
    clock.flush { taken.append($0.item) }
    #expect(taken.count == 3)
  }

  @Test func `a clock that goes back changes nothing`() {
    #expect(Self.times([(1, 10, 1), (2, 9, 2), (3, 11, 3)]).first?.1 == 10_000_000)
  }
}
