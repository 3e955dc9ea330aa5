extension Query {
  /// The statement for a web form, which binds every value as text, and what was not filled in as an empty one.
  package var sqlForForms: String {
    var text = ""
    var rest = Substring(sql)
    // What the comment lines say is said around the form.
    while rest.hasPrefix("--") { rest = rest.drop { $0 != "\n" }.dropFirst() }
    while let mark = rest.firstIndex(of: ":") {
      let name = rest[rest.index(after: mark)...].prefix { $0.isLetter || $0 == "_" }
      text += rest[..<mark]
      rest = rest[name.endIndex...]
      if let parameter = parameters.first(where: { $0.name == name }) {
        text += parameter.expressionForForms
      } else {
        text += ":\(name)"
      }
    }
    return text + rest
  }
}

extension Query.Parameter {
  fileprivate var expressionForForms: String {
    let given = standard.map { "coalesce(nullif(:\(name), ''), \($0.literal))" } ?? ":\(name)"
    return switch kind {
    case .integer: "CAST(\(given) AS INTEGER)"
    case .number: "CAST(\(given) AS REAL)"
    case .text, .time: given
    }
  }
}

extension Query.Value {
  fileprivate var literal: String {
    switch self {
    case .integer(let number): String(number)
    case .real(let number): String(number)
    case .text(let text):
      "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }
  }
}
