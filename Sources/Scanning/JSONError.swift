/// What is wrong with a JSON text (RFC 8259), and at which byte.
@usableFromInline
package struct JSONError: Error, Equatable, Sendable {
  @usableFromInline
  package enum Kind: UInt8, Sendable {
    /// The bytes end inside a value: damage at the end of a file, a reason to fetch more before it.
    case endOfInput
    case unexpectedByte
    case badEscape
    case badNumber
    /// Nested more than `JSONCursor.depthLimit` deep.
    case tooDeep
  }

  @usableFromInline
  package var kind: Kind
  @usableFromInline
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
