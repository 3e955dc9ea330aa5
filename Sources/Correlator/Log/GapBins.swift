/// Bins for gaps of time: of one width near 0, where most pairs lie, and as wide as a 16th of the gap far from it.
struct GapBins {
  /// Microseconds of the narrowest bin, and the range that is looked at.
  let width: Int64
  let earliest: Int64
  let latest: Int64
  /// The first gap of each bin, and how many seconds it spans.
  let starts: [Int64]
  let seconds: [Double]
  private let first: Int

  /// `earliest`, which is no later than 0, is taken to be the start of a bin: that before it, if it is none.
  init(width: Int64, earliest: Int64, latest: Int64) {
    let earliest = -((width - 1 - earliest) / width) * width
    self.width = width
    self.earliest = earliest
    self.latest = latest
    first = GapBins.index(earliest, width)
    let count = GapBins.index(latest, width) - first + 1
    var starts = [Int64](repeating: .max, count: count)
    var gap = earliest
    while gap <= latest {
      let bin = GapBins.index(gap, width) - first
      starts[bin] = min(starts[bin], gap)
      gap += width
    }
    self.starts = starts
    seconds = starts.indices.map { bin in
      Double((bin + 1 < count ? starts[bin + 1] : latest + width) - starts[bin]) / 1_000_000
    }
  }

  func bin(_ gap: Int64) -> Int { GapBins.index(gap, width) - first }

  /// The gap that half of what was counted is short of; `nil` where nothing was.
  func middle(_ counts: [Double]) -> Int64? {
    let total = counts.reduce(0, +)
    var rest = total / 2
    for (bin, count) in counts.enumerated() where count > 0 {
      if count >= rest { return starts[bin] + Int64(rest / count * seconds[bin] * 1_000_000) }
      rest -= count
    }
    return nil
  }

  /// The counts as they were if every gap were longer by `offset`; what falls out of the range is left out.
  func moved(_ counts: [Double], by offset: Int64) -> [Double] {
    var result = [Double](repeating: 0, count: counts.count)
    for (source, count) in counts.enumerated() where count > 0 {
      let start = starts[source] + offset
      let length = Int64(seconds[source] * 1_000_000)
      var from = max(start, earliest)
      while from < min(start + length, latest) {
        let target = bin(from)
        let end = min(start + length, target + 1 < starts.count ? starts[target + 1] : latest + width)
        result[target] += count * Double(end - from) / Double(length)
        from = end
      }
    }
    return result
  }

  private static func index(_ gap: Int64, _ width: Int64) -> Int {
    gap < 0 ? -1 - place((-1 - gap) / width) : place(gap / width)
  }

  /// The place of a number among those that keep its five leading bits.
  private static func place(_ number: Int64) -> Int {
    let shift = max(0, 59 - number.leadingZeroBitCount)
    return shift << 4 + Int(number >> shift)
  }
}
