/// What Datasette is told of a store: its views and columns in words, and the ready queries as pages.
package struct DatasetteMetadata {
  package struct View {
    package let name: String
    let description: String
    let columns: [(name: String, meaning: String)]

    package init(name: String, description: String, columns: [(name: String, meaning: String)]) {
      self.name = name
      self.description = description
      self.columns = columns
    }
  }

  /// A query with its own address, and a form for its parameters.
  package struct Page {
    let name: String
    let title: String
    let description: String
    let sql: String
    let parameters: [String]

    package init(name: String, title: String, description: String, sql: String, parameters: [String]) {
      self.name = name
      self.title = title
      self.description = description
      self.sql = sql
      self.parameters = parameters
    }
  }

  /// Tells a file of corsleuth's from any other: Datasette passes over keys that it does not know.
  package static let mark = "corsleuth query --datasette"

  private let database: String
  private let views: [View]
  private let pages: [Page]
  private let hidden: [String]

  /// - Parameters:
  ///   - database: As Datasette names it: the store's file without its ending.
  ///   - hidden: Tables that are not listed.
  package init(database: String, views: [View], pages: [Page], hidden: [String]) {
    self.database = database
    self.views = views
    self.pages = pages
    self.hidden = hidden
  }

  package func write(into sink: inout some TextOutputStream) {
    let tables =
      views.map { ($0.name, $0.json) } + hidden.map { ($0, JSONValue.object([("hidden", .bool(true))])) }
    let content = JSONValue.object([
      ("queries", .object(pages.map { ($0.name, $0.json) })), ("tables", .object(tables)),
    ])
    let metadata = JSONValue.object([
      ("title", .string("CORS failures")),
      ("description", .string("What corsleuth read, and what it decided.")),
      ("written_by", .string(DatasetteMetadata.mark)),
      ("databases", .object([(database, content)])),
    ])
    metadata.write(into: &sink)
    sink.write("\n")
  }
}

extension DatasetteMetadata.Page {
  fileprivate var json: JSONValue {
    .object([
      ("title", .string(title)), ("description", .string(description)), ("sql", .string(sql)),
      ("params", .array(parameters.map(JSONValue.string))),
    ])
  }
}

extension DatasetteMetadata.View {
  fileprivate var json: JSONValue {
    .object([
      ("description", .string(description)),
      ("columns", .object(columns.map { ($0.name, .string($0.meaning)) })),
    ])
  }
}
