/// The (client, target) pairs that a preflight was made for, with when: a fixed table in which the newest wins.
struct RecentPreflights {
  private struct Slot {
    var key: UInt64 = 0
    var path: UInt64 = 0
    var seconds: Int64 = 0
  }

  private var slots: [Slot] = []
  /// Small pictures of the paths and of the keys, which stay in the processor's cache: most requests end at the first, without
  /// a look at their client.
  private var paths: [UInt64] = []
  private var keys: [UInt64] = []
  private var noted = 0
  private static let size = 1 << 16
  private static let bitCount = 1 << 19

  mutating func note(_ line: LogLine, seconds: Int64) {
    if slots.isEmpty {
      slots = [Slot](repeating: Slot(), count: RecentPreflights.size)
      clearPictures()
    }
    let key = line.clientAndTarget()
    let index = Int(truncatingIfNeeded: key) & (RecentPreflights.size - 2)
    // Two places for each key: the older of the two gives way.
    let isSecond =
      slots[index].key != key && (slots[index + 1].key == key || slots[index + 1].seconds < slots[index].seconds)
    let slot = Slot(key: key, path: line.pathHash, seconds: seconds)
    slots[index + (isSecond ? 1 : 0)] = slot
    mark(slot)
    noted += 1
    if noted > 3 * RecentPreflights.size { redraw() }
  }

  private mutating func mark(_ slot: Slot) {
    RecentPreflights.mark(slot.path, in: &paths)
    RecentPreflights.mark(slot.key, in: &keys)
  }

  /// Draws the pictures anew from what the table still holds.
  private mutating func redraw() {
    clearPictures()
    noted = 0
    for slot in slots where slot.key != 0 {
      mark(slot)
      noted += 1
    }
  }

  private mutating func clearPictures() {
    paths = [UInt64](repeating: 0, count: RecentPreflights.bitCount / 64)
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
    let index = Int(truncatingIfNeeded: key) & (RecentPreflights.size - 2)
    let first = slots[index]
    if first.key == key, abs(seconds - first.seconds) <= window { return true }
    let second = slots[index + 1]
    return second.key == key && abs(seconds - second.seconds) <= window
  }

  // MARK: - Bits

  private static func mark(_ hash: UInt64, in picture: inout [UInt64]) {
    let bit = Int(truncatingIfNeeded: hash &>> 24) & (bitCount - 1)
    picture[bit &>> 6] |= 1 &<< UInt64(bit & 63)
  }

  @inline(__always)
  private static func isMarked(_ hash: UInt64, in picture: [UInt64]) -> Bool {
    let bit = Int(truncatingIfNeeded: hash &>> 24) & (bitCount - 1)
    return picture[bit &>> 6] & 1 &<< UInt64(bit & 63) != 0
  }
}
