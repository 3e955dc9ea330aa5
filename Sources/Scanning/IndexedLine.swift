/// A line of a stretch that a `LineIndex` was built of: it is good until the next one is built.
@usableFromInline
package struct IndexedLine {
  @usableFromInline package let base: UnsafeRawPointer
  @usableFromInline package let count: Int
  @usableFromInline let words: UnsafePointer<UInt64>
  /// Where the line begins, counted from the stretch's first byte.
  @usableFromInline let shift: Int

  init(base: UnsafeRawPointer, count: Int, words: UnsafePointer<UInt64>, shift: Int) {
    self.base = base
    self.count = count
    self.words = words
    self.shift = shift
  }

  /// Without its first bytes and its last ones.
  package func dropping(first: Int, last: Int) -> IndexedLine {
    IndexedLine(base: base + first, count: count &- first &- last, words: words, shift: shift &+ first)
  }

  /// The offset of the first byte marked in `lane` from `start` on, or one that is not less than `count`.
  ///
  /// `start` is at most one beyond `count`. What is found is where the next search begins: few steps lie between the two.
  @inlinable @inline(__always)
  package func next(_ lane: Int, _ start: Int) -> Int {
    let place = start &+ shift
    var block = place &>> 6
    let marks = words[2 &* block &+ lane] &>> UInt64(truncatingIfNeeded: place)
    if marks != 0 { return start &+ marks.trailingZeroBitCount }
    let last = (count &+ shift) &>> 6
    repeat {
      block &+= 1
      if block > last { return count }
    } while words[2 &* block &+ lane] == 0
    return block &<< 6 &+ words[2 &* block &+ lane].trailingZeroBitCount &- shift
  }

  @inlinable @inline(__always)
  package func byte(_ offset: Int) -> UInt8 { base.load(fromByteOffset: offset, as: UInt8.self) }
}
