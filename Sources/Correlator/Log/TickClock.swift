/// Refines a clock of whole seconds by the order of the lines: a log is written in the order in which requests end.
///
/// The lines of one second are spread over it evenly. Where lines do not come in order (buffered workers, several logs in one) the
/// times stay as they are.
package struct TickClock {
  private var waiting: [PairingItem] = []
  private var tick: Int64 = .min
  private var start = 0
  private var lastCount = 1
  /// How finely an interpolated time is taken to be known at best.
  private let finest: Int64 = 100_000

  package init() {}

  /// Whether nothing but a whole second is known of an item's time.
  package static func refines(_ item: PairingItem) -> Bool { !item.knowsStart && item.granularity >= 1_000_000 }

  /// Takes an item that it refines, in the order of the log; `tickStart` is the first line of its second.
  ///
  /// - Returns: All that waited, where it ends their second; else none.
  package mutating func take(_ item: PairingItem, tickStart: Int) -> [PairingItem] {
    var ended: [PairingItem] = []
    if item.end != tick || tickStart != start {
      ended = spread(until: tickStart, next: item.end)
      tick = item.end
      start = tickStart
    }
    waiting.append(item)
    return ended
  }

  /// Hands out the items that still wait: of the last second, which is taken to hold as many lines as the one before it.
  package mutating func flush() -> [PairingItem] {
    guard let last = waiting.last else { return [] }
    return spread(until: start + max(lastCount, place(last) + 1), next: tick + last.granularity)
  }

  /// Spreads the items of the second that ended before line `line`, which is of the second `next`.
  private mutating func spread(until line: Int, next: Int64) -> [PairingItem] {
    guard let first = waiting.first, let last = waiting.last else { return [] }
    var items: [PairingItem] = []
    swap(&items, &waiting)
    let step = first.granularity
    let ticks = (next - tick) / step
    guard ticks >= 1, line > start else { return items }
    // Lines of seconds without an item in between: taken to be as many in each, but this one had its own: their order is kept.
    let usual = Double(line - start) / Double(ticks)
    let lines = max(usual, Double(place(last) + 1))
    lastCount = Int(usual)
    // A line may have been written anywhere between its neighbours.
    let granularity = max(finest, min(step, Int64(2 * Double(step) / lines)))
    for index in items.indices {
      items[index].end += Int64(min(0.999, (Double(place(items[index])) + 0.5) / lines) * Double(step))
      items[index].start = items[index].end
      items[index].granularity = granularity
    }
    return items
  }

  /// How many lines of its second came before an item's.
  private func place(_ item: PairingItem) -> Int { Int(item.id & 0xFFFF_FFFF) - start }
}
