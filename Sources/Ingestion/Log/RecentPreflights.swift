/// The (client, target) pairs that a preflight was made for, with when: a table in which the newest win.
///
/// It grows with how many come at a time, not with how many come: only where young ones would have to give way.
struct RecentPreflights {
  private typealias Slot = LogMemory.Preflight

  private static let free = Slot(key: 0, path: 0, seconds: .min)

  private var slots: [Slot] = []
  /// Small pictures of the paths and of the keys, which stay in the processor's cache: most requests end at the first, without
  /// a look at their client.
  private var paths: [UInt64] = []
  private var keys: [UInt64] = []
  private var noted = 0
  /// How many gave way since the pictures were drawn though they were young.
  private var lost = 0
  private var size = 1 << 16

  /// The places that a key may have; of a full set the oldest gives way.
  private static let places = 4
  /// Seconds for which the request of a preflight may still come: longer than the pairing looks for it.
  private static let youth: Int64 = 30
  /// It grows where more than one in so many is lost, and no further than to this size, which takes 27 MB.
  private static let tolerance = 1000
  private static let largest = 1 << 20

  mutating func note(_ line: LogLine, seconds: Int64) {
    note(LogMemory.Preflight(key: line.clientAndTarget(), path: line.pathHash, seconds: seconds))
  }

  mutating func note(_ slot: LogMemory.Preflight) {
    if slots.isEmpty {
      slots = [Slot](repeating: RecentPreflights.free, count: size)
      clearPictures()
    }
    let place = place(for: slot.key)
    let old = slots[place]
    slots[place] = slot
    mark(slot)
    noted += 1
    if old.key != 0, old.key != slot.key, slot.seconds - old.seconds < RecentPreflights.youth { lost += 1 }
    if lost > 16, lost * RecentPreflights.tolerance > noted, size < RecentPreflights.largest {
      grow()
    } else if noted > 3 * size {
      redraw()
    }
  }

  /// Those whose requests may still come, within `window` seconds of the last, `limit` at most: the newest, the newest first.
  func newest(window: Int64, limit: Int) -> [LogMemory.Preflight] {
    let last = slots.max { $0.seconds < $1.seconds }?.seconds ?? .min
    guard last > .min else { return [] }
    // By age: to sort all of a busy log's takes longer than to count them.
    var counts = [Int](repeating: 0, count: Int(window) + 1)
    for slot in slots where slot.key != 0 && last - slot.seconds <= window { counts[Int(last - slot.seconds)] += 1 }
    var (age, sum) = (Int64(0), 0)
    while age < window, sum < limit {
      sum += counts[Int(age)]
      age += 1
    }
    let found = slots.filter { $0.key != 0 && last - $0.seconds <= age }
    return Array(found.sorted { ($0.seconds, $0.key) > ($1.seconds, $1.key) }.prefix(limit))
  }

  /// Where a key stands, or in place of what it comes.
  private func place(for key: UInt64) -> Int {
    let first = Int(truncatingIfNeeded: key) & (size - RecentPreflights.places)
    var oldest = first
    for place in first..<first + RecentPreflights.places {
      if slots[place].key == key { return place }
      if slots[place].seconds < slots[oldest].seconds { oldest = place }
    }
    return oldest
  }

  private mutating func grow() {
    let old = slots
    size *= 2
    slots = [Slot](repeating: RecentPreflights.free, count: size)
    for slot in old where slot.key != 0 { slots[place(for: slot.key)] = slot }
    redraw()
  }

  private mutating func mark(_ slot: Slot) {
    RecentPreflights.mark(slot.path, in: &paths)
    RecentPreflights.mark(slot.key, in: &keys)
  }

  /// Draws the pictures anew from what the table still holds.
  private mutating func redraw() {
    clearPictures()
    (noted, lost) = (0, 0)
    for slot in slots where slot.key != 0 {
      mark(slot)
      noted += 1
    }
  }

  /// Eight bits for each slot.
  private mutating func clearPictures() {
    paths = [UInt64](repeating: 0, count: size / 8)
    keys = paths
  }

  /// Whether a preflight for this line's client and target was seen within `window` seconds of `seconds`, before or after.
  @inline(__always)
  func contains(_ line: LogLine, seconds: Int64, window: Int64) -> Bool {
    if slots.isEmpty || !RecentPreflights.isMarked(line.pathHash, in: paths) { return false }
    return contains(line.clientAndTarget(), seconds: seconds, window: window)
  }

  private func contains(_ key: UInt64, seconds: Int64, window: Int64) -> Bool {
    guard RecentPreflights.isMarked(key, in: keys) else { return false }
    let found = slots[place(for: key)]
    return found.key == key && abs(seconds - found.seconds) <= window
  }

  // MARK: - Bits

  private static func mark(_ hash: UInt64, in picture: inout [UInt64]) {
    let bit = Int(truncatingIfNeeded: hash &>> 24) & (picture.count &* 64 &- 1)
    picture[bit &>> 6] |= 1 &<< UInt64(bit & 63)
  }

  @inline(__always)
  private static func isMarked(_ hash: UInt64, in picture: [UInt64]) -> Bool {
    let bit = Int(truncatingIfNeeded: hash &>> 24) & (picture.count &* 64 &- 1)
    return picture[bit &>> 6] & 1 &<< UInt64(bit & 63) != 0
  }
}
