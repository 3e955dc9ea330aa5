import Scanning

/// Reads `name=value name="value"` tails, learning the order of names from the lines before.
struct PairReader {
  private struct Entry {
    var name: [UInt8]
    var slot: UInt8
    /// The entry that followed this one on the last line.
    var next: Int
  }

  private var entries: [Entry] = []
  private var first = 0
  /// Slots that the line's own pattern fills.
  private let reserved: [UInt8]
  private static let capacity = 256

  init(reserved: [UInt8]) { self.reserved = reserved }

  /// How many names lines had so far.
  var count: Int { entries.count }

  /// The slots that lines named so far.
  var slots: [UInt8] { entries.map(\.slot) }

  /// The unit of the duration that the lines name, where its name tells.
  private(set) var durationUnit: DurationUnit?

  mutating func read(_ base: UnsafeRawPointer, _ start: Int, _ end: Int, into fields: LineFields) {
    for entry in entries where entry.slot != 0 { fields.clear(entry.slot) }
    var position = start
    var expected = first
    var previous = -1
    while position < end {
      if base.load(fromByteOffset: position, as: UInt8.self) == UInt8(ascii: " ") {
        position += 1
        continue
      }
      let nameStart = position
      while position < end, PairReader.isName(base.load(fromByteOffset: position, as: UInt8.self)) { position += 1 }
      guard position < end, position > nameStart,
        base.load(fromByteOffset: position, as: UInt8.self) == UInt8(ascii: "=")
      else {
        position = PairReader.endOfValue(base, nameStart, end).next
        continue
      }
      let value = PairReader.endOfValue(base, position + 1, end)
      let found = entry(base, nameStart, position, expected)
      if found >= 0 {
        if previous >= 0 { entries[previous].next = found } else { first = found }
        previous = found
        expected = entries[found].next
        let slot = entries[found].slot
        if slot != 0, fields.places[Int(slot & 127)].length < 0 { fields.set(slot, value.start, value.end) }
      }
      position = value.next
    }
  }

  private mutating func entry(_ base: UnsafeRawPointer, _ start: Int, _ end: Int, _ expected: Int) -> Int {
    if expected < entries.count, isEntry(expected, base, start, end) { return expected }
    for index in entries.indices where isEntry(index, base, start, end) { return index }
    guard entries.count < PairReader.capacity else { return -1 }
    let name = [UInt8](UnsafeRawBufferPointer(start: base + start, count: end - start))
    let text = String(decoding: name, as: UTF8.self)
    var field = LogSynonyms.field(named: text) ?? .ignored
    if reserved.contains(field.slot) { field = .ignored }
    if field == .duration { durationUnit = LogSynonyms.unit(named: text) }
    entries.append(Entry(name: name, slot: field.slot, next: entries.count + 1))
    return entries.count - 1
  }

  private func isEntry(_ index: Int, _ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Bool {
    let name = entries[index].name
    guard name.count == end - start else { return false }
    return name.withUnsafeBytes { bytes in
      bytes.baseAddress.map { LogBytes.equal(base, start, $0, 0, count: end - start) } ?? true
    }
  }

  /// The value at `start`, without its quotes, and where the next pair may begin.
  private static func endOfValue(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> (
    start: Int, end: Int, next: Int
  ) {
    guard start < end, base.load(fromByteOffset: start, as: UInt8.self) == UInt8(ascii: "\"") else {
      let space = LogBytes.find(UInt8(ascii: " "), base, start, end)
      return (start, space, space + 1)
    }
    var position = start + 1
    while position < end {
      position = LogBytes.findQuoteOrBackslash(base, position, end)
      guard position < end, base.load(fromByteOffset: position, as: UInt8.self) == UInt8(ascii: "\\") else { break }
      position += 2
    }
    let stop = min(position, end)
    return (start + 1, stop, stop + 1)
  }

  @inline(__always)
  private static func isName(_ byte: UInt8) -> Bool {
    byte &- 48 < 10 || (byte | 0x20) &- 97 < 26 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ".")
  }
}
