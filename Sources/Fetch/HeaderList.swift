/// One field line as it was recorded: its spelling, its value, its place among the others.
package struct HeaderField: Equatable, Sendable {
  /// The name as spelled on the wire, or as the exporter spells it.
  package var name: String
  package var value: String
  package var known: KnownField?

  package init(name: String, value: String) {
    self.name = name
    self.value = value
    self.known = KnownField(name: name)
  }

  package init(_ known: KnownField, _ value: String) {
    self.name = known.name
    self.value = value
    self.known = known
  }

  /// For readers that have already told which field it is.
  package init(name: String, known: KnownField?, value: String) {
    self.name = name
    self.known = known
    self.value = value
  }
}

/// A header list (Fetch, 2.2.2 Headers): field lines in the order they came, duplicates kept, values never tidied.
package struct HeaderList: Equatable, Sendable, ExpressibleByDictionaryLiteral {
  package var fields: [HeaderField]

  package init(_ fields: [HeaderField] = []) { self.fields = fields }

  package init(dictionaryLiteral elements: (String, String)...) {
    fields = elements.map { HeaderField(name: $0.0, value: $0.1) }
  }

  package mutating func append(name: String, value: String) {
    fields.append(HeaderField(name: name, value: value))
  }

  package func contains(_ field: KnownField) -> Bool { fields.contains { $0.known == field } }

  package func count(_ field: KnownField) -> Int { fields.reduce(0) { $0 + ($1.known == field ? 1 : 0) } }

  /// Each line's value, stripped of HTTP whitespace, in order.
  package func values(_ field: KnownField) -> [Substring] {
    fields.compactMap { $0.known == field ? $0.value.trimmingHTTPWhitespace() : nil }
  }

  /// The standard's *get*: every value of the name joined with `, `; `nil` when there is none (Fetch, *get a header*).
  package func get(_ field: KnownField) -> String? {
    var found: String?
    for index in fields.indices where fields[index].known == field {
      let value = fields[index].value.trimmedHTTPWhitespace
      found = found.map { $0 + ", " + value } ?? value
    }
    return found
  }
}

extension UInt8 {
  @inlinable
  package var isHTTPWhitespace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }

  @inlinable
  package var isASCIIUpper: Bool { self &- 65 < 26 }

  @inlinable
  package var isASCIIAlpha: Bool { (self | 0x20) &- 97 < 26 }

  @inlinable
  package var isASCIIDigit: Bool { self &- 48 < 10 }

  @inlinable
  package var isASCIIHexDigit: Bool { isASCIIDigit || (self | 0x20) &- 97 < 6 }

  @inlinable
  package var asciiLowercased: UInt8 { isASCIIUpper ? self | 0x20 : self }
}
