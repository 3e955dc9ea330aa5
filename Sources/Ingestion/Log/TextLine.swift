import Fetch
import Scanning

/// A pattern made ready for running: after a leading literal, each field with the literal that ends it.
struct TextLine {
  /// Fields that hold spaces even where nothing quotes them.
  private static let mayHoldSpaces: Set<LogField> = [.user, .time, .startTime, .endTime, .requestLine, .target]
  private static let moments: Set<LogField> = [.time, .startTime, .endTime]
  /// Fields that may be lists, whose commas are followed by spaces even where nothing quotes them.
  private static let mayBeLists: Set<LogField> = [
    .client, .peer, .ignored, .custom, .upstreams, .request(.xForwardedFor),
  ]

  private let leading: Int
  private let program: TextProgram
  private let tail: LogPattern.Tail
  private let usesBackslash: Bool
  private(set) var pairs: PairReader

  init(_ pattern: LogPattern, escaping: Escaping) {
    tail = pattern.tail
    usesBackslash = escaping == .backslash
    var literals: [UInt8] = []
    var steps: [TextProgram.Step] = []
    var leading = 0
    var index = 0
    if case .literal(let text)? = pattern.pieces.first {
      literals.append(contentsOf: text.utf8)
      leading = literals.count
      index = 1
    }
    while index < pattern.pieces.count {
      guard case .field(let field) = pattern.pieces[index] else { break }
      var step = TextProgram.Step(start: Int32(literals.count), slot: Int(field.slot & 127))
      var isPeek = false
      index += 1
      if index < pattern.pieces.count {
        switch pattern.pieces[index] {
        case .literal(let text):
          literals.append(contentsOf: text.utf8)
          index += 1
        case .field(let next):
          // Nothing stands between the two: a target shows itself by its slash, all else by a space.
          let mark = next == .target || next == .path ? "/" : next == .query ? "?" : next == .port ? ":" : " "
          literals.append(contentsOf: mark.utf8)
          isPeek = true
        }
        step.count = Int32(literals.count) - step.start
        step.advance = isPeek ? 0 : Int(step.count)
        step.first = step.count > 0 ? literals[Int(step.start)] : 0
        if step.count <= 8 {
          step.head = literals.withUnsafeBytes { bytes in
            bytes.baseAddress.map { LogBytes.Head($0, Int(step.start), Int(step.count)) } ?? .never
          }
        }
        step.endsAtSpace = step.first == 0x20 && !TextLine.mayHoldSpaces.contains(field)
        if step.endsAtSpace, usesBackslash, TextLine.mayBeLists.contains(field) {
          (step.spaces, step.joint) = (.ofLists, UInt8(ascii: ","))
          // Only a longer look tells the colon between the answers of two groups.
          if field == .upstreams { step.head = .never }
        } else if step.first == 0x20, TextLine.moments.contains(field) {
          (step.spaces, step.head) = (.ofMoments, .never)
        } else if usesBackslash {
          step.joint = UInt8(ascii: "\\")
        }
      }
      steps.append(step)
    }
    self.leading = leading
    program = TextProgram(steps, literals)
    pairs = PairReader(reserved: steps.map { UInt8($0.slot) })
  }

  /// The bytes that lines have to be indexed for.
  var marks: LineIndex.Marks { program.marks }

  /// An engine that reads nothing, for readers of JSON.
  init() { self.init(LogPattern(pieces: []), escaping: .none) }

  /// Where reading stopped: `nil` for a line that fits, else the offset at which it does not.
  @inline(__always)
  mutating func read(_ line: IndexedLine, into fields: LineFields) -> Int? {
    let (base, end) = (line.base, line.count)
    let position = run(line, fields.places)
    if position < 0 { return ~position }
    switch tail {
    case .nothing: return position == end ? nil : retryLast(base, position, end, fields)
    case .pairs:
      if position < end, position > 0, base.load(fromByteOffset: position, as: UInt8.self) != UInt8(ascii: " "),
        base.load(fromByteOffset: position &- 1, as: UInt8.self) != UInt8(ascii: " ")
      {
        return position
      }
      if position < end || pairs.count > 0 { pairs.read(base, position, end, into: fields) }
      return nil
    }
  }

  /// Past the last literal, or the complement of where the line does not fit.
  @inline(never)
  private func run(_ line: IndexedLine, _ places: UnsafeMutablePointer<LineFields.Place>) -> Int {
    let (base, end, limit) = (line.base, line.count, line.readable &- 8)
    if leading > 0 {
      guard leading <= end, LogBytes.equal(base, 0, program.literals, 0, count: leading) else { return ~0 }
    }
    var position = leading
    for index in 0..<program.count {
      let step = program.steps + index
      let start = position
      var stop =
        step.pointee.lane < 0
        ? Int.max : line.next(Int(step.pointee.lane), start, ahead: Int(step.pointee.markedByte))
      // What can be told at a glance: the literal stands there, and nothing may escape it or go on behind it.
      if stop > limit || !step.pointee.head.stands(base, stop)
        || stop > start && line.byte(stop &- 1) == step.pointee.joint
        || stop &+ step.pointee.advance > end
      {
        stop = fieldEnd(step, line, start)
        if stop < 0 { return stop }
      }
      position = stop &+ step.pointee.advance
      places[step.pointee.slot] = LineFields.Place(
        start: Int32(truncatingIfNeeded: start), length: Int32(truncatingIfNeeded: stop &- start))
    }
    return position
  }

  /// Where the field at `start` ends, or the complement of where the line does not fit.
  private func fieldEnd(_ step: UnsafePointer<TextProgram.Step>, _ line: IndexedLine, _ start: Int) -> Int {
    let (base, end) = (line.base, line.count)
    let count = Int(step.pointee.count)
    if count == 0 { return end }
    var position = start
    while true {
      let found =
        step.pointee.lane >= 0 && step.pointee.markedByte == 0
        ? line.next(Int(step.pointee.lane), position) : LogBytes.find(step.pointee.first, base, position, end)
      if found &+ count > end { return step.pointee.isPeek ? end : ~start }
      if step.pointee.spaces != .none, TextLine.isWithin(step.pointee.spaces, base, start, found, end) {
        position = found &+ 1
        continue
      }
      if LogBytes.equal(base, found, program.literals, Int(step.pointee.start), count: count),
        step.pointee.first != UInt8(ascii: "\"") || !usesBackslash || !isEscaped(base, start, found)
      {
        return found
      }
      if step.pointee.endsAtSpace { return ~found }
      position = found &+ 1
    }
  }

  /// A server that escapes nothing may write the closing literal inside the last value: it then ends with the line.
  private func retryLast(_ base: UnsafeRawPointer, _ position: Int, _ end: Int, _ fields: LineFields) -> Int? {
    guard !usesBackslash, let step = program.last, step.count > 0, end - Int(step.count) >= position else {
      return position
    }
    let count = Int(step.count)
    let start = Int(fields.places[step.slot].start)
    let fits = LogBytes.equal(base, end - count, program.literals, Int(step.start), count: count)
    guard fits else { return position }
    fields.set(UInt8(step.slot), start, end - count)
    return nil
  }

  /// Whether the space at `space` stands within the value: behind a list's comma, beside the colon that parts groups of upstreams,
  /// between a date and its time of day, before a zone.
  private static func isWithin(
    _ spaces: TextProgram.Spaces, _ base: UnsafeRawPointer, _ start: Int, _ space: Int, _ end: Int
  ) -> Bool {
    func byte(_ offset: Int) -> UInt8 {
      let at = space &+ offset
      return at >= start && at < end ? base.load(fromByteOffset: at, as: UInt8.self) : 0
    }
    let (comma, colon) = (UInt8(ascii: ","), UInt8(ascii: ":"))
    guard spaces == .ofMoments else {
      return byte(-1) == comma || byte(-1) == colon && byte(-2) == 0x20 || byte(1) == colon && byte(2) == 0x20
    }
    if byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-") {
      return (2...5).allSatisfy { byte($0).isASCIIDigit }
    }
    let isBehindDate = byte(-3) == UInt8(ascii: "-") || byte(-5) == UInt8(ascii: "/")
    return isBehindDate && byte(1).isASCIIDigit && byte(2).isASCIIDigit && byte(3) == colon
  }

  private func isEscaped(_ base: UnsafeRawPointer, _ start: Int, _ quote: Int) -> Bool {
    var index = quote &- 1
    while index >= start, base.load(fromByteOffset: index, as: UInt8.self) == UInt8(ascii: "\\") { index &-= 1 }
    return (quote &- index) & 1 == 0
  }
}
