/// Which brackets are open, a bit each: `{` or `[`.
@usableFromInline
package struct BracketStack {
  @usableFromInline
  package var bits = InlineArray<8, UInt64>(repeating: 0)
  @usableFromInline
  package var depth = 0

  @inlinable
  package init() {}

  /// `false` where the limit is reached.
  @inlinable @inline(__always)
  package mutating func push(_ bracket: UInt8) -> Bool {
    guard depth < JSONCursor.depthLimit else { return false }
    let mask = UInt64(1) << UInt64(depth & 63)
    if bracket == 0x7B { bits[depth >> 6] |= mask } else { bits[depth >> 6] &= ~mask }
    depth &+= 1
    return true
  }

  /// `false` where no such bracket is open.
  @inlinable @inline(__always)
  package mutating func pop(_ bracket: UInt8) -> Bool {
    guard depth > 0 else { return false }
    depth &-= 1
    let isBrace = bits[depth >> 6] & UInt64(1) << UInt64(depth & 63) != 0
    return isBrace == (bracket == 0x7D)
  }
}
