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

  /// Parses a query's file.
  ///
  /// - Returns: `nil` where title, question or columns are not said, or a parameter is not declared as it has to be.
  package init?(name: String, text: String) {
    var said: [String: String] = [:]
    var parameters: [Parameter] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("-- ") else { break }
      guard let colon = line.firstIndex(of: ":") else { continue }
      let key = line.dropFirst(3)[..<colon]
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      if key.hasPrefix("param ") {
        guard let parameter = Parameter(key: key.dropFirst(6), words: value) else { return nil }
        parameters.append(parameter)
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
  ///
  /// - Parameter moment: Makes of a time, as a user writes it, one as the store does; `nil` for what is none.
  package func bindings(_ given: [String: String], moment: (String) -> String?) throws(QueryError) -> [String: Value] {
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
      guard let value = parameter.kind.value(text, moment: moment) else {
        throw QueryError(.badValue(parameter, text), query: self)
      }
      values[parameter.name] = value
    }
    return values
  }
}
