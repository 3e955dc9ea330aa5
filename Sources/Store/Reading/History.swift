import Correlator

/// Failures counted by reason in equal steps of time.
struct History {
  /// More steps than these are no longer told apart by eye.
  static let maximumSteps: Int64 = 72

  /// Lengths that people think in, in seconds.
  private static let lengths: [Int64] = [
    1, 5, 15, 60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 86_400, 7 * 86_400, 28 * 86_400, 364 * 86_400,
  ]

  let start: Int64
  let step: Int64
  private let steps: Int
  private var counts: [String: [Int]] = [:]

  /// `nil` where there is no time, or one that no calendar holds.
  init?(from first: Int64?, to last: Int64?) {
    guard let first, let last, first <= last else { return nil }
    let (length, overflow) = last.subtractingReportingOverflow(first)
    guard !overflow, abs(first / 4) < Int64.max / 8 else { return nil }
    // One step is left free: the first one begins before `first`.
    let fitting = History.lengths.first { $0 * 1_000_000 * (History.maximumSteps - 1) >= length }
    guard let fitting else { return nil }
    step = fitting * 1_000_000
    let remainder = first % step
    start = first - (remainder < 0 ? remainder + step : remainder)
    steps = Int((last - start) / step) + 1
  }

  mutating func add(_ reason: String?, at time: Int64?) {
    guard let time, time >= start else { return }
    let index = Int((time - start) / step)
    guard index < steps else { return }
    counts[reason ?? "", default: Array(repeating: 0, count: steps)][index] += 1
  }

  var timeline: Findings.Timeline? {
    guard !counts.isEmpty else { return nil }
    let sums = counts.map { (reason: $0.key, counts: $0.value, sum: $0.value.reduce(0, +)) }
    let sorted = sums.sorted { ($1.sum, $0.reason) < ($0.sum, $1.reason) }
    return Findings.Timeline(start: start, step: step, series: sorted.map { ($0.reason, $0.counts) })
  }
}
