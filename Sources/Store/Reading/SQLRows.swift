package import Correlator
import GRDBSQLite

extension StoreReader {
  /// What one statement may take.
  package struct Limits: Sendable {
    /// Rows handed out; `nil` for all.
    package var rows: Int?
    /// Seconds until it is stopped; `nil` for as long as it takes.
    package var seconds: Double?

    package init(rows: Int? = nil, seconds: Double? = nil) {
      self.rows = rows
      self.seconds = seconds
    }
  }

  /// What became of a statement's rows.
  package struct Outcome: Equatable, Sendable {
    package var columns: [String]
    package var rows: Int
    /// Whether the row limit left some out.
    package var isCut: Bool
  }

  /// Runs one reading statement and hands out its rows as they come.
  ///
  /// - Parameters:
  ///   - sql: One statement.
  ///   - parameters: By name without its mark (`since` for `:since`), `1`, `2`, … for `?`; each has to be in the statement.
  ///   - limits: What it may take.
  ///   - columns: Called once, before the first row.
  ///   - row: Called for each row.
  /// - Returns: The columns, and how many rows there were.
  /// - Throws: `sql` with SQLite's message and the byte where it stopped; `readOnly` for a statement that is not a plain
  ///   read; `timeLimit`.
  @discardableResult
  package func rows(
    _ sql: String, _ parameters: [String: Cell] = [:], limits: Limits = Limits(),
    columns: ([String]) -> Void = { _ in },
    row: ([Cell]) -> Void
  ) throws(StoreError) -> Outcome {
    let statement = try RawStatement(sql, on: connection)
    try statement.bind(parameters)
    let names = statement.columns
    columns(names)
    guardian.begin(limit: limits.seconds)
    defer { guardian.end() }
    var outcome = Outcome(columns: names, rows: 0, isCut: false)
    do throws(StoreError) {
      while try statement.step() {
        if let maximum = limits.rows, outcome.rows >= maximum {
          outcome.isCut = true
          break
        }
        row(statement.cells)
        outcome.rows += 1
      }
    } catch {
      guard let seconds = limits.seconds, statement.wasInterrupted else { throw error }
      throw StoreError(
        .timeLimit(seconds: seconds), path: connection.path, cause: "stopped after \(seconds) s",
        remedy: "narrow the question, or give it more time")
    }
    return outcome
  }
}

/// A statement that came from outside: it is checked to be one statement that only reads.
private final class RawStatement {
  private let pointer: OpaquePointer
  private let connection: Connection
  private(set) var wasInterrupted = false

  init(_ sql: String, on connection: Connection) throws(StoreError) {
    self.connection = connection
    var statement: OpaquePointer?
    var rest = ""
    var sql = sql
    let code = sql.withUTF8 { bytes -> Int32 in
      bytes.withMemoryRebound(to: CChar.self) { text in
        var tail: UnsafePointer<CChar>?
        let code = sqlite3_prepare_v2(
          connection.handle, text.baseAddress, Int32(clamping: text.count), &statement, &tail)
        if let tail, let start = text.baseAddress {
          rest = String(decoding: bytes[(tail - start)...], as: UTF8.self)
        }
        return code
      }
    }
    if code != SQLITE_OK {
      let message = String(cString: sqlite3_errmsg(connection.handle))
      // SQLite gives no place for what is missing: that is the end.
      let offset = message == "incomplete input" ? sql.utf8.count : Int(sqlite3_error_offset(connection.handle))
      throw StoreError(
        code: sqlite3_extended_errcode(connection.handle), message: message, offset: offset >= 0 ? offset : nil,
        path: connection.path)
    }
    guard let statement else {
      throw StoreError(
        .sql(message: "no statement", offset: nil), path: connection.path, cause: "the text is empty or a comment",
        remedy: "write a SELECT")
    }
    pointer = statement
    if !RawStatement.isBlank(rest) {
      throw StoreError(
        .sql(message: "more than one statement", offset: sql.utf8.count - rest.utf8.count), path: connection.path,
        cause: "one statement is run at a time", remedy: "run them one by one")
    }
  }

  deinit { sqlite3_finalize(pointer) }

  /// Whether nothing but space, semicolons and comments follows.
  private static func isBlank(_ text: String) -> Bool {
    var rest = Substring(text)
    while let first = rest.first {
      if first.isWhitespace || first == ";" {
        rest = rest.dropFirst()
      } else if rest.hasPrefix("--") {
        rest = rest.drop { !$0.isNewline }
      } else if rest.hasPrefix("/*") {
        guard let end = rest.dropFirst(2).firstRange(of: "*/") else { return true }
        rest = rest[end.upperBound...]
      } else {
        return false
      }
    }
    return true
  }

  func bind(_ parameters: [String: Cell]) throws(StoreError) {
    var bound: Set<String> = []
    let count = sqlite3_bind_parameter_count(pointer)
    for index in stride(from: 1, through: count, by: 1) {
      let name = sqlite3_bind_parameter_name(pointer, index).map { String(cString: $0 + 1) } ?? String(index)
      guard let cell = parameters[name] else {
        throw StoreError(
          .sql(message: "no value for parameter '\(name)'", offset: nil), path: connection.path,
          remedy: "give it with --param \(name)=VALUE")
      }
      bound.insert(name)
      bind(cell, index)
    }
    if let unknown = parameters.keys.sorted().first(where: { !bound.contains($0) }) {
      throw StoreError(
        .sql(message: "the statement has no parameter '\(unknown)'", offset: nil), path: connection.path,
        remedy: bound.isEmpty ? "leave it out" : "its parameters: \(bound.sorted().joined(separator: ", "))")
    }
  }

  private func bind(_ cell: Cell, _ index: Int32) {
    let copy = Connection.copied
    switch cell {
    case .null: sqlite3_bind_null(pointer, index)
    case .int(let number): sqlite3_bind_int64(pointer, index, number)
    case .real(let number): sqlite3_bind_double(pointer, index, number)
    case .text(var text):
      text.withUTF8 { bytes in
        _ = bytes.withMemoryRebound(to: CChar.self) {
          sqlite3_bind_text64(pointer, index, $0.baseAddress, UInt64($0.count), copy, UInt8(SQLITE_UTF8))
        }
      }
    case .blob(let bytes):
      _ = bytes.withUnsafeBytes { sqlite3_bind_blob64(pointer, index, $0.baseAddress, UInt64($0.count), copy) }
    }
  }

  var columns: [String] {
    (0..<sqlite3_column_count(pointer)).map { index in
      sqlite3_column_name(pointer, index).map { String(cString: $0) } ?? ""
    }
  }

  func step() throws(StoreError) -> Bool {
    let code = sqlite3_step(pointer)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    wasInterrupted = code & 0xFF == SQLITE_INTERRUPT
    throw connection.lastError()
  }

  var cells: [Cell] {
    (0..<sqlite3_column_count(pointer)).map { index in
      switch sqlite3_column_type(pointer, index) {
      case SQLITE_INTEGER: return .int(sqlite3_column_int64(pointer, index))
      case SQLITE_FLOAT: return .real(sqlite3_column_double(pointer, index))
      case SQLITE_TEXT:
        let start = sqlite3_column_text(pointer, index)
        let count = Int(sqlite3_column_bytes(pointer, index))
        return .text(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
      case SQLITE_BLOB:
        let start = sqlite3_column_blob(pointer, index)
        let count = Int(sqlite3_column_bytes(pointer, index))
        return .blob(Array(UnsafeRawBufferPointer(start: start, count: count)))
      default: return .null
      }
    }
  }
}
