/// Long strings are cut to a prefix, wherever they are met, so that what is read never depends on how it was chunked.
@usableFromInline
package enum ElidedString {
  /// The longest string that is read whole, in bytes with its escapes.
  @inlinable
  package static var limit: Int { 16_384 }

  /// How much of a longer string's first `limit` bytes is used: no escape and no character is split.
  package static func prefixLength(_ bytes: Span<UInt8>, from start: Int) -> Int {
    let end = min(bytes.count, start + limit)
    var at = start
    while at < end {
      let byte = bytes[at]
      let width: Int
      if byte == UInt8(ascii: "\\") {
        width = at + 1 < end && bytes[at + 1] == UInt8(ascii: "u") ? 6 : 2
      } else {
        width = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      }
      if at + width > end { break }
      at += width
    }
    return at - start
  }
}
