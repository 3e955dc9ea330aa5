import Scanning

/// Steps over JSON's parts.
extension JSONLine {
  @inline(__always)
  static func skipSpace(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
    var position = start
    while position < end {
      let byte = base.load(fromByteOffset: position, as: UInt8.self)
      // Most often there is none.
      guard byte <= 0x20, byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A else { break }
      position &+= 1
    }
    return position
  }

  /// Where the string that began before `start` has its closing quote; `end` where it has none.
  @inline(__always)
  static func stringEnd(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
    var position = start
    // Loggers write what was not there as an empty string.
    if position < end, base.load(fromByteOffset: position, as: UInt8.self) == UInt8(ascii: "\"") { return position }
    while true {
      position = LogBytes.findQuoteOrBackslash(base, position, end)
      if position >= end { return end }
      if base.load(fromByteOffset: position, as: UInt8.self) == UInt8(ascii: "\"") { return position }
      position &+= 2
    }
  }

  /// The same where the line's marks are at hand.
  @inline(__always)
  static func stringEnd(_ line: IndexedLine, _ start: Int) -> Int {
    var position = line.next(0, start)
    while position < line.count, line.byte(position) == UInt8(ascii: "\\") { position = line.next(0, position &+ 2) }
    return position
  }

  /// Where the number or word that `start` is in ends.
  @inline(__always)
  static func literalEnd(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
    var stop = start
    while stop < end, !endsLiteral(base.load(fromByteOffset: stop, as: UInt8.self)) { stop &+= 1 }
    return stop
  }

  @inline(__always)
  private static func endsLiteral(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") || byte == 0x20 || byte == 0x22
      || byte == 0x0D || byte == 0x09
  }

  /// Past the object or array at `start`, whatever is in it; the complement of `start` where it does not end.
  static func skipContainer(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
    var depth = 0
    var position = start
    while position < end {
      switch base.load(fromByteOffset: position, as: UInt8.self) {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return position + 1 }
      case UInt8(ascii: "\""):
        position = stringEnd(base, position + 1, end)
      default: break
      }
      position += 1
    }
    return ~start
  }

  /// Calls `body` with the bounds of each name and each string of the object or array at `start`; a name's strings follow it.
  static func forEachMember(
    _ base: UnsafeRawPointer, _ start: Int, _ end: Int, _ body: (_ name: Range<Int>, _ value: Range<Int>?) -> Void
  ) {
    var position = skipSpace(base, start + 1, end)
    while position < end, base.load(fromByteOffset: position, as: UInt8.self) == UInt8(ascii: "\"") {
      let nameEnd = stringEnd(base, position + 1, end)
      guard nameEnd < end else { return }
      let name = position + 1..<nameEnd
      position = skipSpace(base, nameEnd + 1, end)
      guard position < end, base.load(fromByteOffset: position, as: UInt8.self) == UInt8(ascii: ":") else { return }
      position = skipSpace(base, position + 1, end)
      guard position < end else { return }
      switch base.load(fromByteOffset: position, as: UInt8.self) {
      case UInt8(ascii: "\""):
        let stop = stringEnd(base, position + 1, end)
        guard stop < end else { return }
        body(name, position + 1..<stop)
        position = stop + 1
      case UInt8(ascii: "["):
        let stop = skipContainer(base, position, end)
        guard stop >= 0 else { return }
        var count = 0
        position = skipSpace(base, position + 1, stop)
        while position < stop, base.load(fromByteOffset: position, as: UInt8.self) == UInt8(ascii: "\"") {
          let valueEnd = stringEnd(base, position + 1, stop)
          guard valueEnd < stop else { break }
          body(name, position + 1..<valueEnd)
          count += 1
          position = skipSpace(base, valueEnd + 1, stop)
          if position < stop, base.load(fromByteOffset: position, as: UInt8.self) == UInt8(ascii: ",") {
            position = skipSpace(base, position + 1, stop)
          }
        }
        if count == 0 { body(name, nil) }
        position = stop
      case UInt8(ascii: "{"):
        let stop = skipContainer(base, position, end)
        guard stop >= 0 else { return }
        position = stop
      default:
        let stop = literalEnd(base, position, end)
        guard stop > position else { return }
        body(name, position..<stop)
        position = stop
      }
      position = skipSpace(base, position, end)
      guard position < end, base.load(fromByteOffset: position, as: UInt8.self) == UInt8(ascii: ",") else { return }
      position = skipSpace(base, position + 1, end)
    }
  }
}
