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
      var step = TextProgram.Step(
        slot: field.slot, first: 0, start: literals.count, count: 0, isPeek: false, endsAtSpace: false)
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
          step.isPeek = true
        }
        step.count = literals.count - step.start
        step.first = step.count > 0 ? literals[step.start] : 0
        step.isLong = field == .request(.userAgent)
        if step.count <= 8 {
          for offset in 0..<step.count {
            step.word |= UInt64(literals[step.start + offset]) << UInt64(8 * offset)
            step.mask |= 0xFF << UInt64(8 * offset)
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

  /// An engine that reads nothing, for readers of JSON.
  init() { self.init(LogPattern(pieces: []), escaping: .none) }

  /// Where reading stopped: `nil` for a line that fits, else the offset at which it does not.
  @inline(__always)
  mutating func read(_ base: UnsafeRawPointer, _ end: Int, into fields: LineFields) -> Int? {
    let position = run(base, end, fields)
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
  private func run(_ base: UnsafeRawPointer, _ end: Int, _ fields: LineFields) -> Int {
    let literals = UnsafeRawPointer(program.literals)
    let places = fields.places
    if leading > 0 {
      guard leading <= end, LogBytes.equal(base, 0, literals, 0, count: leading) else { return ~0 }
    }
    var position = leading
    for index in 0..<program.count {
      let step = program.steps + index
      let start = position
      var stop = end
      if step.pointee.count > 0 {
        while true {
          let found =
            step.pointee.isLong
            ? LogBytes.findFar(step.pointee.first, base, position, end)
            : LogBytes.find(step.pointee.first, base, position, end)
          if found &+ step.pointee.count > end {
            guard step.pointee.isPeek else { return ~start }
            position = end
            break
          }
          if step.pointee.count == 1 || TextLine.stands(step, base, found, end, literals) {
            if step.pointee.first != UInt8(ascii: "\"") || !usesBackslash || !isEscaped(base, start, found) {
              stop = found
              position = step.pointee.isPeek ? found : found &+ step.pointee.count
              break
            }
          }
          if step.pointee.endsAtSpace { return ~found }
          position = found &+ 1
        }
      } else {
        position = end
      }
      places[Int(step.pointee.slot & 127)] = LineFields.Place(
        start: Int32(truncatingIfNeeded: start), length: Int32(truncatingIfNeeded: stop &- start))
    }
    return position
  }

  /// A server that escapes nothing may write the closing literal inside the last value: it then ends with the line.
  private func retryLast(_ base: UnsafeRawPointer, _ position: Int, _ end: Int, _ fields: LineFields) -> Int? {
    guard !usesBackslash, let step = program.last, step.count > 0, end - step.count >= position else { return position }
    let start = Int(fields.places[Int(step.slot & 127)].start)
    let fits = LogBytes.equal(base, end - step.count, program.literals, step.start, count: step.count)
    guard fits else { return position }
    fields.set(step.slot, start, end - step.count)
    return nil
  }

  @inline(__always)
  private static func stands(
    _ step: UnsafePointer<TextProgram.Step>, _ base: UnsafeRawPointer, _ found: Int, _ end: Int,
    _ literals: UnsafeRawPointer
  ) -> Bool {
    if step.pointee.mask != 0, found &+ 8 <= end {
      let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: found, as: UInt64.self))
      return word & step.pointee.mask == step.pointee.word
    }
    return LogBytes.equal(base, found, literals, step.pointee.start, count: step.pointee.count)
  }

  @inline(__always)
  private func isEscaped(_ base: UnsafeRawPointer, _ start: Int, _ quote: Int) -> Bool {
    var index = quote &- 1
    while index >= start, base.load(fromByteOffset: index, as: UInt8.self) == UInt8(ascii: "\\") { index &-= 1 }
    return (quote &- index) & 1 == 0
  }
}
