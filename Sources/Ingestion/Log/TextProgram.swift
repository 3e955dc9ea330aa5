import Scanning

/// The steps of a text line, at addresses that stay.
final class TextProgram {
  enum Spaces { case none, ofLists, ofMoments }

  struct Step {
    /// The literal; one that stands nowhere where it is longer than a word.
    var head = LogBytes.Head.never
    /// Where it stands among the literals, and how many bytes it has: none where the field runs to the end of the line.
    var start: Int32
    var count: Int32 = 0
    /// How many bytes to go on behind the field: none where the literal only shows its end, and belongs to the next one.
    var advance = 0
    let slot: Int
    /// The literal's first byte.
    var first: UInt8 = 0
    /// The lane of the line's index in which one of the literal's first eight bytes is marked, and which of them; -1 for none.
    var lane: Int8 = -1
    var markedByte: Int8 = 0
    /// Whether a space ends the field for sure, so that the whole literal has to stand there.
    var endsAtSpace = false
    /// Which spaces are the field's own, though one ends it.
    var spaces = Spaces.none
    /// The byte that, before the literal, may make it a part of the field; a line feed stands before none.
    var joint = UInt8(ascii: "\n")

    var isPeek: Bool { count > 0 && advance == 0 }
  }

  /// The bytes that most fields end at.
  let marks: LineIndex.Marks
  let steps: UnsafeMutablePointer<Step>
  let count: Int
  let literals: UnsafeMutableRawPointer

  init(_ steps: [Step], _ literals: [UInt8]) {
    count = steps.count
    self.steps = .allocate(capacity: max(1, count))
    let lanes = TextProgram.lanes(steps)
    marks = .each(lanes.0, lanes.1)
    for (index, step) in steps.enumerated() {
      var step = step
      if let marked = TextProgram.marked(literals[Int(step.start)...].prefix(Int(step.count)), lanes) {
        (step.lane, step.markedByte) = (marked.byte == lanes.0 ? 0 : 1, Int8(marked.offset))
      }
      (self.steps + index).initialize(to: step)
    }
    self.literals = .allocate(byteCount: max(8, literals.count), alignment: 8)
    self.literals.copyMemory(from: literals, byteCount: literals.count)
  }

  deinit {
    steps.deallocate()
    literals.deallocate()
  }

  /// The two bytes that begin most literals; of equals the one that comes first.
  private static func lanes(_ steps: [Step]) -> (UInt8, UInt8) {
    var counts: [UInt8: Int] = [:]
    for step in steps where step.count > 0 { counts[step.first, default: 0] += 1 }
    func most(besides other: UInt8?) -> UInt8? {
      var found: UInt8?
      for step in steps where step.count > 0 && step.first != other {
        if (counts[step.first] ?? 0) > found.flatMap({ counts[$0] }) ?? 0 { found = step.first }
      }
      return found
    }
    let first = most(besides: nil)
    return (first ?? UInt8(ascii: " "), most(besides: first) ?? UInt8(ascii: "\""))
  }

  /// The byte that a literal is looked for by: its first one, or else rather one that values do not hold.
  private static func marked(_ literal: ArraySlice<UInt8>, _ lanes: (UInt8, UInt8)) -> (offset: Int, byte: UInt8)? {
    let marked = literal.prefix(8).enumerated().filter { $1 == lanes.0 || $1 == lanes.1 }
    guard let first = marked.first else { return nil }
    let best = first.offset == 0 ? first : marked.first { $1 != 0x20 } ?? first
    return (best.offset, best.element)
  }

  var last: Step? { count > 0 ? steps[count - 1] : nil }
}
