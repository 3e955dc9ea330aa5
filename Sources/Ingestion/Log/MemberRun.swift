import Scanning

/// Reads members that follow each other as they did on the lines before, and whose values are plain: strings without escapes, numbers.
///
/// Nearly all of a log is such. What is anything else is left to `JSONLine`, which reads that member from its beginning.
struct MemberRun {
  /// Where the next member begins, behind a comma; or where the object has ended.
  private(set) var position: Int
  private(set) var isAtEnd = false
  /// The member before, and the one that is to follow it.
  private(set) var previous: MemberTable.Member
  private(set) var expected: MemberTable.Member

  init(_ position: Int, previous: MemberTable.Member, expected: MemberTable.Member) {
    self.position = position
    self.previous = previous
    self.expected = expected
  }

  /// Whether what is expected stands here.
  @inline(__always)
  func stands(_ line: IndexedLine) -> Bool {
    position <= line.readable &- MemberText.size && expected.pointee.text.stands(line.base, position)
  }

  mutating func goOn(_ position: Int, behind member: MemberTable.Member) {
    (self.position, previous, expected) = (position, member, member.pointee.next)
  }

  /// Reads on as far as it can.
  @inline(never)
  mutating func read(_ line: IndexedLine, _ places: UnsafeMutablePointer<LineFields.Place>) {
    // Behind what stands before a value, its first two bytes are looked at.
    let (base, count, limit) = (line.base, line.count, line.readable &- MemberText.size &- 2)
    var (position, expected, previous) = (position, expected, previous)
    defer { (self.position, self.expected, self.previous) = (position, expected, previous) }
    while position <= limit, expected.pointee.text.stands(base, position) {
      var start = position &+ expected.pointee.text.count
      var stop: Int
      var after: Int
      if line.byte(start) == UInt8(ascii: "\"") {
        start &+= 1
        stop = start
        // What was not there is often written as an empty string: this is told without waiting for where a value ends.
        if line.byte(start) != UInt8(ascii: "\"") { stop = line.next(0, start) }
        after = stop &+ 1
        guard after < count, line.byte(stop) == UInt8(ascii: "\"") else { return }
      } else {
        stop = MemberRun.numberEnd(line, start)
        after = stop
        guard stop > start, after < count else { return }
      }
      let mark = base.load(fromByteOffset: after, as: UInt8.self)
      guard mark == UInt8(ascii: ",") || mark == UInt8(ascii: "}") else { return }
      let slot = expected.pointee.slot
      if slot != 0 { JSONLine.set(slot, start, stop, places) }
      position = after &+ 1
      previous = expected
      expected = expected.pointee.next
      if mark == UInt8(ascii: "}") {
        isAtEnd = true
        return
      }
    }
  }

  @inline(never)
  private static func numberEnd(_ line: IndexedLine, _ start: Int) -> Int {
    LogBytes.findNoNumeral(line.base, start, line.count)
  }
}
