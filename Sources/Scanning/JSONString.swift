/// Where a string's contents lie: between its quotes, escapes not undone.
@usableFromInline
package struct JSONString: Sendable {
  @usableFromInline
  package var start: Int
  @usableFromInline
  package var end: Int
  @usableFromInline
  package var hasEscapes: Bool
  @usableFromInline
  package var isASCII: Bool

  @inlinable @inline(__always)
  package init(start: Int, end: Int, hasEscapes: Bool, isASCII: Bool) {
    self.start = start
    self.end = end
    self.hasEscapes = hasEscapes
    self.isASCII = isASCII
  }

  /// In bytes, escapes not undone.
  @inlinable
  package var count: Int { end - start }
}

extension JSONString {
  /// Whether the contents are these ASCII characters, with no escape among them.
  @inlinable @inline(__always)
  package func spells(_ text: StaticString, _ bytes: Span<UInt8>) -> Bool {
    guard end &- start == text.utf8CodeUnitCount else { return false }
    var index = 0
    while index < text.utf8CodeUnitCount {
      if bytes[unchecked: start &+ index] != text.utf8Start[index] { return false }
      index &+= 1
    }
    return true
  }
}
