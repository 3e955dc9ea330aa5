/// The steps of a text line, at addresses that stay.
final class TextProgram {
  struct Step {
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

  let steps: UnsafeMutablePointer<Step>
  let count: Int
  let literals: UnsafeMutableRawPointer

  init(_ steps: [Step], _ literals: [UInt8]) {
    count = steps.count
    self.steps = .allocate(capacity: max(1, count))
    for (index, step) in steps.enumerated() { (self.steps + index).initialize(to: step) }
    self.literals = .allocate(byteCount: max(8, literals.count), alignment: 8)
    self.literals.copyMemory(from: literals, byteCount: literals.count)
  }

  deinit {
    steps.deallocate()
    literals.deallocate()
  }

  var last: Step? { count > 0 ? steps[count - 1] : nil }
}
