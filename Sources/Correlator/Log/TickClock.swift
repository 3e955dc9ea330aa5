package import Evidence

/// Refines a clock of whole seconds by the order of the lines: a log is written in the order in which requests end.
///
/// The lines of one second are spread over it evenly, those of servers whose clocks are behind among them. Where lines are further
/// out of order (buffered workers, logs put one behind the other) the times stay as they are.
package struct TickClock {
  private var waiting: [PairingItem] = []
  private var tick = LogTick()
  private var lastCount = 1
  /// How finely an interpolated time is taken to be known at best.
  private let finest: Int64 = 100_000

  package init() {}

  /// Whether nothing but a whole second is known of an item's end; how long it took may be known better.
  package static func refines(_ item: PairingItem) -> Bool {
    item.granularity >= 1_000_000 && item.end.isMultiple(of: item.granularity)
  }

  /// Takes an item that it refines, in the order of the log, written in the second `tick`.
  ///
  /// - Returns: All that waited, where it ends their second; else none.
  package mutating func take(_ item: PairingItem, in tick: LogTick) -> [PairingItem] {
    var ended: [PairingItem] = []
    if tick != self.tick {
      ended = spread(until: tick)
      self.tick = tick
    }
    waiting.append(item)
    return ended
  }

  /// Hands out the items that still wait: of the last second, which is taken to hold as many lines as the one before it.
  package mutating func flush() -> [PairingItem] {
    guard let last = waiting.last else { return [] }
    return spread(
      until: LogTick(tick.time + last.granularity, start: tick.start + max(lastCount, place(last) + 1)))
  }

  /// Spreads the items of the second that ended before the second `next` began.
  private mutating func spread(until next: LogTick) -> [PairingItem] {
    guard let first = waiting.first, let last = waiting.last else { return [] }
    var items: [PairingItem] = []
    swap(&items, &waiting)
    let step = first.granularity
    let ticks = (next.time - tick.time) / step
    guard ticks >= 1, next.start > tick.start else { return items }
    // Lines of seconds without an item in between: taken to be as many in each, but this one had its own: their order is kept.
    let usual = Double(next.start - tick.start) / Double(ticks)
    let lines = max(usual, Double(place(last) + 1))
    lastCount = Int(usual)
    // A line may have been written anywhere between its neighbours.
    let granularity = max(finest, min(step, Int64(2 * Double(step) / lines)))
    for index in items.indices {
      let duration = items[index].end - items[index].start
      items[index].end = tick.time + Int64(min(0.999, (Double(place(items[index])) + 0.5) / lines) * Double(step))
      items[index].start = items[index].end - duration
      items[index].granularity = granularity
    }
    return items
  }

  /// How many lines of its second came before an item's.
  private func place(_ item: PairingItem) -> Int { Int(item.id & 0xFFFF_FFFF) - tick.start }
}
