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
    var strangers = 0.0
    /// How many strangers a second were to be expected around each, summed.
    var expected = 0.0
    /// Whether anything was counted since they were last looked at.
    var isFresh = false

    mutating func fade() {
      isFresh = false
      preflights /= 2
      pairs /= 2
      strangers /= 2
      expected /= 2
    }
  }

  /// By the gap, per second of it.
  private struct Densities {
    /// How likely a pair has it, and the one that most have.
    var pairs: [Double]
    var likeliest: Int64 = 0
    /// What part of the strangers that come anyway have the request's clock.
    var share: Double
    /// How many strangers have it beyond those that come anyway: a page asks for several things at once.
    var company: [Double]
  }

  /// How many pairs the density that was known beforehand is worth.
  private static let worth = 20.0
  /// So few pairs say how many there are, but not where among their neighbours.
  private static let few = 5.0
  /// What the gaps of all clocks together leave of what was known beforehand.
  private static let rest = 0.1

  private let bins: GapBins
  /// Whether bins are narrower than a step of the clock.
  private let isFine: Bool
  private let prior: [Double]
  private var counts: [Clocks: Counts] = [:]
  private var totals: [Int32: Totals] = [:]
  private var densities: [Clocks: Densities] = [:]
  /// Of the clock that told the most of late: a log that begins goes on like the one before it.
  private var recent: Densities?

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
    densities(of: Clocks(preflight: clock, request: clock))?.likeliest ?? 0
  }

  /// How likely a pair has this gap, per second.
  func density(_ gap: Int64, _ clocks: Clocks) -> Double {
    let bin = bins.bin(gap)
    return densities(of: clocks)?.pairs[bin] ?? prior[bin]
  }

  private func densities(of clocks: Clocks) -> Densities? {
    densities[clocks] ?? (clocks.preflight == clocks.request ? recent : nil)
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
    case .stranger:
      counts[clocks]?.strangers[bins.bin(gap)] += weight
      totals[clocks.preflight, default: Totals()].strangers += weight
    }
  }

  /// Counts a preflight of a clock around which strangers come at this rate per second.
  mutating func expect(_ rate: Double, _ clock: Int32) {
    totals[clock, default: Totals()].preflights += 1
    totals[clock]?.isFresh = true
    totals[clock]?.expected += rate
  }

  /// Turns what was counted into densities; it counts half from now on. Of a log that has ended nothing is forgotten.
  mutating func settle() {
    let common = common()
    var most = (pairs: 0.0, clock: Int32.min)
    for (clocks, seen) in counts {
      guard let totals = totals[clocks.preflight], totals.isFresh else { continue }
      let known = common.flatMap { expected(seen, totals, common: $0) } ?? (pairs: prior, share: 1)
      var learned = densities(seen, totals, known.pairs, share: known.share)
      let likeliest = learned.pairs.indices.max { learned.pairs[$0] < learned.pairs[$1] }
      learned.likeliest = likeliest.map { bins.starts[$0] } ?? 0
      densities[clocks] = learned
      if clocks.preflight == clocks.request, (totals.pairs, clocks.preflight) > most {
        most = (totals.pairs, clocks.preflight)
        recent = learned
      }
      counts[clocks] = Counts(pairs: seen.pairs.map { $0 / 2 }, strangers: seen.strangers.map { $0 / 2 })
    }
    for (clock, seen) in totals where seen.isFresh { totals[clock]?.fade() }
  }

  /// What part of all pairs has each gap, whichever clocks tell it: as it were if half of the pairs of any two clocks were before 0.
  private func common() -> [Double]? {
    guard counts.count > 1 else { return nil }
    var sum = [Double](repeating: 0, count: prior.count)
    // Sums depend on their order in the last digits, and the order of a dictionary on the process.
    for clocks in counts.keys.sorted(by: { ($0.preflight, $0.request) < ($1.preflight, $1.request) }) {
      guard let seen = counts[clocks]?.pairs, let middle = bins.middle(seen) else { continue }
      for (bin, count) in bins.moved(seen, by: -middle).enumerated() { sum[bin] += count }
    }
    let total = sum.reduce(0, +)
    return total > 0 ? sum.map { $0 / total } : nil
  }

  /// What two clocks are expected to tell: what all do, but for how far the two are apart; and what part of the strangers is theirs.
  /// `nil` where too few pairs are known: of clocks that hardly meet, as those of a log and the next, nothing is expected.
  private func expected(_ seen: Counts, _ totals: Totals, common: [Double]) -> (pairs: [Double], share: Double)? {
    let pairs = seen.pairs.reduce(0, +)
    guard pairs > GapModel.worth, let middle = bins.middle(seen.pairs) else { return nil }
    let moved = bins.moved(common, by: middle)
    let part = pairs / totals.pairs
    let gaps = prior.indices.map { bin in
      (GapModel.rest * prior[bin] + (1 - GapModel.rest) * moved[bin] / bins.seconds[bin]) * part
    }
    let strangers = seen.strangers.reduce(0, +) + GapModel.worth * part
    return (gaps, strangers / (totals.strangers + GapModel.worth))
  }

  private func densities(_ seen: Counts, _ totals: Totals, _ expected: [Double], share: Double) -> Densities {
    let pairs = shaped(seen.pairs) { expected[$0] * bins.seconds[$0] }
    let strangers = shaped(seen.strangers) { bins.seconds[$0] }
    return Densities(
      pairs: prior.indices.map { bin in
        (pairs[bin] / bins.seconds[bin] + GapModel.worth * expected[bin]) / (totals.pairs + GapModel.worth)
      },
      share: share,
      company: prior.indices.map { bin in
        max(0, strangers[bin] / bins.seconds[bin] - share * totals.expected) / (totals.preflights + GapModel.worth)
      })
  }

  /// Counts by bin, evened out. Of bins that hold few, only the sum is learned, and is spread over them as was expected, by `share`:
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

  /// How many times likelier this gap is that of a pair than that of strangers, who come at this rate per second; and, where
  /// `inCompany`, with what the page asks for beside it.
  func ratio(_ gap: Int64, _ clocks: Clocks, strangers rate: Double, inCompany: Bool) -> Double {
    let bin = bins.bin(gap)
    guard let densities = densities(of: clocks) else { return prior[bin] / rate }
    return densities.pairs[bin] / (rate * densities.share + (inCompany ? densities.company[bin] : 0))
  }
}
