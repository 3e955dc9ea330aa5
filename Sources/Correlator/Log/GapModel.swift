/// How long after its preflight a request follows, learned from the log itself: a histogram for each pair of clocks.
///
/// Pairs that have no rival teach it. What unrelated requests of the same key do shows as a floor, which is taken off.
struct GapModel {
  struct Clocks: Hashable {
    let preflight: Int32
    let request: Int32
  }

  /// Microseconds per bin, and the range that is looked at.
  let width: Int64
  let earliest: Int64
  let latest: Int64
  private var counts: [Clocks: [Double]] = [:]
  private var densities: [Clocks: [Double]] = [:]

  /// `granularity` is the coarsest clock's; `knowsStart` whether gaps end at a request's start and not at its end.
  init(granularity: Int64, knowsStart: Bool, severalClocks: Bool) {
    width = knowsStart ? max(granularity, 10_000) : max(granularity, 100_000)
    let back: Int64 = severalClocks ? 3_000_000 : knowsStart ? max(2 * granularity, 20_000) : granularity
    earliest = -(back + width - 1) / width * width
    latest = knowsStart ? 10_000_000 : 45_000_000
  }

  private var bins: Int { Int((latest - earliest) / width) + 1 }

  func admits(_ gap: Int64) -> Bool { gap >= earliest && gap <= latest }

  private func bin(_ gap: Int64) -> Int? {
    gap < earliest || gap > latest ? nil : Int((gap - earliest) / width)
  }

  mutating func learn(_ gap: Int64, _ clocks: Clocks) {
    guard let bin = bin(gap) else { return }
    let none = [Double](repeating: 0, count: bins)
    counts[clocks, default: none][bin] += 1
  }

  /// Turns what was seen into densities per second.
  mutating func settle() {
    for (clocks, seen) in counts { densities[clocks] = density(seen) }
  }

  private func density(_ seen: [Double]) -> [Double] {
    let smooth = smoothed(seen)
    // Unrelated requests fall anywhere alike: the lower quartile of the bins is theirs.
    let floor = smooth.sorted()[smooth.count / 4]
    let prior = (0..<bins).map(priorDensity)
    let total = prior.reduce(0, +)
    let own = smooth.map { max(0, $0 - floor) }
    let weight = 20.0
    let sum = own.reduce(0, +) + weight
    let perSecond = 1_000_000 / Double(width)
    return zip(own, prior).map { (($0 + weight * $1 / total) / sum) * perSecond }
  }

  private func smoothed(_ seen: [Double]) -> [Double] {
    seen.indices.map { index in
      let before = index > 0 ? seen[index - 1] : seen[index]
      let after = index + 1 < seen.count ? seen[index + 1] : seen[index]
      return (before + 2 * seen[index] + after) / 4
    }
  }

  /// Before anything is learned: most follow within a network round trip, a few much later.
  private func priorDensity(_ bin: Int) -> Double {
    let gap = Double(earliest + Int64(bin) * width) / 1_000_000
    if gap < 0 { return 0.05 / (1 + gap * gap) }
    return 1 / (0.05 + gap * gap) + 0.02
  }

  /// The density, per second, of a true pair's gap.
  func density(_ gap: Int64, _ clocks: Clocks) -> Double {
    guard let bin = bin(gap) else { return 0 }
    if let known = densities[clocks] { return known[bin] }
    let total = (0..<bins).reduce(0) { $0 + priorDensity($1) }
    return priorDensity(bin) / total * 1_000_000 / Double(width)
  }
}
