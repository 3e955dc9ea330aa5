import Correlator
import Evidence
import Testing

/// A clock of whole seconds, refined by where a line stands in its second.
struct TickClockTests {
  static let subject = LogSubject(endpoint: "/x", method: "GET")

  static func item(line: Int, second: Int64, knowsStart: Bool = false, granularity: Int64 = 1_000_000) -> PairingItem {
    PairingItem(
      id: Int64(line), source: 0, role: .request, isSafelisted: false, method: 1, start: second * 1_000_000,
      end: second * 1_000_000, knowsStart: knowsStart, granularity: granularity, key: 1, client: 1, origin: 0,
      connection: 0, lifetime: 0)
  }

  static func times(_ lines: [(line: Int, second: Int64, start: Int?)]) -> [(Int64, Int64)] {
    var clock = TickClock()
    var taken: [PairingItem] = []
    for line in lines {
      taken += clock.take(item(line: line.line, second: line.second), .none, subject, tickStart: line.start).map(\.item)
    }
    taken += clock.flush().map(\.item)
    return taken.map { ($0.id, $0.end) }
  }

  @Test func `lines are spread over their second in order, and all come out`() {
    let found = Self.times([(1, 10, 1), (3, 10, 1), (4, 10, 1), (5, 11, 5), (8, 11, 5), (9, 12, 9)])
    #expect(found.map(\.0) == [1, 3, 4, 5, 8, 9])
    #expect(found.map(\.1) == found.map(\.1).sorted())
    for (found, second) in zip(found, [10, 10, 10, 11, 11, 12] as [Int64]) { #expect(found.1 / 1_000_000 == second) }
    #expect(found[0].1 == 10_125_000 && found[1].1 == 10_625_000)
  }

  @Test func `an exact time, a known start and an unknown place stay as they are`() {
    var clock = TickClock()
    let exact = Self.item(line: 1, second: 10, granularity: 1000)
    #expect(clock.take(exact, .none, Self.subject, tickStart: 1).map(\.item) == [exact])
    let started = Self.item(line: 2, second: 10, knowsStart: true)
    #expect(clock.take(started, .none, Self.subject, tickStart: 1).map(\.item) == [started])
    let placeless = Self.item(line: 3, second: 10)
    #expect(clock.take(placeless, .none, Self.subject, tickStart: nil).map(\.item) == [placeless])
    #expect(clock.flush().isEmpty)
  }

  @Test func `a clock that goes back changes nothing`() {
    #expect(Self.times([(1, 10, 1), (2, 9, 2), (3, 11, 3)]).first?.1 == 10_000_000)
  }
}
