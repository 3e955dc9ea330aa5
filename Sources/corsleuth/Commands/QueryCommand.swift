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
        corsleuth query --store cors.db --sql 'SELECT count(*) FROM failures'
        corsleuth query --store cors.db mine.sql
        corsleuth query --store cors.db --datasette pages
      """)

  @Flag(help: "List the ready queries with their parameters.")
  var list = false

  @Option(help: ArgumentHelp("The store.", valueName: "file"), completion: .file())
  var store: String?

  @Option(help: ArgumentHelp("A statement of one's own.", valueName: "statement"))
  var sql: String?

  @Option(
    name: .customLong("param"), help: ArgumentHelp("A parameter's value. May be repeated.", valueName: "name=value"),
    completion: QueryCompletion.parameters)
  var parameters: [String] = []

  @Option(name: .shortAndLong, help: "How to show the rows.")
  var format = TableFormat.box

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @Option(help: ArgumentHelp("Stop after so many rows, and say so.", valueName: "n"))
  var limit: Int?

  @Option(help: ArgumentHelp("Give up after so many seconds.", valueName: "seconds"))
  var timeout: Double = 60

  @Option(
    help: ArgumentHelp(
      "Write to this folder what Datasette needs to show the store and the ready queries.", valueName: "folder"),
    completion: .directory)
  var datasette: String?

  @Argument(
    help: ArgumentHelp("A ready query's name, or a .sql file.", valueName: "name"), completion: QueryCompletion.names)
  var name: String?

  func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit takes a number of rows, from 0 on") }
    guard timeout > 0, timeout < 1e9 else { throw ValidationError("--timeout takes a number of seconds above 0") }
    let given = try QueryParameters(parameters)
    if list { return }
    try OutputPlace.check(output, isNoneOf: [store, name])
    guard store != nil else { throw ValidationError("name the store with --store") }
    guard [sql, name, datasette].count(where: { $0 != nil }) == 1 else {
      throw ValidationError("name a query (see --list), give one's own with --sql, or write pages with --datasette")
    }
    if let query = try ready() { _ = try given.bindings(query, now: Clock.now) }
  }

  func run() throws {
    let diagnostics = Diagnostics()
    try reportingFailures(diagnostics) {
      if list { return try writeList() }
      let reader = try StoreReader(path: store ?? "")
      if let datasette {
        return try DatasetteFolder(datasette).write(reader, store: store ?? "", diagnostics)
      }
      try ask(reader, diagnostics)
    }
  }

  private func ask(_ reader: StoreReader, _ diagnostics: Diagnostics) throws {
    let output = try Output(output)
    var sink = output
    var writer: TableWriter?
    let limits = StoreReader.Limits(rows: limit, seconds: timeout)
    let begin: ([String]) -> Void = { columns in
      writer = TableWriter(columns: columns, format: format, width: Terminal.knownWidth ?? .max)
      writer?.begin(into: &sink)
    }
    let row: ([Cell]) -> Void = { writer?.row($0, into: &sink) }
    let given = try QueryParameters(parameters)
    let outcome: StoreReader.Outcome
    if let query = try ready() {
      let values = try given.bindings(query, now: Clock.now)
      outcome = try reader.rows(query, values, limits: limits, columns: begin, row: row)
    } else {
      let statement = try sql ?? TextFile.read(name ?? "")
      outcome = try asking(statement, diagnostics) {
        try reader.rows(statement, given.cells, limits: limits, columns: begin, row: row)
      }
    }
    writer?.finish(into: &sink)
    try output.finish()
    if outcome.isCut { diagnostics.note("stopped after \(outcome.rows) rows, and there are more (--limit)") }
  }

  /// The ready query of that name; `nil` for a statement of one's own.
  private func ready() throws -> Query? {
    guard let name, !name.hasSuffix(".sql") else { return nil }
    do throws(QueryError) {
      return try QueryCatalog.find(name)
    } catch {
      throw ValidationError("there is no query '\(name)'; 'corsleuth query --list' shows them")
    }
  }

  /// Shows where SQLite stopped.
  private func asking<Value>(_ statement: String, _ diagnostics: Diagnostics, _ body: () throws -> Value) throws
    -> Value
  {
    do {
      return try body()
    } catch let error as StoreError {
      if case .sql(_, let offset?) = error.kind {
        diagnostics.problem(lines: "corsleuth: " + SQLMark.show(statement, at: offset))
      }
      throw error
    }
  }

  private func writeList() throws {
    let output = try Output(output)
    for query in QueryCatalog.all {
      output.write("\(query.name)\n    \(query.question)\n")
      for parameter in query.parameters { output.write(parameter.line + "\n") }
    }
    try output.finish()
  }
}
