import Testing

@testable import Correlator

/// The parts that the pairing of logs is made of.
struct AssignmentTests {
  /// Every way to pair, tried.
  static func best(_ gains: [[Double]], row: Int = 0, used: Set<Int> = []) -> Double {
    guard row < gains.count else { return 0 }
    var most = best(gains, row: row + 1, used: used)
    for (column, gain) in gains[row].enumerated() where gain > 0 && !used.contains(column) {
      most = max(most, gain + best(gains, row: row + 1, used: used.union([column])))
    }
    return most
  }

  @Test func `no assignment gains more, and none pairs at a loss`() {
    var random = SplitMix64(seed: 31)
    for _ in 0..<400 {
      let (rows, columns) = (1 + random.below(5), 1 + random.below(5))
      let gains = (0..<rows).map { _ in
        (0..<columns).map { _ in random.below(4) == 0 ? -Double.infinity : Double(random.below(2000) - 600) / 100 }
      }
      let found = Assignment.best(gains)
      let pairs = found.enumerated().compactMap { row, column in column.map { (row, $0) } }
      #expect(found.count == rows && Set(pairs.map(\.1)).count == pairs.count)
      #expect(pairs.allSatisfy { gains[$0.0][$0.1] > 0 })
      let gained = pairs.reduce(0) { $0 + gains[$1.0][$1.1] }
      #expect(abs(gained - Self.best(gains)) < 1e-9, "\(gains)")
      // Island by island it is the same.
      let split = Component.split(gains).flatMap { $0.assignment(gains) }
      #expect(abs(split.reduce(0) { $0 + gains[$1.row][$1.column] } - gained) < 1e-9, "\(gains)")
    }
  }

  @Test func `nothing to assign`() {
    #expect(Assignment.best([]) == [])
    #expect(Assignment.best([[]]).allSatisfy { $0 == nil })
    #expect(Component.split([[-1]]).isEmpty)
  }

  @Test func `a pair is as sure as its rivals are weak`() {
    #expect(Confidence.pair([[10]], row: 0, column: 0) > 0.9999)
    #expect(abs(Confidence.pair([[5, 5]], row: 0, column: 0) - 0.5) < 0.01)
    #expect(abs(Confidence.pair([[5], [5]], row: 0, column: 0) - 0.5) < 0.01)
    #expect(abs(Confidence.alone([[0]], row: 0) - 0.5) < 1e-9)
    #expect(Confidence.alone([[-.infinity, -.infinity]], row: 0) == 1)
  }

  @Test(arguments: [1e-9, 0.1, 0.5, 1, 2.718281828459045, 3, 100, 1e12]) func `logarithms undo powers`(value: Double) {
    #expect(abs(exp(log(value)) - value) <= value * 1e-11)
    #expect(
      abs(log(exp(value.truncatingRemainder(dividingBy: 50))) - value.truncatingRemainder(dividingBy: 50)) < 1e-10)
  }
}
