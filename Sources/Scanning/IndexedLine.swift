/// A line of a stretch that a `LineIndex` was built of: it is good until the next one is built.
@usableFromInline
package struct IndexedLine {
  @usableFromInline package let base: UnsafeRawPointer
  @usableFromInline package let count: Int
  /// How many bytes may be read from the line's first one on: what stands behind the line has no meaning.
  @usableFromInline package let readable: Int
  /// A bit for each byte of the stretch.
  @usableFromInline let lanes: (UnsafeRawPointer, UnsafeRawPointer)
  /// Where the line begins, counted from the stretch's first byte.
  @usableFromInline let shift: Int

  @inlinable @inline(__always)
  init(
    base: UnsafeRawPointer, count: Int, readable: Int, lanes: (UnsafeRawPointer, UnsafeRawPointer), shift: Int
  ) {
    self.base = base
    self.count = count
    self.readable = readable
    self.lanes = lanes
    self.shift = shift
  }

  /// Without its first bytes and its last ones.
  @inlinable @inline(__always)
  package func dropping(first: Int, last: Int) -> IndexedLine {
    IndexedLine(
      base: base + first, count: count &- first &- last, readable: readable &- first, lanes: lanes,
      shift: shift &+ first)
  }

  /// The offset of the first byte from `start` on that has one marked in `lane` so many bytes `ahead` of it, or an offset that is not
  /// less than `count &- ahead`.
  ///
  /// `start &+ ahead` is at most eight beyond `count`. What is found is where the next search begins: few steps lie between the two.
  @inlinable @inline(__always)
  package func next(_ lane: Int, _ start: Int, ahead: Int = 0) -> Int {
    let lane = lane == 0 ? lanes.0 : lanes.1
    let shift = shift &+ ahead
    let place = start &+ shift
    var (from, at) = (start, place &>> 3)
    var marks = IndexedLine.marks(lane, at) &>> UInt64(truncatingIfNeeded: place & 7)
    if marks == 0 {
      let last = (count &+ self.shift) &>> 3
      repeat {
        at &+= 8
        if at > last { return count }
        marks = IndexedLine.marks(lane, at)
      } while marks == 0
      from = at &<< 3 &- shift
    }
    return from &+ marks.trailingZeroBitCount
  }

  /// The marks of 64 bytes, wherever they begin: most values end within the 57 that a first look has for sure.
  @inlinable @inline(__always)
  static func marks(_ lane: UnsafeRawPointer, _ at: Int) -> UInt64 {
    UInt64(littleEndian: lane.loadUnaligned(fromByteOffset: at, as: UInt64.self))
  }

  @inlinable @inline(__always)
  package func byte(_ offset: Int) -> UInt8 { base.load(fromByteOffset: offset, as: UInt8.self) }
}
