/// What is wrong with a JSON text (RFC 8259), and at which byte.
package struct JSONError: Error, Equatable, Sendable {
  package enum Kind: UInt8, Sendable {
    /// The bytes end inside a value: damage at the end of a file, a reason to fetch more before it.
    case endOfInput
    case unexpectedByte
    case badEscape
    case badNumber
    /// Nested more than `JSONCursor.depthLimit` deep.
    case tooDeep
  }

  package var kind: Kind
  package var at: Int

  @inlinable
  package init(_ kind: Kind, at: Int) {
    self.kind = kind
    self.at = at
  }

  /// One clause, for a message.
  package var sentence: String {
    switch kind {
    case .endOfInput: "the text ends inside a value"
    case .unexpectedByte: "this byte cannot stand here"
    case .badEscape: "a backslash is followed by no escape that JSON knows"
    case .badNumber: "a number is malformed"
    case .tooDeep: "it is nested more than \(JSONCursor.depthLimit) deep"
    }
  }
}

/// Where a string's contents lie: between its quotes, escapes not undone.
package struct JSONString: Sendable {
  package var start: Int
  package var end: Int
  package var hasEscapes: Bool
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
