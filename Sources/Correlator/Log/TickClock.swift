/// Refines a clock of whole seconds by the order of the lines: a log is written in the order in which requests end.
///
/// The lines of one second are spread over it evenly. Where lines do not come in order (buffered workers, several logs in one) the
/// times stay as they are.
package struct TickClock<Line> {
  package typealias Entry = (item: PairingItem, line: Line)

  private var waiting: [Entry] = []
  private var tick: Int64 = .min
  private var start = 0
  private var lastCount = 1
  /// How finely an interpolated time is taken to be known at best.
  private let finest: Int64 = 100_000

  package init() {}

  /// Takes an item in the order of the log, and hands on the items of the second that it ends.
  package mutating func take<Failure>(
    _ item: PairingItem, _ line: Line, tickStart: Int?, _ body: (Entry) throws(Failure) -> Void
  ) throws(Failure) {
    guard let tickStart, !item.knowsStart, item.granularity >= 1_000_000 else { return try body((item, line)) }
    if item.end != tick || tickStart != start {
      try spread(until: tickStart, next: item.end, body)
      tick = item.end
      start = tickStart
    }
    waiting.append((item, line))
  }

  /// Hands on the items that still wait: of the last second, which is taken to hold as many lines as the one before it.
  package mutating func flush<Failure>(_ body: (Entry) throws(Failure) -> Void) throws(Failure) {
    guard let last = waiting.last else { return }
    let lines = max(lastCount, Int(last.item.id & 0xFFFF_FFFF) - start + 1)
    try spread(until: start + lines, next: tick + last.item.granularity, body)
  }

  /// Spreads the items of the second that ended before line `line`, which is of the second `next`.
  private mutating func spread<Failure>(
    until line: Int, next: Int64, _ body: (Entry) throws(Failure) -> Void
  ) throws(Failure) {
    guard let first = waiting.first else { return }
    defer { waiting.removeAll(keepingCapacity: true) }
    let step = first.item.granularity
    let ticks = (next - tick) / step
    let isOrdered = ticks >= 1 && line > start
    // Lines of seconds without an item in between: taken to be as many in each, but this one had its own: their order is kept.
    let usual = isOrdered ? Double(line - start) / Double(ticks) : 1
    let lines = max(usual, Double(place(waiting.last) + 1))
    if isOrdered { lastCount = Int(usual) }
    // A line may have been written anywhere between its neighbours.
    let granularity = max(finest, min(step, Int64(2 * Double(step) / lines)))
    for var entry in waiting {
      if isOrdered {
        entry.item.end += Int64(min(0.999, (Double(place(entry)) + 0.5) / lines) * Double(step))
        entry.item.start = entry.item.end
        entry.item.granularity = granularity
      }
      try body(entry)
    }
  }

  /// How many lines of its second came before an item's.
  private func place(_ entry: Entry?) -> Int { entry.map { Int($0.item.id & 0xFFFF_FFFF) - start } ?? 0 }
}
