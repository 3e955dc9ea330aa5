import Fetch
import Scanning

/// A pattern made ready for running: after a leading literal, each field with the literal that ends it.
struct TextLine {
  private struct Step {
    var slot: UInt8
    /// The literal's first byte; 0 where the field runs to the end of the line.
    var first: UInt8
    var start: Int
    var count: Int
    /// Whether the literal only shows where the field ends, and belongs to the next one.
    var isPeek: Bool
    /// Whether a space ends the field for sure, so that the whole literal has to stand there.
    var endsAtSpace: Bool
    /// Whether its values are long as a rule.
    var isLong = false
    /// The literal as one word, and which of its bits count: 0 for a literal longer than a word.
    var word: UInt64 = 0
    var mask: UInt64 = 0
  }

  /// Fields that hold spaces even where nothing quotes them.
  private static let mayHoldSpaces: Set<LogField> = [.user, .time, .startTime, .endTime, .requestLine, .target]

  private var literals: [UInt8] = []
  private var leading = 0
  private var steps: [Step] = []
  private let tail: LogPattern.Tail
  private let usesBackslash: Bool
  private(set) var pairs: PairReader

  init(_ pattern: LogPattern, escaping: Escaping) {
    tail = pattern.tail
    usesBackslash = escaping == .backslash
    pairs = PairReader(reserved: [])
    var index = 0
    if case .literal(let text)? = pattern.pieces.first {
      literals.append(contentsOf: text.utf8)
      leading = literals.count
      index = 1
    }
    while index < pattern.pieces.count {
      guard case .field(let field) = pattern.pieces[index] else { break }
      var step = Step(slot: field.slot, first: 0, start: literals.count, count: 0, isPeek: false, endsAtSpace: false)
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
    // Never empty, so that its address is always there.
    literals.append(0)
    pairs = PairReader(reserved: steps.map(\.slot))
  }

  /// An engine that reads nothing, for readers of JSON.
  init() { self.init(LogPattern(pieces: []), escaping: .none) }

  /// Where reading stopped: `nil` for a line that fits, else the offset at which it does not.
  @inline(__always)
  mutating func read(_ base: UnsafeRawPointer, _ end: Int, into fields: LineFields) -> Int? {
    let position: Int = literals.withUnsafeBytes { literals in
      guard let literal = literals.baseAddress else { return 0 }
      if leading > 0 {
        guard leading <= end, LogBytes.equal(base, 0, literal, 0, count: leading) else { return ~0 }
      }
      var position = leading
      for step in steps {
        let start = position
        if step.count == 0 {
          fields.set(step.slot, start, end)
          position = end
          continue
        }
        while true {
          let found =
            step.isLong
            ? LogBytes.findFar(step.first, base, position, end) : LogBytes.find(step.first, base, position, end)
          if found &+ step.count > end {
            if step.isPeek {
              position = end
              fields.set(step.slot, start, end)
              break
            }
            return ~start
          }
          if step.count == 1 || TextLine.stands(step, base, found, end, literal) {
            if step.first != UInt8(ascii: "\"") || !usesBackslash || !isEscaped(base, start, found) {
              fields.set(step.slot, start, found)
              position = step.isPeek ? found : found &+ step.count
              break
            }
          }
          if step.endsAtSpace { return ~found }
          position = found &+ 1
        }
      }
      return position
    }
    if position < 0 { return ~position }
    switch tail {
    case .nothing: return position == end ? nil : retryLast(base, position, end, fields)
    case .pairs:
      if position < end, position > 0, base.load(fromByteOffset: position, as: UInt8.self) != UInt8(ascii: " "),
        base.load(fromByteOffset: position &- 1, as: UInt8.self) != UInt8(ascii: " ")
      {
        return position
      }
      pairs.read(base, position, end, into: fields)
      return nil
    }
  }

  /// A server that escapes nothing may write the closing literal inside the last value: it then ends with the line.
  private func retryLast(_ base: UnsafeRawPointer, _ position: Int, _ end: Int, _ fields: LineFields) -> Int? {
    guard !usesBackslash, let step = steps.last, step.count > 0, end - step.count >= position else { return position }
    let start = Int(fields.places[Int(step.slot & 127)].start)
    let fits = literals.withUnsafeBytes { literals in
      literals.baseAddress.map { LogBytes.equal(base, end - step.count, $0, step.start, count: step.count) } ?? false
    }
    guard fits else { return position }
    fields.set(step.slot, start, end - step.count)
    return nil
  }

  @inline(__always)
  private static func stands(
    _ step: Step, _ base: UnsafeRawPointer, _ found: Int, _ end: Int, _ literals: UnsafeRawPointer
  ) -> Bool {
    if step.mask != 0, found &+ 8 <= end {
      let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: found, as: UInt64.self))
      return word & step.mask == step.word
    }
    return LogBytes.equal(base, found, literals, step.start, count: step.count)
  }

  @inline(__always)
  private func isEscaped(_ base: UnsafeRawPointer, _ start: Int, _ quote: Int) -> Bool {
    var index = quote &- 1
    while index >= start, base.load(fromByteOffset: index, as: UInt8.self) == UInt8(ascii: "\\") { index &-= 1 }
    return (quote &- index) & 1 == 0
  }
}
