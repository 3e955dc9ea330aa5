import Scanning

/// Strings made from bytes, with the newest thousands kept: clients, user agents and origins come again and again.
struct StringPool {
  private struct Slot {
    var hash: UInt64
    var text: String
  }

  private static let size = 4096
  private var slots: [Slot] = []

  /// The text of `base[start..<end]`; bytes that are no UTF-8 become U+FFFD.
  mutating func string(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> String {
    if start >= end { return "" }
    if slots.isEmpty { slots = [Slot](repeating: Slot(hash: 0, text: ""), count: StringPool.size) }
    let hash = LogBytes.hash(base, start, end)
    let index = Int(truncatingIfNeeded: hash) & (StringPool.size - 1)
    if slots[index].hash == hash {
      let isSame = slots[index].text.utf8.withContiguousStorageIfAvailable { bytes in
        bytes.count == end - start
          && bytes.baseAddress.map { LogBytes.equal(base, start, UnsafeRawPointer($0), 0, count: end - start) } ?? true
      }
      if isSame == true { return slots[index].text }
    }
    let text = String(decoding: UnsafeRawBufferPointer(start: base + start, count: end - start), as: UTF8.self)
    slots[index] = Slot(hash: hash, text: text)
    return text
  }
}
