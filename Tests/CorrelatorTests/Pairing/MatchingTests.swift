import Testing

@testable import Correlator

/// How probable each of several possible pairs is.
struct MatchingTests {
  /// The weight of every set of pairs that uses no row and no column twice, and of those that hold each pair: all of them tried.
  static func weigh(_ pairs: [Matching.Pair]) -> (all: Double, with: [Double]) {
    var all = 0.0
    var with = [Double](repeating: 0, count: pairs.count)
    for set in 0..<(1 << pairs.count) {
      let members = pairs.indices.filter { set >> $0 & 1 == 1 }
      guard Set(members.map { pairs[$0].row }).count == members.count,
        Set(members.map { pairs[$0].column }).count == members.count
      else { continue }
      let weight = members.reduce(1.0) { $0 * pairs[$1].weight }
      all += weight
      for member in members { with[member] += weight }
    }
    return (all, with)
  }

  static func matching(_ weights: [(row: Int, column: Int, weight: Double)]) -> Matching {
    let pairs = weights.map { Matching.Pair(row: $0.row, column: $0.column, weight: $0.weight) }
    return Matching(
      pairs, rows: (weights.map(\.row).max() ?? -1) + 1, columns: (weights.map(\.column).max() ?? -1) + 1)
  }

  @Test(arguments: [
    ("one pair", [(0, 0, 9.0)]),
    ("two requests for one preflight", [(0, 0, 40.0), (0, 1, 10.0)]),
    ("two preflights for one request", [(0, 0, 5.0), (1, 0, 5.0)]),
    ("a chain", [(0, 0, 100.0), (0, 1, 30.0), (1, 1, 200.0), (1, 2, 0.5), (2, 2, 8.0)]),
  ])
  func `without a ring of rivals it is exact`(what: String, weights: [(Int, Int, Double)]) {
    let matching = Self.matching(weights)
    let (all, with) = Self.weigh(matching.pairs)
    for (pair, weight) in zip(matching.pairs, with) {
      #expect(abs(pair.probability - weight / all) < 0.001, "\(what)")
    }
  }

  /// Pairs of each row with its own column and the next ones, of weights by chance.
  static func ring(rows: Int, width: Int, _ random: inout SplitMix64) -> Matching {
    let factors = [0.1, 1, 10, 100, 1000]
    return matching(
      (0..<rows * width).map { (row: $0 / width, column: ($0 / width + $0 % width) % rows, factors[random.below(5)]) })
  }

  /// Of few rows everything that may be is counted, and of more the probabilities are passed on from one to the next.
  @Test(arguments: [(2, 2, 1e-9), (3, 3, 1e-9), (5, 3, 1e-9), (6, 2, 0.02)])
  func `with rings it is exact or near, and says of each row all that can become of it`(
    rows: Int, width: Int, tolerance: Double
  ) {
    var random = SplitMix64(seed: 31)
    var far = 0.0
    var count = 0
    for _ in 0..<40 {
      let matching = Self.ring(rows: rows, width: width, &random)
      let (all, with) = Self.weigh(matching.pairs)
      for (pair, weight) in zip(matching.pairs, with) {
        far += abs(pair.probability - weight / all)
        count += 1
      }
      for (row, alone) in matching.alone.enumerated() {
        let told = matching.pairs.filter { $0.row == row }.reduce(alone) { $0 + $1.probability }
        #expect(abs(told - 1) < 0.05)
      }
      let columns = matching.chosen().compactMap { $0?.column }
      #expect(Set(columns).count == columns.count)
    }
    #expect(far / Double(count) < tolerance)
  }

  /// Belief propagation gives the likelier way nearly all.
  @Test func `two ways to cross two pairs are as likely as their weights`() {
    let matching = Self.matching([(0, 0, 3000), (0, 1, 2000), (1, 0, 2000), (1, 1, 2000)])
    #expect(abs(matching.pairs[0].probability - 0.6) < 0.001)
  }

  @Test func `equal rivals share, and are taken in order`() {
    let matching = Self.matching([(0, 0, 1e6), (0, 1, 1e6), (1, 0, 1e6), (1, 1, 1e6)])
    #expect(matching.pairs.allSatisfy { abs($0.probability - 0.5) < 0.01 })
    #expect(matching.chosen().map { $0?.column } == [0, 1])
  }

  @Test func `what is likely to have no pair gets none`() {
    #expect(Self.matching([(0, 0, 0.2)]).chosen().map { $0?.column } == [nil])
    #expect(Self.matching([]).chosen().isEmpty)
  }
}

/// Where gaps of time are counted.
struct GapBinsTests {
  @Test func `every gap has a bin, in order, and bins are no wider than a sixteenth of it`() {
    let bins = GapBins(width: 10_000, earliest: -3_000_000, latest: 45_000_000)
    var last = 0
    for gap in stride(from: bins.earliest, through: bins.latest, by: 3_331) {
      let bin = bins.bin(gap)
      #expect(bin == last || bin == last + 1)
      #expect(gap >= bins.starts[bin] && Double(gap - bins.starts[bin]) < bins.seconds[bin] * 1_000_000)
      #expect(bins.seconds[bin] * 1_000_000 <= max(10_000, Double(abs(gap)) / 15))
      last = bin
    }
    #expect(bins.bin(bins.latest) == bins.starts.count - 1)
  }

  @Test func `a preflight's candidates are within the gaps that have a bin`() {
    let gaps = GapModel(granularity: 1_000, knowsStart: true, severalClocks: true)
    func item(_ role: PairingItem.Role, _ time: Int64) -> PairingItem {
      PairingItem(
        id: time, source: 0, role: role, isSafelisted: false, method: 1, start: time, end: time, knowsStart: true,
        granularity: 1_000, key: 1, client: 1, origin: 0, connection: 0, lifetime: 0)
    }
    var group = PairingGroup()
    let preflight = item(.preflight, 0)
    group.take(preflight)
    for time in [gaps.earliest - 1, gaps.earliest, gaps.latest, gaps.latest + 1] { group.take(item(.request, time)) }
    #expect(group.candidates(for: preflight, gaps) == 1..<3)
  }
}
