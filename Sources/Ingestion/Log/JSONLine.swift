import Fetch
import Scanning

/// Reads one JSON object a line into slots, with the layout of the lines before as its guess.
///
/// Logs write the same members in the same order: each member is first compared with the one that followed last time.
/// It is lenient where loggers are (`"clientPort":-`), strict where a misreading could move a value to another member.
struct JSONLine: ~Copyable {
  private struct Node {
    var path: String
    /// The member that came first on the last line.
    var first: MemberTable.Member
    var members: [MemberTable.Member]
    var depth: Int
  }

  private let mapping: JSONMapping
  private let keys = KeyPool()
  private let table = MemberTable()
  private var nodes: [Node]
  /// The slots that members met so far fill.
  private(set) var slots: [UInt8] = []
  private(set) var durationUnit: DurationUnit?

  private static let maximumDepth = 8

  init(_ mapping: JSONMapping) {
    self.mapping = mapping
    nodes = [Node(path: "", first: table.none, members: [], depth: 0)]
  }

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
    // A list of objects ends its lines with a comma, the last one with its bracket.
    return rest == end || line.byte(rest) == UInt8(ascii: ",") || line.byte(rest) == UInt8(ascii: "]") ? nil : rest
  }

  /// Reads the object at `start`; past its end, or the complement of where it broke.
  private mutating func object(_ node: Int, _ line: IndexedLine, _ start: Int, _ fields: LineFields) -> Int {
    let (base, end) = (line.base, line.count)
    var run = MemberRun(start &+ 1, previous: table.none, expected: nodes[node].first)
    while true {
      run.read(line, fields.places)
      if run.isAtEnd { return run.position }
      var position = JSONLine.skipSpace(base, run.position, end)
      if run.position == start &+ 1, position < end, line.byte(position) == UInt8(ascii: "}") { return position &+ 1 }
      var found = run.expected
      position = name(node, line, run, &found)
      guard position >= 0 else { return position }
      guard position < end else { return ~position }
      position = value(found, node, line, position, fields)
      guard position >= 0 else { return position }
      position = JSONLine.skipSpace(base, position, end)
      guard position < end else { return ~position }
      let mark = line.byte(position)
      if mark == UInt8(ascii: "}") { return position &+ 1 }
      guard mark == UInt8(ascii: ",") else { return ~position }
      run.goOn(position &+ 1, behind: found == table.none ? run.previous : found)
    }
  }

  /// Reads a name and its colon, and finds its member; where the value begins, or the complement of where it broke.
  private mutating func name(
    _ node: Int, _ line: IndexedLine, _ run: MemberRun, _ found: inout MemberTable.Member
  ) -> Int {
    let (base, end) = (line.base, line.count)
    if run.stands(line) { return JSONLine.skipSpace(base, min(run.position &+ found.pointee.text.count, end), end) }
    let quote = JSONLine.skipSpace(base, run.position, end)
    guard quote < end, line.byte(quote) == UInt8(ascii: "\"") else { return ~quote }
    let keyEnd = JSONLine.stringEnd(line, quote &+ 1)
    guard keyEnd < end else { return ~quote }
    found = member(node, base, quote &+ 1, keyEnd)
    let colon = JSONLine.skipSpace(base, keyEnd &+ 1, end)
    guard colon < end, line.byte(colon) == UInt8(ascii: ":") else { return ~colon }
    let value = JSONLine.skipSpace(base, colon &+ 1, end)
    guard found != table.none else { return value }
    if run.previous == table.none { nodes[node].first = found } else { run.previous.pointee.next = found }
    found.pointee.text = MemberText(base, run.position, value)
    return value
  }

  private mutating func value(
    _ found: MemberTable.Member, _ node: Int, _ line: IndexedLine, _ position: Int, _ fields: LineFields
  ) -> Int {
    let (base, end) = (line.base, line.count)
    let slot = found.pointee.slot
    let first = line.byte(position)
    switch first {
    case UInt8(ascii: "\""):
      let stop = JSONLine.stringEnd(line, position &+ 1)
      guard stop < end else { return ~position }
      if slot != 0 { JSONLine.set(slot, position &+ 1, stop, fields.places) }
      return stop &+ 1
    case UInt8(ascii: "{"):
      guard found != table.none, nodes[node].depth < JSONLine.maximumDepth else {
        return JSONLine.skipContainer(base, position, end)
      }
      if found.pointee.child == 0 {
        let key = JSONLine.text(keys.bytes, found.pointee.key, found.pointee.keyCount)
        let path = nodes[node].path.isEmpty ? key : nodes[node].path + "." + key
        found.pointee.child = nodes.count
        nodes.append(Node(path: path, first: table.none, members: [], depth: nodes[node].depth + 1))
      }
      let stop = object(found.pointee.child, line, position, fields)
      if stop >= 0, slot == LogField.requestHeaders.slot || slot == LogField.responseHeaders.slot {
        fields.set(UInt8(slot), position, stop)
      }
      return stop
    case UInt8(ascii: "["):
      let stop = JSONLine.skipContainer(base, position, end)
      if stop >= 0, slot != 0 { setFirst(slot, base, position &+ 1, stop, fields) }
      return stop
    default:
      let isNumeral = LogBytes.isNumeral(first)
      let stop = JSONLine.literalEnd(base, isNumeral ? LogBytes.findNoNumeral(base, position, end) : position, end)
      guard stop > position else { return ~position }
      if slot != 0 {
        // `null` is how typed loggers write what was not there.
        let isNull = first == UInt8(ascii: "n")
        JSONLine.set(slot, position, isNull ? position : stop, fields.places)
      }
      return stop
    }
  }

  @inline(__always)
  static func set(
    _ slot: Int, _ start: Int, _ end: Int, _ places: UnsafeMutablePointer<LineFields.Place>
  ) {
    let place = places + slot
    guard place.pointee.length <= 0 else { return }
    place.pointee = LineFields.Place(
      start: Int32(truncatingIfNeeded: start), length: Int32(truncatingIfNeeded: end &- start))
  }

  /// Of an array the first string; an empty one tells that the field was there and was blacked out.
  private func setFirst(_ slot: Int, _ base: UnsafeRawPointer, _ start: Int, _ end: Int, _ fields: LineFields) {
    let position = JSONLine.skipSpace(base, start, end)
    guard position < end, base.load(fromByteOffset: position, as: UInt8.self) == UInt8(ascii: "\"") else { return }
    JSONLine.set(slot, position + 1, JSONLine.stringEnd(base, position + 1, end), fields.places)
  }

  private mutating func member(
    _ node: Int, _ base: UnsafeRawPointer, _ start: Int, _ end: Int
  ) -> MemberTable.Member {
    let count = end - start
    for member in nodes[node].members
    where member.pointee.keyCount == count
      && LogBytes.equal(base, start, keys.bytes, member.pointee.key, count: count)
    {
      return member
    }
    guard !table.isFull, let key = keys.add(base, start, end) else { return table.none }
    let name = JSONLine.text(keys.bytes, key, count)
    let field = resolve(name, parent: nodes[node].path)
    if field == .duration, durationUnit == nil { durationUnit = LogSynonyms.unit(named: name) }
    if field != .ignored, !slots.contains(field.slot) { slots.append(field.slot) }
    let member = table.add(slot: field.slot, key: key, keyCount: count)
    nodes[node].members.append(member)
    return member
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
    guard mapping.usesSynonyms else { return .ignored }
    // Elastic's common schema.
    if path.hasSuffix("url.original") || path.hasSuffix("url.full") { return .target }
    return LogSynonyms.field(named: name) ?? .ignored
  }

  private static func text(_ base: UnsafeRawPointer, _ start: Int, _ count: Int) -> String {
    String(decoding: UnsafeRawBufferPointer(start: base + start, count: count), as: UTF8.self)
  }
}
