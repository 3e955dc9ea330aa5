import Correlator

/// Inserts rows several at a time: to start and end a statement costs SQLite as much as three rows do.
///
/// The table's first column is its row id; a row whose id is there already is left as it is. Rows are there after `flush`.
///
/// A row that comes next after the table's last gets its id from SQLite, which then need not look where it belongs: that is a
/// third of what it costs to insert it.
final class BatchInsert {
  private static let rows = 16

  private let statement: BoundStatement
  private let columns: Int
  private var count = 0
  private var first: Int64 = 0
  /// The row at hand's first parameter.
  private var base = 0
  // One owner and one thread: checking each access would cost as much as the access.
  /// The table's last id once the rows that wait are there, where it is known.
  @exclusivity(unchecked) private var last: Int64?
  /// Whether SQLite gives the row at hand its id.
  @exclusivity(unchecked) private var isNumbered = false
  private let lastRow: BoundStatement
  private let connection: Connection

  init(_ connection: Connection, table: String, columns: Int) throws(StoreError) {
    let row = "(" + Array(repeating: "?", count: columns).joined(separator: ", ") + ")"
    let rows = Array(repeating: row, count: BatchInsert.rows).joined(separator: ", ")
    statement = try connection.prepare("INSERT OR IGNORE INTO \(table) VALUES \(rows)")
    self.columns = columns
    self.connection = connection
    lastRow = try connection.prepare("SELECT max(rowid) FROM \(table)")
  }

  /// Looks up the table's last id, 0 where it is empty, within a transaction; until `forgetLast` no row of the table may be removed.
  func findLast() throws(StoreError) {
    defer { lastRow.reset() }
    last = try lastRow.step() ? lastRow.int(0) : nil
  }

  /// Begins a row; its other columns are bound next, all of them.
  @inline(__always)
  func begin(_ id: Int64) {
    if count == 0 { first = id }
    base = count &* columns
    isNumbered = false
    guard let last, id > last else { return statement.bind(id, base) }
    isNumbered = id == last &+ 1
    if isNumbered { statement.bindNull(base) } else { statement.bind(id, base) }
    self.last = id
  }

  @inline(__always)
  func bind(_ value: Int64, _ column: Int) { statement.bind(value, base &+ column) }

  @inline(__always)
  func bind(_ value: Int64?, _ column: Int) { statement.bind(value, base &+ column) }

  @inline(__always)
  func bind(_ value: Int?, _ column: Int) { statement.bind(value, base &+ column) }

  @inline(__always)
  func bind(_ value: String?, _ column: Int) { statement.bind(value, base &+ column) }

  @inline(__always)
  func bind(_ bytes: UnsafeRawBufferPointer, _ column: Int) { statement.bind(bytes, base &+ column) }

  func bind(_ value: Double?, _ column: Int) { statement.bind(value, base &+ column) }

  /// Ends the row.
  @inline(__always)
  func end() throws(StoreError) {
    count &+= 1
    if count == BatchInsert.rows { try run() }
  }

  /// Inserts what waits.
  func flush() throws(StoreError) {
    guard count > 0 else { return }
    // The rows that are missing repeat the first one's id, and are left out for that.
    for row in count..<BatchInsert.rows { statement.bind(first, row * columns) }
    try run()
  }

  /// Forgets what waits.
  func discard() {
    count = 0
    forgetLast()
    statement.reset()
  }

  func forgetLast() { last = nil }

  private func run() throws(StoreError) {
    count = 0
    try statement.run()
    if isNumbered, let last, connection.lastInsertedRow != last {
      throw StoreError(
        .corrupt, path: connection.path, cause: "row \(connection.lastInsertedRow) in place of \(last)",
        remedy: "import the inputs again into a new store")
    }
  }
}
