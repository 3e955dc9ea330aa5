import Fetch
import Scanning

/// A pattern made ready for running: after a leading literal, each field with the literal that ends it.
struct TextLine {
  /// Fields that hold spaces even where nothing quotes them.
  private static let mayHoldSpaces: Set<LogField> = [.user, .time, .startTime, .endTime, .requestLine, .target]

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
      var step = TextProgram.Step(start: Int32(literals.count), slot: field.slot)
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
        step.advance = isPeek ? 0 : step.count
        step.first = step.count > 0 ? literals[Int(step.start)] : 0
        if step.count <= 8 {
          step.head = literals.withUnsafeBytes { bytes in
            bytes.baseAddress.map { LogBytes.Head($0, Int(step.start), Int(step.count)) } ?? LogBytes.Head()
          }
        }
        step.endsAtSpace = step.first == 0x20 && !TextLine.mayHoldSpaces.contains(field)
      }
      steps.append(step)
    }
    self.leading = leading
    program = TextProgram(steps, literals)
    pairs = PairReader(reserved: steps.map(\.slot))
  }

  /// The bytes that lines have to be indexed for.
  var marks: LineIndex.Marks { program.marks }

  /// An engine that reads nothing, for readers of JSON.
  init() { self.init(LogPattern(pieces: []), escaping: .none) }

  /// Where reading stopped: `nil` for a line that fits, else the offset at which it does not.
  @inline(__always)
  mutating func read(_ line: IndexedLine, into fields: LineFields) -> Int? {
    let (base, end) = (line.base, line.count)
    let position = run(line, fields)
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
  @inline(__always)
  private func run(_ line: IndexedLine, _ fields: LineFields) -> Int {
    let (base, end) = (line.base, line.count)
    let literals = UnsafeRawPointer(program.literals)
    let places = fields.places
    if leading > 0 {
      guard leading <= end, LogBytes.equal(base, 0, literals, 0, count: leading) else { return ~0 }
    }
    var position = leading
    for index in 0..<program.count {
      let step = program.steps + index
      let start = position
      var stop = step.pointee.lane < 0 ? -1 : line.next(Int(step.pointee.lane), start)
      if stop < 0 || !plainlyEnds(step, line, start, stop) {
        stop = fieldEnd(step, line, start)
        if stop < 0 { return stop }
      }
      position = stop &+ Int(step.pointee.advance)
      places[Int(step.pointee.slot & 127)] = LineFields.Place(
        start: Int32(truncatingIfNeeded: start), length: Int32(truncatingIfNeeded: stop &- start))
    }
    return position
  }

  /// Whether the first byte of the literal that is marked at `stop` begins it, and is not escaped: what can be told at a glance.
  @inline(__always)
  private func plainlyEnds(
    _ step: UnsafePointer<TextProgram.Step>, _ line: IndexedLine, _ start: Int, _ stop: Int
  ) -> Bool {
    if step.pointee.count == 1 {
      guard stop < line.count else { return false }
    } else {
      guard stop &+ 8 <= line.count, step.pointee.head.mask != 0, step.pointee.head.stands(line.base, stop) else {
        return false
      }
    }
    return !usesBackslash || stop == start || line.byte(stop &- 1) != UInt8(ascii: "\\")
  }

  /// Where the field at `start` ends, or the complement of where the line does not fit.
  private func fieldEnd(_ step: UnsafePointer<TextProgram.Step>, _ line: IndexedLine, _ start: Int) -> Int {
    let (base, end) = (line.base, line.count)
    let count = Int(step.pointee.count)
    if count == 0 { return end }
    var position = start
    while true {
      let found =
        step.pointee.lane >= 0
        ? line.next(Int(step.pointee.lane), position) : LogBytes.find(step.pointee.first, base, position, end)
      if found &+ count > end { return step.pointee.isPeek ? end : ~start }
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
    let start = Int(fields.places[Int(step.slot & 127)].start)
    let fits = LogBytes.equal(base, end - count, program.literals, Int(step.start), count: count)
    guard fits else { return position }
    fields.set(step.slot, start, end - count)
    return nil
  }

  private func isEscaped(_ base: UnsafeRawPointer, _ start: Int, _ quote: Int) -> Bool {
    var index = quote &- 1
    while index >= start, base.load(fromByteOffset: index, as: UInt8.self) == UInt8(ascii: "\\") { index &-= 1 }
    return (quote &- index) & 1 == 0
  }
}
