import Fetch

/// What stands around a server's own lines where something else collected them.
package enum Wrapping: Hashable, Sendable {
  case none
  /// A prefix: syslog's, a container runtime's, a shipper's.
  case prefix
  /// A member of a JSON object holds the line: Docker's `log`, journald's `MESSAGE`, `message` of Vector, Filebeat and others.
  case member(String)

  /// The names under which collectors keep a line, most telling first.
  static let members = ["log", "message", "MESSAGE", "line", "textPayload", "msg", "_raw", "event"]
  private static let maximumLines = 200

  /// How it is said of a format.
  package var words: String {
    switch self {
    case .none: ""
    case .prefix: ", behind a prefix of syslog's or a container's"
    case .member(let name): ", in the member '\(name)' of JSON"
    }
  }

  /// What may stand around the first lines of a log: at least around half of them.
  static func candidates(_ head: Span<UInt8>) -> [Wrapping] {
    let lines = lines(head)
    func isAroundMost(_ wrapping: Wrapping) -> Bool {
      let count = lines.count { range in
        head.withUnsafeBytes { wrapping.inner(UnsafeRawBufferPointer(rebasing: $0[range])) != nil }
      }
      return count > 0 && count * 2 >= lines.count
    }
    return ([.prefix] + members.map { .member($0) }).filter(isAroundMost)
  }

  /// The lines within the first lines of a log; those without anything around them as they are.
  func unwrapped(_ head: Span<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    for range in Wrapping.lines(head) {
      head.withUnsafeBytes { bytes in
        let line = UnsafeRawBufferPointer(rebasing: bytes[range])
        result.append(contentsOf: (inner(line) ?? Array(line)).map { $0 == 0x0A ? 0x20 : $0 })
      }
      result.append(0x0A)
    }
    return result
  }

  /// The line within a line; `nil` where nothing of the kind is around it.
  func inner(_ line: UnsafeRawBufferPointer) -> [UInt8]? {
    guard let base = line.baseAddress else { return nil }
    switch self {
    case .none: return nil
    case .prefix:
      let start = LinePrefix.end(line)
      return start > 0 ? Array(line[start...]) : nil
    case .member(let name): return Wrapping.member(name, base, line.count)
    }
  }

  private static func member(_ name: String, _ base: UnsafeRawPointer, _ count: Int) -> [UInt8]? {
    // A shipper's time and tag may stand before the object.
    let line = UnsafeRawBufferPointer(start: base, count: count)
    guard let start = line.prefix(300).firstIndex(of: UInt8(ascii: "{")) else { return nil }
    var found: Range<Int>?
    JSONLine.forEachMember(base, start, count) { key, value in
      if found == nil, line[key].elementsEqual(name.utf8) { found = value }
    }
    guard let found else { return nil }
    let value = UnsafeRawBufferPointer(rebasing: line[found])
    var inner = ValueDecoder.decode(value, .json) ?? Array(value)
    while let last = inner.last, last == 0x0A || last == 0x0D { inner.removeLast() }
    return inner
  }

  private static func lines(_ head: Span<UInt8>) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for index in head.indices where head[index] == 0x0A {
      if index > start { lines.append(start..<index) }
      start = index + 1
      if lines.count == maximumLines { return lines }
    }
    if start < head.count { lines.append(start..<head.count) }
    return lines
  }
}
