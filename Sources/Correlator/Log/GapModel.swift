/// How long after its preflight a request follows, and what else comes around a preflight: learned from the log itself, by a
/// histogram for each pair of clocks.
struct GapModel {
  struct Clocks: Hashable {
    let preflight: Int32
    let request: Int32
  }

  private struct Counts {
    var pairs: [Double]
    var strangers: [Double]
  }

  /// What is known of the preflights of one clock.
  private struct Totals {
    var preflights = 0.0
    var pairs = 0.0
    /// How many strangers a second were to be expected around each, summed.
    var expected = 0.0

    mutating func fade() {
      preflights /= 2
      pairs /= 2
      expected /= 2
    }
  }

  /// By the gap, per second of it.
  private struct Densities {
    /// How likely a pair has it, and the one that most have.
    var pairs: [Double]
    var likeliest: Int64 = 0
    /// How many strangers have it beyond those that come anyway: a page asks for several things at once.
    var company: [Double]
  }

  /// How many pairs the density that was known beforehand is worth.
  private static let worth = 20.0
  /// So few pairs say how many there are, but not where among their neighbours.
  private static let few = 5.0

  private let bins: GapBins
  /// Whether bins are narrower than a step of the clock.
  private let isFine: Bool
  private let prior: [Double]
  private var counts: [Clocks: Counts] = [:]
  private var totals: [Int32: Totals] = [:]
  private var densities: [Clocks: Densities] = [:]

  /// `granularity` is the coarsest clock's; `knowsStart` whether gaps end at a request's start and not at its end; `severalClocks`
  /// whether a request may seem to come before its preflight.
  init(granularity: Int64, knowsStart: Bool, severalClocks: Bool) {
    let width = knowsStart ? max(granularity, 10_000) : max(granularity / 5, 20_000)
    isFine = width < granularity
    let back: Int64 = severalClocks ? 3_000_000 : knowsStart ? max(2 * granularity, 20_000) : granularity
    bins = GapBins(width: width, earliest: -back, latest: knowsStart ? 10_000_000 : 45_000_000)
    let weights = bins.starts.map { GapModel.priorDensity($0, severalClocks: severalClocks) }
    let total = zip(weights, bins.seconds).reduce(0) { $0 + $1.0 * $1.1 }
    prior = weights.map { $0 / total }
  }

  var earliest: Int64 { bins.earliest }
  var latest: Int64 { bins.latest }
  /// Beyond it nobody comes in company of a preflight.
  var late: Int64 { bins.latest / 3 }

  /// The likeliest gap between two that one clock tells.
  func likeliest(from clock: Int32) -> Int64 {
    densities[Clocks(preflight: clock, request: clock)]?.likeliest ?? 0
  }

  /// How likely a pair has this gap, per second.
  func density(_ gap: Int64, _ clocks: Clocks) -> Double {
    let bin = bins.bin(gap)
    return densities[clocks]?.pairs[bin] ?? prior[bin]
  }

  /// Before anything is learned: most follow within a network round trip, a few much later; of several clocks nobody knows how far
  /// they are apart.
  private static func priorDensity(_ microseconds: Int64, severalClocks: Bool) -> Double {
    let gap = Double(microseconds) / 1_000_000
    if severalClocks { return 1 / (0.3 + gap * gap) + 0.02 }
    if gap < 0 { return 0.05 / (1 + gap * gap) }
    return 1 / (0.05 + gap * gap) + 0.02
  }

  /// Counts two that are to each other what `relation` says, as far as `weight` says so.
  mutating func learn(_ gap: Int64, _ clocks: Clocks, _ relation: Relation, _ weight: Double) {
    if counts[clocks] == nil {
      let none = [Double](repeating: 0, count: prior.count)
      counts[clocks] = Counts(pairs: none, strangers: none)
    }
    switch relation {
    case .pair:
      counts[clocks]?.pairs[bins.bin(gap)] += weight
      totals[clocks.preflight, default: Totals()].pairs += weight
    case .stranger: counts[clocks]?.strangers[bins.bin(gap)] += weight
    }
  }

  /// Counts a preflight of a clock around which strangers come at this rate per second.
  mutating func expect(_ rate: Double, _ clock: Int32) {
    totals[clock, default: Totals()].preflights += 1
    totals[clock]?.expected += rate
  }

  /// Turns what was counted into densities; it counts half from now on.
  mutating func settle() {
    for (clocks, seen) in counts {
      var learned = densities(seen, totals[clocks.preflight] ?? Totals())
      let likeliest = learned.pairs.indices.max { learned.pairs[$0] < learned.pairs[$1] }
      learned.likeliest = likeliest.map { bins.starts[$0] } ?? 0
      densities[clocks] = learned
      counts[clocks] = Counts(pairs: seen.pairs.map { $0 / 2 }, strangers: seen.strangers.map { $0 / 2 })
    }
    for clock in totals.keys { totals[clock]?.fade() }
  }

  private func densities(_ seen: Counts, _ totals: Totals) -> Densities {
    let pairs = shaped(seen.pairs) { prior[$0] * bins.seconds[$0] }
    let strangers = shaped(seen.strangers) { bins.seconds[$0] }
    return Densities(
      pairs: prior.indices.map { bin in
        (pairs[bin] / bins.seconds[bin] + GapModel.worth * prior[bin]) / (totals.pairs + GapModel.worth)
      },
      company: prior.indices.map { bin in
        max(0, strangers[bin] / bins.seconds[bin] - totals.expected) / (totals.preflights + GapModel.worth)
      })
  }

  /// Where they are rare, only how many they are is learned, and where among them is as it was known beforehand, `share` by bin:
  /// else a handful of strangers taken for pairs would make each other likely, and a handful of pairs each other strangers.
  private func shaped(_ seen: [Double], share: (Int) -> Double) -> [Double] {
    var result = smoothed(seen)
    var bin = 0
    while bin < result.count {
      let first = bin
      var sum = 0.0
      var weight = 0.0
      while bin < result.count, result[bin] < GapModel.few, sum < GapModel.few {
        sum += result[bin]
        weight += share(bin)
        bin += 1
      }
      for index in first..<bin { result[index] = sum * share(index) / weight }
      if bin == first { bin += 1 }
    }
    return result
  }

  /// Where a bin holds few, or is finer than the clock, its neighbours speak for it too.
  private func smoothed(_ seen: [Double]) -> [Double] {
    seen.indices.map { index in
      guard isFine || seen[index] < GapModel.worth else { return seen[index] }
      let before = index > 0 ? seen[index - 1] : seen[index]
      let after = index + 1 < seen.count ? seen[index + 1] : seen[index]
      return (before + 2 * seen[index] + after) / 4
    }
  }

  /// How many times likelier this gap is that of a pair than that of strangers, who come at this rate per second.
  func ratio(_ gap: Int64, _ clocks: Clocks, strangers rate: Double) -> Double {
    let bin = bins.bin(gap)
    guard let densities = densities[clocks] else { return prior[bin] / rate }
    return densities.pairs[bin] / (rate + densities.company[bin])
  }
}
