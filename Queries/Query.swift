/// A ready query: a `.sql` file of this folder whose first comment lines say what it is.
package struct Query: Equatable, Sendable {
  /// The file's name without `.sql`.
  package let name: String
  package let title: String
  package let question: String
  package let parameters: [Parameter]
  /// What the rows hold, in order.
  package let columns: [String]
  package let sql: String

  /// Named in the SQL as `:name`.
  ///
  /// A default tells the type: a value for one with a number's default has to be a number.
  package struct Parameter: Equatable, Sendable {
    package let name: String
    package let meaning: String
    /// `nil` for one that has to be given.
    package let standard: Value?
  }

  package enum Value: Equatable, Sendable {
    case integer(Int64)
    case real(Double)
    case text(String)

    /// A number where it reads as one, else text; quotes make text of anything.
    init(literal: Substring) {
      if literal.count >= 2, literal.first == "'", literal.last == "'" {
        self = .text(String(literal.dropFirst().dropLast()))
      } else if let number = Int64(literal) {
        self = .integer(number)
      } else if let number = Double(literal) {
        self = .real(number)
      } else {
        self = .text(String(literal))
      }
    }

    /// The given text as a value of this one's type; `nil` where it is none.
    func like(_ text: String) -> Value? {
      switch self {
      case .integer: Int64(text).map(Value.integer)
      case .real: Double(text).map(Value.real)
      case .text: .text(text)
      }
    }
  }

  /// Parses a query's file.
  ///
  /// - Returns: `nil` where title, question or columns are not said.
  package init?(name: String, text: String) {
    var said: [String: String] = [:]
    var parameters: [Parameter] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("-- ") else { break }
      guard let colon = line.firstIndex(of: ":") else { continue }
      let key = line.dropFirst(3)[..<colon]
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      if key.hasPrefix("param ") {
        parameters.append(Parameter(name: String(key.dropFirst(6)), words: value))
      } else {
        said[String(key)] = String(value)
      }
    }
    guard let title = said["title"], let question = said["question"], let columns = said["columns"] else { return nil }
    self.name = name
    self.title = title
    self.question = question
    self.parameters = parameters
    self.columns = columns.split(separator: ",").map { String($0.drop { $0 == " " }) }
    sql = text
  }

  /// The values to bind: the given ones, and the defaults of the others.
  package func bindings(_ given: [String: String]) throws(QueryError) -> [String: Value] {
    if let unknown = given.keys.sorted().first(where: { name in !parameters.contains { $0.name == name } }) {
      throw QueryError(.unknownParameter(unknown), query: self)
    }
    var values: [String: Value] = [:]
    for parameter in parameters {
      guard let text = given[parameter.name] else {
        guard let standard = parameter.standard else {
          throw QueryError(.missingParameter(parameter.name), query: self)
        }
        values[parameter.name] = standard
        continue
      }
      guard let value = (parameter.standard ?? .text("")).like(text) else {
        throw QueryError(.badValue(parameter.name, text), query: self)
      }
      values[parameter.name] = value
    }
    return values
  }
}

extension Query.Parameter {
  /// `meaning (default VALUE)`.
  fileprivate init(name: String, words: Substring) {
    self.name = name
    if words.hasSuffix(")"), let mark = words.firstRange(of: " (default ") {
      meaning = String(words[..<mark.lowerBound])
      standard = Query.Value(literal: words[mark.upperBound...].dropLast())
    } else {
      meaning = String(words)
      standard = nil
    }
  }
}

/// A query that cannot be run as it was asked for, with the parameters that it has.
package struct QueryError: Error, Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case noSuchQuery(String)
    case missingParameter(String)
    case unknownParameter(String)
    /// The parameter and the value that is no number.
    case badValue(String, String)
  }

  package let kind: Kind
  /// `nil` where there is no such query.
  package let query: Query?

  init(_ kind: Kind, query: Query?) {
    self.kind = kind
    self.query = query
  }
}
