import CBlocks

/// Where the bytes that end fields stand in a stretch of a log, and where its lines end, found 64 bytes at a time.
///
/// With one bit for each byte the next quote or space is a shift and a count away, however far it is.
@usableFromInline
package struct LineIndex: ~Copyable {
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
  /// How many bytes it has.
  @usableFromInline private(set) var count = 0
  /// A bit for each byte, in whole words.
  @usableFromInline private(set) var lanes = (LineIndex.lane(0), LineIndex.lane(0))
  @usableFromInline private(set) var ends = UnsafeMutablePointer<Int32>.allocate(capacity: 0)
  /// How many blocks there is room for.
  private var capacity = 0

  package init(_ marks: Marks) { self.marks = marks }

  deinit {
    lanes.0.deallocate()
    lanes.1.deallocate()
    ends.deallocate()
  }

  /// Where the line feed of this number stands, counted from the stretch's first byte; `number` is less than `lineCount`.
  @inlinable @inline(__always)
  package func lineEnd(_ number: Int) -> Int { Int(ends[number]) }

  /// The line in `start..<end` of the stretch, which begins at `base`.
  @inlinable @inline(__always)
  package func line(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> IndexedLine {
    IndexedLine(
      base: base + start, count: end &- start, readable: count &- start,
      lanes: (UnsafeRawPointer(lanes.0), UnsafeRawPointer(lanes.1)), shift: start)
  }

  /// Indexes the `count` bytes at `base`; `count` is less than 2³¹.
  package mutating func build(_ base: UnsafeRawPointer, _ count: Int) {
    let whole = count / 64
    let blocks = (count + 63) / 64
    if blocks > capacity { grow(to: blocks) }
    self.count = count
    lineCount = 0
    markBlocks(base, from: 0, count: whole)
    let rest = count - whole * 64
    if rest > 0 {
      withUnsafeTemporaryAllocation(byteCount: 64, alignment: 16) { padded in
        padded.initializeMemory(as: UInt8.self, repeating: 0)
        padded.copyMemory(from: UnsafeRawBufferPointer(start: base + whole * 64, count: rest))
        if let base = padded.baseAddress { markBlocks(UnsafeRawPointer(base), from: whole, count: 1) }
      }
    }
  }

  private mutating func markBlocks(_ base: UnsafeRawPointer, from first: Int, count: Int) {
    let (byte, other, isEither) =
      switch marks {
      case .either(let byte, let other): (byte, other, true)
      case .each(let byte, let other): (byte, other, false)
      }
    var index = blocks_index(
      byte: byte, other: other, both: isEither, lanes: lanes, ends: ends, end_count: lineCount)
    blocks_index(base, first, count, &index)
    lineCount = index.end_count
  }

  private mutating func grow(to blocks: Int) {
    lanes.0.deallocate()
    lanes.1.deallocate()
    ends.deallocate()
    lanes = (LineIndex.lane(blocks), LineIndex.lane(blocks))
    ends = .allocate(capacity: 64 * blocks)
    capacity = blocks
  }

  /// A word more than there are blocks may be looked at.
  private static func lane(_ blocks: Int) -> UnsafeMutablePointer<UInt64> {
    let lane = UnsafeMutablePointer<UInt64>.allocate(capacity: blocks + 2)
    lane.initialize(repeating: 0, count: blocks + 2)
    return lane
  }
}
