import ArgumentParser
import Correlator
import Files
import Queries
import Report
import Store

extension TableFormat: ExpressibleByArgument {}

struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Ask a store a ready question, or one's own in SQL. Always read-only.",
    discussion: """
        corsleuth query --list
        corsleuth query --store cors.db top-failing-endpoints --param limit=5
        corsleuth query --store cors.db --sql 'SELECT origin, count(*) FROM failures GROUP BY 1'
        corsleuth query --store cors.db mine.sql
      """)

  @Flag(help: "List the ready queries with their parameters.")
  var list = false

  @Option(help: ArgumentHelp("The store.", valueName: "file"))
  var store: String?

  @Option(help: ArgumentHelp("A statement of one's own.", valueName: "statement"))
  var sql: String?

  @Option(
    name: .customLong("param"), help: ArgumentHelp("A parameter's value. May be repeated.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(name: .shortAndLong, help: "How to show the rows.")
  var format: TableFormat?

  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Stop after so many rows; the number left out is said.", valueName: "n"))
  var limit: Int?

  @Option(help: ArgumentHelp("Stop after so many seconds.", valueName: "seconds"))
  var timeout: Double = 60

  @Argument(help: ArgumentHelp("A ready query's name, or a .sql file.", valueName: "name"))
  var name: String?

  func validate() throws {
    if list { return }
    guard store != nil else { throw ValidationError("name the store with --store") }
    guard (sql == nil) != (name == nil) else {
      throw ValidationError("name a query (see --list), or give one's own with --sql")
    }
    _ = try given()
  }

  func run() throws {
    if list { return try writeList() }
    let diagnostics = Diagnostics()
    try reportingFailures(diagnostics) {
      let reader = try StoreReader(path: store ?? "")
      let output = try Output(output)
      var sink = output
      var writer: TableWriter?
      let shape = format ?? .table
      let limits = StoreReader.Limits(rows: limit, seconds: timeout)
      let begin: ([String]) -> Void = { columns in
        writer = TableWriter(columns: columns, format: shape, width: Terminal.width)
        writer?.begin(into: &sink)
      }
      let row: ([Cell]) -> Void = { writer?.row($0, into: &sink) }
      let outcome: StoreReader.Outcome
      if let query = try ready() {
        let values = try bindings(query)
        outcome = try reader.rows(query, values, limits: limits, columns: begin, row: row)
      } else {
        let statement = try statement()
        let values = try given().mapValues { Int64($0).map(Cell.int) ?? Double($0).map(Cell.real) ?? .text($0) }
        outcome = try asking(statement, diagnostics) {
          try reader.rows(statement, values, limits: limits, columns: begin, row: row)
        }
      }
      writer?.finish(into: &sink)
      try output.finish()
      if outcome.isCut { diagnostics.note("stopped after \(outcome.rows) rows (--limit)") }
    }
  }

  /// The ready query of that name; `nil` for a statement of one's own.
  private func ready() throws -> Query? {
    guard let name, !name.hasSuffix(".sql") else { return nil }
    guard let query = QueryCatalog.all.first(where: { $0.name == name }) else {
      throw ValidationError("there is no query '\(name)'; 'corsleuth query --list' shows them")
    }
    return query
  }

  private func bindings(_ query: Query) throws -> [String: Query.Value] {
    let given = try given()
    do throws(QueryError) {
      return try query.bindings(given)
    } catch {
      let known = query.parameters.map { "\($0.name): \($0.meaning)" }.joined(separator: "; ")
      let what =
        switch error.kind {
        case .missingParameter(let name): "needs --param \(name)=…"
        case .unknownParameter(let name): "has no parameter '\(name)'"
        case .badValue(let name, let text): "takes a number for '\(name)', not '\(text)'"
        case .noSuchQuery(let name): "'\(name)' is not there"
        }
      throw ValidationError("the query '\(query.name)' \(what)" + (known.isEmpty ? "" : " (its parameters: \(known))"))
    }
  }

  private func given() throws -> [String: String] {
    var values: [String: String] = [:]
    for parameter in parameters {
      guard let mark = parameter.firstIndex(of: "="), mark > parameter.startIndex else {
        throw ValidationError("write --param name=value, not '\(parameter)'")
      }
      values[String(parameter[..<mark])] = String(parameter[parameter.index(after: mark)...])
    }
    return values
  }

  private func statement() throws -> String {
    if let sql { return sql }
    let path = name ?? ""
    var source = try ByteSource(path: path, digesting: false)
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    while case let count = try source.read(into: buffer), count > 0 { bytes.append(contentsOf: buffer[..<count]) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Shows where SQLite stopped.
  private func asking<Value>(_ statement: String, _ diagnostics: Diagnostics, _ body: () throws -> Value) throws
    -> Value
  {
    do {
      return try body()
    } catch let error as StoreError {
      if case .sql(_, let offset?) = error.kind { diagnostics.problem(SQLMark.show(statement, at: offset)) }
      throw error
    }
  }

  private func writeList() throws {
    try reportingFailures(Diagnostics()) {
      let output = try Output(output)
      for query in QueryCatalog.all {
        output.write("\(query.name)\n    \(query.question)\n")
        for parameter in query.parameters {
          let standard = parameter.standard.map { " (default \($0.text))" } ?? ""
          output.write("    --param \(parameter.name)=…  \(parameter.meaning)\(standard)\n")
        }
      }
      try output.finish()
    }
  }
}

extension Query.Value {
  fileprivate var text: String {
    switch self {
    case .integer(let number): String(number)
    case .real(let number): String(number)
    case .text(let text): text.isEmpty ? "''" : text
    }
  }
}

/// A statement with the place marked where it went wrong.
enum SQLMark {
  static func show(_ statement: String, at offset: Int) -> String {
    let before = String(decoding: Array(statement.utf8).prefix(offset), as: UTF8.self)
    let lines = statement.split(separator: "\n", omittingEmptySubsequences: false)
    let row = before.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    let column = before.split(separator: "\n", omittingEmptySubsequences: false).last?.count ?? 0
    guard row < lines.count else { return statement }
    return "in line \(row + 1):\n  \(lines[row])\n  \(String(repeating: " ", count: column))^"
  }
}
