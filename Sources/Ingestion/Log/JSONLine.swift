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
  private let entries = MemberTable()
  private var nodes: [Node] = [Node(path: "", first: -1, entries: [], depth: 0)]
  /// The slots that members met so far fill.
  private(set) var slots: [UInt8] = []
  private(set) var durationUnit: DurationUnit?

  private static let maximumDepth = 8

  init(_ mapping: JSONMapping) { self.mapping = mapping }

  /// `nil` for a line that fits, else the offset at which it does not.
  mutating func read(_ base: UnsafeRawPointer, _ end: Int, into fields: LineFields) -> Int? {
    for slot in slots { fields.clear(slot) }
    var start = 0
    // A syslog prefix may stand before the object.
    if end > 0, base.load(as: UInt8.self) != UInt8(ascii: "{") {
      start = LogBytes.find(UInt8(ascii: "{"), base, 0, min(end, 300))
      guard start < min(end, 300) else { return 0 }
    }
    guard start < end else { return 0 }
    let position = object(0, base, start, end, fields)
    guard position >= 0 else { return ~position }
    let rest = JSONLine.skipSpace(base, position, end)
    // Arrays of objects end lines with a comma.
    return rest == end || base.load(fromByteOffset: rest, as: UInt8.self) == UInt8(ascii: ",") ? nil : rest
  }

  /// Reads the object at `start`; past its end, or the complement of where it broke.
  private mutating func object(
    _ node: Int, _ base: UnsafeRawPointer, _ start: Int, _ end: Int, _ fields: LineFields
  ) -> Int {
    var position = JSONLine.skipSpace(base, start &+ 1, end)
    guard position < end else { return ~position }
    if base.load(fromByteOffset: position, as: UInt8.self) == UInt8(ascii: "}") { return position &+ 1 }
    let entries = entries
    var expected = nodes[node].first
    var previous = -1
    while true {
      var found = -1
      if expected >= 0, standsHere(expected, base, position, end) {
        found = expected
        position &+= entries[expected].keyCount &+ KeyPool.marks
      } else {
        position = name(node, base, position, end, &found)
        guard position >= 0 else { return position }
      }
      position = JSONLine.skipSpace(base, position, end)
      guard position < end else { return ~position }
      if base.load(fromByteOffset: position, as: UInt8.self) == UInt8(ascii: "\"") {
        let stop = JSONLine.stringEnd(base, position &+ 1, end)
        guard stop < end else { return ~position }
        if found >= 0, entries[found].slot != 0 { set(entries[found].slot, position &+ 1, stop, fields) }
        position = stop &+ 1
      } else {
        position = value(found, node, base, position, end, fields)
        guard position >= 0 else { return position }
      }
      if found >= 0 {
        if previous < 0 {
          if nodes[node].first != found { nodes[node].first = found }
        } else if entries[previous].next != found {
          entries[previous].next = found
        }
        previous = found
        expected = entries[found].next
      }
      position = JSONLine.skipSpace(base, position, end)
      guard position < end else { return ~position }
      let mark = base.load(fromByteOffset: position, as: UInt8.self)
      position &+= 1
      if mark == UInt8(ascii: "}") { return position }
      guard mark == UInt8(ascii: ",") else { return ~(position &- 1) }
      position = JSONLine.skipSpace(base, position, end)
    }
  }

  /// Whether the name of this entry stands here, with its quotes and its colon.
  @inline(__always)
  private func standsHere(_ entry: Int, _ base: UnsafeRawPointer, _ position: Int, _ end: Int) -> Bool {
    let count = entries[entry].keyCount &+ KeyPool.marks
    return position &+ count < end
      && LogBytes.equal(base, position, keys.bytes, entries[entry].key &- 1, count: count)
  }

  /// Reads a name and its colon, and finds its entry; past the colon, or the complement of where it broke.
  private mutating func name(
    _ node: Int, _ base: UnsafeRawPointer, _ start: Int, _ end: Int, _ found: inout Int
  ) -> Int {
    guard start < end, base.load(fromByteOffset: start, as: UInt8.self) == UInt8(ascii: "\"") else { return ~start }
    let keyEnd = JSONLine.stringEnd(base, start &+ 1, end)
    guard keyEnd < end else { return ~start }
    found = entry(node, base, start &+ 1, keyEnd)
    let colon = JSONLine.skipSpace(base, keyEnd &+ 1, end)
    guard colon < end, base.load(fromByteOffset: colon, as: UInt8.self) == UInt8(ascii: ":") else { return ~colon }
    return colon &+ 1
  }

  /// Reads a value that is no string.
  private mutating func value(
    _ found: Int, _ node: Int, _ base: UnsafeRawPointer, _ position: Int, _ end: Int, _ fields: LineFields
  ) -> Int {
    let slot = found >= 0 ? entries[found].slot : 0
    switch base.load(fromByteOffset: position, as: UInt8.self) {
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
      let stop = object(entries[found].child, base, position, end, fields)
      if stop >= 0, slot == LogField.requestHeaders.slot || slot == LogField.responseHeaders.slot {
        fields.set(slot, position, stop)
      }
      return stop
    case UInt8(ascii: "["):
      let stop = JSONLine.skipContainer(base, position, end)
      if stop >= 0, slot != 0 { setFirst(slot, base, position &+ 1, stop, fields) }
      return stop
    default:
      var stop = position
      while stop < end, !JSONLine.endsLiteral(base.load(fromByteOffset: stop, as: UInt8.self)) { stop &+= 1 }
      guard stop > position else { return ~position }
      if slot != 0 {
        // `null` is how typed loggers write what was not there.
        let isNull = base.load(fromByteOffset: position, as: UInt8.self) == UInt8(ascii: "n")
        set(slot, position, isNull ? position : stop, fields)
      }
      return stop
    }
  }

  @inline(__always)
  private func set(_ slot: UInt8, _ start: Int, _ end: Int, _ fields: LineFields) {
    if fields.places[Int(slot & 127)].length <= 0 { fields.set(slot, start, end) }
  }

  /// Of an array the first string; an empty one tells that the field was there and was blacked out.
  private func setFirst(_ slot: UInt8, _ base: UnsafeRawPointer, _ start: Int, _ end: Int, _ fields: LineFields) {
    let position = JSONLine.skipSpace(base, start, end)
    guard position < end, base.load(fromByteOffset: position, as: UInt8.self) == UInt8(ascii: "\"") else { return }
    set(slot, position + 1, JSONLine.stringEnd(base, position + 1, end), fields)
  }

  private mutating func entry(_ node: Int, _ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
    let count = end - start
    for index in nodes[node].entries
    where entries[index].keyCount == count && LogBytes.equal(base, start, keys.bytes, entries[index].key, count: count)
    {
      return index
    }
    guard !entries.isFull, let key = keys.add(base, start, end) else { return -1 }
    let name = JSONLine.text(keys.bytes, key, count)
    let field = resolve(name, parent: nodes[node].path)
    if field == .duration, durationUnit == nil { durationUnit = LogSynonyms.unit(named: name) }
    if field != .ignored, !slots.contains(field.slot) { slots.append(field.slot) }
    let entry = entries.add(MemberTable.Entry(key: key, keyCount: count, slot: field.slot))
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
