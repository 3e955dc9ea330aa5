extension Query {
  /// What a query's SQL names as `:name`, and its comment line declares:
  /// `-- param NAME KIND: MEANING (default VALUE)`.
  package struct Parameter: Equatable, Sendable {
    package let name: String
    package let kind: Kind
    package let meaning: String
    /// `nil` for one that has to be given.
    package let standard: Value?

    package enum Kind: String, Sendable {
      case integer, number, text
      /// Text that compares like the store's own times.
      case time
    }
  }

  package enum Value: Equatable, Sendable {
    case integer(Int64)
    case real(Double)
    case text(String)
  }
}

extension Query.Parameter.Kind {
  /// The text as a value of this kind; `nil` where it is none.
  ///
  /// - Parameter moment: Makes of a time, as a user writes it, one as the store does.
  func value(_ text: String, moment: (String) -> String?) -> Query.Value? {
    switch self {
    case .integer: Int64(text).map(Query.Value.integer)
    case .number: Double(text).map(Query.Value.real)
    case .text: .text(text)
    case .time: moment(text).map(Query.Value.text)
    }
  }
}

extension Query.Parameter {
  /// - Parameters:
  ///   - key: `NAME KIND`.
  ///   - words: `MEANING (default VALUE)`.
  /// - Returns: `nil` for a kind that there is not, or a default of another kind.
  init?(key: Substring, words: Substring) {
    let key = key.split(separator: " ")
    guard key.count == 2, let kind = Kind(rawValue: String(key[1])) else { return nil }
    name = String(key[0])
    self.kind = kind
    if words.hasSuffix(")"), let mark = words.firstRange(of: " (default ") {
      guard let value = kind.value(String(words[mark.upperBound...].dropLast()), moment: { $0 }) else { return nil }
      meaning = String(words[..<mark.lowerBound])
      standard = value
    } else {
      meaning = String(words)
      standard = nil
    }
  }

  /// The default as a user would give it; `nil` where there is none.
  package var standardText: String? {
    switch standard {
    case .integer(let number): String(number)
    case .real(let number): String(number)
    case .text(let text): text
    case nil: nil
    }
  }
}
