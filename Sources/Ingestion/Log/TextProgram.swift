import Scanning

/// The steps of a text line, at addresses that stay.
final class TextProgram {
  struct Step {
    /// The literal; empty where it is longer than a word.
    var head = LogBytes.Head()
    /// Where it stands among the literals, and how many bytes it has: none where the field runs to the end of the line.
    var start: Int32
    var count: Int32 = 0
    /// How many bytes to go on behind the field: none where the literal only shows its end, and belongs to the next one.
    var advance: Int32 = 0
    var slot: UInt8
    /// The literal's first byte.
    var first: UInt8 = 0
    /// The lane of the line's index in which that is marked; -1 for none.
    var lane: Int8 = -1
    /// Whether a space ends the field for sure, so that the whole literal has to stand there.
    var endsAtSpace = false

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
      if step.count > 0, step.first == lanes.0 || step.first == lanes.1 { step.lane = step.first == lanes.0 ? 0 : 1 }
      (self.steps + index).initialize(to: step)
    }
    self.literals = .allocate(byteCount: max(8, literals.count), alignment: 8)
    self.literals.copyMemory(from: literals, byteCount: literals.count)
  }

  deinit {
    steps.deallocate()
    literals.deallocate()
  }

  /// The two bytes that end most fields; of equals the one that comes first.
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

  var last: Step? { count > 0 ? steps[count - 1] : nil }
}
