import Correlator
import Fetch

/// What the items of all logs are like.
struct LogCensus {
  /// Whether every item's start is known.
  private(set) var knowsStart = true
  /// Whether every item's user agent, and its host, is known.
  private(set) var namesAgent = true
  private(set) var namesHost = true
  /// Whether some were answered by a redirect.
  private(set) var hasRedirects = false
  private var count = 0
  private var granularities: [Int64: Int] = [:]
  private var sources: Set<Int32> = []
  private var withPossible: Set<Int32> = []
  /// How often a line is of an earlier time than the one before it, by more than a server takes to write it.
  private var stepsBack = 0

  /// Items of one source are neighbours: its sets are asked once.
  private var source: Int32 = -1
  private var isPossible = false
  private var last: Int64?

  /// Microseconds by which lines of one server may be out of order.
  private static let hesitation: Int64 = 50_000

  /// Counts an item; they come in the order of their lines. The place has its exchange's own time, whatever the order of lines made of it.
  mutating func add(_ item: PairingItem, _ flags: Int64, _ place: RequestPlace) {
    count += 1
    if let status = place.status, Redirect.isRedirectStatus(status) { hasRedirects = true }
    granularities[item.granularity, default: 0] += 1
    if !item.knowsStart { knowsStart = false }
    if item.userAgent == 0 { namesAgent = false }
    if item.host == 0 { namesHost = false }
    if item.source != source {
      source = item.source
      sources.insert(source)
      isPossible = false
      last = nil
    }
    let end = place.startedAt.map { $0 + item.end - item.start } ?? item.end
    if let last, end < last - LogCensus.hesitation { stepsBack += 1 }
    last = end
    guard !isPossible, flags & LineKindFlag.possible != 0 else { return }
    isPossible = true
    withPossible.insert(source)
  }

  /// How finely the items' times are known, in microseconds: as the coarsest that more than a twentieth of them have.
  var granularity: Int64 {
    max(1, granularities.filter { $0.value * 20 > count }.keys.max() ?? 1_000_000)
  }

  /// Whether the items' times come from more than one clock: from several logs, or from several servers that wrote into one.
  var hasSeveralClocks: Bool { sources.count > 1 || stepsBack * 50 > count }

  /// Whether this request's log has some that get a verdict only with a preflight.
  func hasPossible(_ request: Int64) -> Bool { withPossible.contains(Int32(truncatingIfNeeded: request >> 32)) }
}
