import CBlocks

/// Where the bytes that end fields stand in a stretch of a log, and where its lines end, found 64 bytes at a time.
///
/// With one bit for each byte the next quote or space is a shift and a count away, however far it is.
package final class LineIndex {
  /// Which bytes are marked, in lanes 0 and 1.
  package enum Marks: Equatable, Sendable {
    /// Both in lane 0.
    case either(UInt8, UInt8)
    /// Each in its own.
    case each(UInt8, UInt8)
  }

  /// How many bytes are best indexed at once: they and their marks then stay in the processor's nearest caches.
  package static let window = 1 << 16

  package let marks: Marks
  /// How many line feeds the stretch has.
  package private(set) var lineCount = 0
  /// The lanes of a block lie side by side.
  private var words = UnsafeMutablePointer<UInt64>.allocate(capacity: 0)
  private var ends = UnsafeMutablePointer<Int32>.allocate(capacity: 0)
  /// How many blocks there is room for.
  private var capacity = 0

  package init(_ marks: Marks) { self.marks = marks }

  deinit {
    words.deallocate()
    ends.deallocate()
  }

  /// Where the line feed of this number stands, counted from the stretch's first byte; `number` is less than `lineCount`.
  package func lineEnd(_ number: Int) -> Int { Int(ends[number]) }

  /// The line in `start..<end` of the stretch, which begins at `base`.
  package func line(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> IndexedLine {
    IndexedLine(base: base + start, count: end &- start, words: words, shift: start)
  }

  /// Indexes the `count` bytes at `base`; `count` is less than 2³¹.
  package func build(_ base: UnsafeRawPointer, _ count: Int) {
    let whole = count / 64
    let blocks = (count + 63) / 64
    if blocks >= capacity { grow(to: blocks + 1) }
    lineCount = 0
    markBlocks(base, from: 0, count: whole)
    let rest = count - whole * 64
    if rest > 0 {
      withUnsafeTemporaryAllocation(byteCount: 64, alignment: 16) { padded in
        padded.initializeMemory(as: UInt8.self, repeating: 0)
        padded.copyMemory(from: UnsafeRawBufferPointer(start: base + whole * 64, count: rest))
        if let base = padded.baseAddress { markBlocks(UnsafeRawPointer(base), from: whole, count: 1) }
      }
      // What was put behind is no part of the stretch, should it be marked.
      for lane in 0..<2 { words[2 * whole + lane] &= 1 &<< UInt64(rest) &- 1 }
    }
    // Marks behind the end stop every search.
    for lane in 0..<2 { words[2 * blocks + lane] = .max }
  }

  private func markBlocks(_ base: UnsafeRawPointer, from first: Int, count: Int) {
    switch marks {
    case .either(let byte, let other):
      markBlocks(base, from: first, count: count) { (block_marks($0, byte, other), 0) }
    case .each(let byte, let other):
      markBlocks(base, from: first, count: count) { (block_marks($0, byte, byte), block_marks($0, other, other)) }
    }
  }

  @inline(__always)
  private func markBlocks(
    _ base: UnsafeRawPointer, from first: Int, count: Int, _ marks: (_ block: UnsafeRawPointer) -> (UInt64, UInt64)
  ) {
    let (words, ends) = (words + 2 * first, ends)
    var found = lineCount
    for index in 0..<count {
      let block = base + index &* 64
      (words[2 &* index], words[2 &* index &+ 1]) = marks(block)
      var feeds = block_marks(block, 0x0A, 0x0A)
      while feeds != 0 {
        ends[found] = Int32(truncatingIfNeeded: (first &+ index) &* 64 &+ feeds.trailingZeroBitCount)
        found &+= 1
        feeds &= feeds &- 1
      }
    }
    lineCount = found
  }

  private func grow(to blocks: Int) {
    words.deallocate()
    ends.deallocate()
    words = .allocate(capacity: 2 * blocks)
    words.initialize(repeating: 0, count: 2 * blocks)
    ends = .allocate(capacity: 64 * blocks)
    capacity = blocks
  }
}
