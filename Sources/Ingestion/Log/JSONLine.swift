import Fetch
import Scanning

/// Reads one JSON object a line into slots, with the layout of the lines before as its guess.
///
/// Logs write the same members in the same order: each member is first compared with the one that followed last time.
/// It is lenient where loggers are (`"clientPort":-`), strict where a misreading could move a value to another member.
struct JSONLine: ~Copyable {
  private struct Node {
    var path: String
    /// The entry that came first on the last line; -1 for none.
    var first: Int
    var entries: [Int]
    var depth: Int
  }

  private let mapping: JSONMapping
  private let keys = KeyPool()
  private let table = MemberTable()
  private var nodes: [Node] = [Node(path: "", first: -1, entries: [], depth: 0)]
  /// The slots that members met so far fill.
  private(set) var slots: [UInt8] = []
  private(set) var durationUnit: DurationUnit?

  private static let maximumDepth = 8

  init(_ mapping: JSONMapping) { self.mapping = mapping }

  /// The bytes that lines have to be indexed for: where a string may end.
  static let marks = LineIndex.Marks.either(UInt8(ascii: "\""), UInt8(ascii: "\\"))

  /// `nil` for a line that fits, else the offset at which it does not.
  mutating func read(_ line: IndexedLine, into fields: LineFields) -> Int? {
    for slot in slots { fields.clear(slot) }
    let (base, end) = (line.base, line.count)
    var start = 0
    // A syslog prefix may stand before the object.
    if end > 0, line.byte(0) != UInt8(ascii: "{") {
      start = LogBytes.find(UInt8(ascii: "{"), base, 0, min(end, 300))
      guard start < min(end, 300) else { return 0 }
    }
    guard start < end else { return 0 }
    let position = object(0, line, start, fields)
    guard position >= 0 else { return ~position }
    let rest = JSONLine.skipSpace(base, position, end)
    // Arrays of objects end lines with a comma.
    return rest == end || line.byte(rest) == UInt8(ascii: ",") ? nil : rest
  }

  /// Reads the object at `start`; past its end, or the complement of where it broke.
  private mutating func object(_ node: Int, _ line: IndexedLine, _ start: Int, _ fields: LineFields) -> Int {
    let (base, end) = (line.base, line.count)
    var position = JSONLine.skipSpace(base, start &+ 1, end)
    guard position < end else { return ~position }
    if line.byte(position) == UInt8(ascii: "}") { return position &+ 1 }
    let (entries, keys, places) = (table.entries, UnsafeRawPointer(keys.bytes), fields.places)
    var expected = nodes[node].first
    var previous = -1
    while true {
      var found = expected
      if expected >= 0, JSONLine.standsHere(entries + expected, keys, line, position) {
        position &+= entries[expected].count
      } else {
        position = name(node, line, position, &found)
        guard position >= 0 else { return position }
        if found >= 0 {
          if previous < 0 { nodes[node].first = found } else { entries[previous].next = found }
        }
      }
      position = JSONLine.skipSpace(base, position, end)
      guard position < end else { return ~position }
      let slot = found >= 0 ? entries[found].slot : 0
      let first = line.byte(position)
      if first == UInt8(ascii: "\"") {
        let stop = JSONLine.stringEnd(line, position &+ 1)
        guard stop < end else { return ~position }
        if slot != 0 { JSONLine.set(slot, position &+ 1, stop, places) }
        position = stop &+ 1
      } else if LogBytes.isNumeral(first) {
        let stop = JSONLine.literalEnd(base, LogBytes.findNoNumeral(base, position, end), end)
        if slot != 0 { JSONLine.set(slot, position, stop, places) }
        position = stop
      } else {
        position = value(found, node, line, position, fields)
        guard position >= 0 else { return position }
      }
      if found >= 0 {
        previous = found
        expected = entries[found].next
      }
      if position &+ 1 < end, line.byte(position) == UInt8(ascii: ","), line.byte(position &+ 1) == UInt8(ascii: "\"") {
        position &+= 1
        continue
      }
      position = JSONLine.skipSpace(base, position, end)
      guard position < end else { return ~position }
      let mark = line.byte(position)
      position &+= 1
      if mark == UInt8(ascii: "}") { return position }
      guard mark == UInt8(ascii: ",") else { return ~(position &- 1) }
      position = JSONLine.skipSpace(base, position, end)
    }
  }

  /// Whether the name of this entry stands here, with its quotes and its colon.
  @inline(__always)
  private static func standsHere(
    _ entry: UnsafePointer<MemberTable.Entry>, _ keys: UnsafeRawPointer, _ line: IndexedLine, _ position: Int
  ) -> Bool {
    let count = entry.pointee.count
    guard position &+ count < line.count else { return false }
    guard position &+ 16 <= line.count else {
      return LogBytes.equal(line.base, position, keys, entry.pointee.key &- 1, count: count)
    }
    guard entry.pointee.head.0.stands(line.base, position), entry.pointee.head.1.stands(line.base, position &+ 8) else {
      return false
    }
    return count <= 16
      || LogBytes.equal(line.base, position &+ 16, keys, entry.pointee.key &+ 15, count: count &- 16)
  }

  /// Reads a name and its colon, and finds its entry; past the colon, or the complement of where it broke.
  private mutating func name(
    _ node: Int, _ line: IndexedLine, _ start: Int, _ found: inout Int
  ) -> Int {
    let (base, end) = (line.base, line.count)
    guard start < end, line.byte(start) == UInt8(ascii: "\"") else { return ~start }
    let keyEnd = JSONLine.stringEnd(line, start &+ 1)
    guard keyEnd < end else { return ~start }
    found = entry(node, base, start &+ 1, keyEnd)
    let colon = JSONLine.skipSpace(base, keyEnd &+ 1, end)
    guard colon < end, line.byte(colon) == UInt8(ascii: ":") else { return ~colon }
    return colon &+ 1
  }

  /// Reads a value that is neither a string nor a number.
  private mutating func value(
    _ found: Int, _ node: Int, _ line: IndexedLine, _ position: Int, _ fields: LineFields
  ) -> Int {
    let (base, end) = (line.base, line.count)
    let entries = table.entries
    let slot = found >= 0 ? entries[found].slot : 0
    switch line.byte(position) {
    case UInt8(ascii: "{"):
      guard found >= 0, nodes[node].depth < JSONLine.maximumDepth else {
        return JSONLine.skipContainer(base, position, end)
      }
      if entries[found].child == 0 {
        let key = JSONLine.text(keys.bytes, entries[found].key, entries[found].keyCount)
        let path = nodes[node].path.isEmpty ? key : nodes[node].path + "." + key
        entries[found].child = nodes.count
        nodes.append(Node(path: path, first: -1, entries: [], depth: nodes[node].depth + 1))
      }
      let stop = object(entries[found].child, line, position, fields)
      if stop >= 0, slot == LogField.requestHeaders.slot || slot == LogField.responseHeaders.slot {
        fields.set(slot, position, stop)
      }
      return stop
    case UInt8(ascii: "["):
      let stop = JSONLine.skipContainer(base, position, end)
      if stop >= 0, slot != 0 { setFirst(slot, base, position &+ 1, stop, fields) }
      return stop
    default:
      let stop = JSONLine.literalEnd(base, position, end)
      guard stop > position else { return ~position }
      if slot != 0 {
        // `null` is how typed loggers write what was not there.
        let isNull = line.byte(position) == UInt8(ascii: "n")
        JSONLine.set(slot, position, isNull ? position : stop, fields.places)
      }
      return stop
    }
  }

  @inline(__always)
  private static func set(
    _ slot: UInt8, _ start: Int, _ end: Int, _ places: UnsafeMutablePointer<LineFields.Place>
  ) {
    let place = places + Int(slot & 127)
    guard place.pointee.length <= 0 else { return }
    place.pointee = LineFields.Place(
      start: Int32(truncatingIfNeeded: start), length: Int32(truncatingIfNeeded: end &- start))
  }

  /// Of an array the first string; an empty one tells that the field was there and was blacked out.
  private func setFirst(_ slot: UInt8, _ base: UnsafeRawPointer, _ start: Int, _ end: Int, _ fields: LineFields) {
    let position = JSONLine.skipSpace(base, start, end)
    guard position < end, base.load(fromByteOffset: position, as: UInt8.self) == UInt8(ascii: "\"") else { return }
    JSONLine.set(slot, position + 1, JSONLine.stringEnd(base, position + 1, end), fields.places)
  }

  private mutating func entry(_ node: Int, _ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
    let (count, entries) = (end - start, table.entries)
    for index in nodes[node].entries
    where entries[index].keyCount == count && LogBytes.equal(base, start, keys.bytes, entries[index].key, count: count)
    {
      return index
    }
    guard !table.isFull, let key = keys.add(base, start, end) else { return -1 }
    let name = JSONLine.text(keys.bytes, key, count)
    let field = resolve(name, parent: nodes[node].path)
    if field == .duration, durationUnit == nil { durationUnit = LogSynonyms.unit(named: name) }
    if field != .ignored, !slots.contains(field.slot) { slots.append(field.slot) }
    let entry = table.add(
      MemberTable.Entry(head: keys.head(key, count), key: key, keyCount: count, slot: field.slot))
    nodes[node].entries.append(entry)
    return entry
  }

  private func resolve(_ name: String, parent: String) -> LogField {
    let path = (parent.isEmpty ? name : parent + "." + name).asciiLowercased()
    if let field = mapping.members[path] { return field }
    let owner =
      mapping.members[parent.asciiLowercased()] ?? (mapping.usesSynonyms ? LogSynonyms.field(named: parent) : nil)
    if owner == .requestHeaders || parent.hasSuffix("req.headers") || parent.hasSuffix("request.headers") {
      return KnownField(name: name).map { $0 == .host ? .host : .request($0) } ?? .ignored
    }
    if owner == .responseHeaders || parent.hasSuffix("res.headers") || parent.hasSuffix("response.headers") {
      return KnownField(name: name).map(LogField.response) ?? .ignored
    }
    return mapping.usesSynonyms ? LogSynonyms.field(named: name) ?? .ignored : .ignored
  }

  private static func text(_ base: UnsafeRawPointer, _ start: Int, _ count: Int) -> String {
    String(decoding: UnsafeRawBufferPointer(start: base + start, count: count), as: UTF8.self)
  }
}
