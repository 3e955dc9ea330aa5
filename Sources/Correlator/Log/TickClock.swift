/// Refines a clock of whole seconds by the order of the lines: a log is written in the order in which requests end.
///
/// The lines of one second are spread over it evenly. Where lines do not come in order (buffered workers, several logs in one) the
/// times stay as they are.
package struct TickClock {
  package typealias Entry = (item: PairingItem, judged: LogJudge.Judged, subject: LogSubject)

  private var waiting: [Entry] = []
  private var tick: Int64 = .min
  private var start = 0
  private var lastCount = 1
  /// How finely an interpolated time is taken to be known.
  private static let granularity: Int64 = 100_000

  package init() {}

  /// Takes an item in the order of the log; answers the items of the second that it ends.
  package mutating func take(
    _ item: PairingItem, _ judged: LogJudge.Judged, _ subject: LogSubject, tickStart: Int?
  ) -> [Entry] {
    guard let tickStart, !item.knowsStart, item.granularity >= 1_000_000 else {
      return [(item, judged, subject)]
    }
    var ready: [Entry] = []
    if item.end != tick || tickStart != start {
      ready = spread(until: tickStart, next: item.end)
      tick = item.end
      start = tickStart
    }
    waiting.append((item, judged, subject))
    return ready
  }

  /// The items that still wait: of the last second, which is taken to hold as many lines as the one before it.
  package mutating func flush() -> [Entry] {
    guard let last = waiting.last else { return [] }
    let lines = max(lastCount, Int(last.item.id & 0xFFFF_FFFF) - start + 1)
    return spread(until: start + lines, next: tick + last.item.granularity)
  }

  /// Spreads the items of the second that ended before line `line`, which is of the second `next`.
  private mutating func spread(until line: Int, next: Int64) -> [Entry] {
    defer { waiting = [] }
    guard let first = waiting.first else { return [] }
    let step = first.item.granularity
    let ticks = (next - tick) / step
    guard ticks >= 1, line > start else { return waiting }
    // Lines of seconds without an item in between: taken to be as many in each.
    let lines = Double(line - start) / Double(ticks)
    lastCount = Int(lines)
    return waiting.map { entry in
      var item = entry.item
      let place = Double(Int(item.id & 0xFFFF_FFFF) - start) + 0.5
      item.end += Int64(min(0.999, place / max(1, lines)) * Double(step))
      item.start = item.end
      item.granularity = TickClock.granularity
      return (item, entry.judged, entry.subject)
    }
  }
}
