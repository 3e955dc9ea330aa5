import Correlator
import GRDB
import GRDBSQLite

/// A prepared statement whose values are bound by pointer: as fast as C, where a row of boxed values is five times slower.
///
/// Parameters and columns count from 0. GRDB owns the statement; it must be let go before its connection is closed.
final class BoundStatement {
  private let statement: Statement
  private let pointer: OpaquePointer
  private let connection: Connection
  /// Text is copied here and bound in place: SQLite neither copies nor frees it.
  private let arena: UnsafeMutableRawBufferPointer
  // One owner and one thread: checking each access would cost as much as the access.
  @exclusivity(unchecked) private var used = 0

  init(_ statement: Statement, connection: Connection) {
    self.statement = statement
    self.connection = connection
    pointer = statement.sqliteStatement
    arena = .allocate(byteCount: 16 * 1024, alignment: 1)
  }

  deinit { arena.deallocate() }

  @inline(__always)
  func bindNull(_ index: Int) { sqlite3_bind_null(pointer, Int32(truncatingIfNeeded: index + 1)) }

  @inline(__always)
  func bind(_ value: Int64, _ index: Int) { sqlite3_bind_int64(pointer, Int32(truncatingIfNeeded: index + 1), value) }

  @inline(__always)
  func bind(_ value: Int64?, _ index: Int) {
    if let value { bind(value, index) } else { bindNull(index) }
  }

  @inline(__always)
  func bind(_ value: Int?, _ index: Int) {
    if let value { bind(Int64(value), index) } else { bindNull(index) }
  }

  func bind(_ value: Double?, _ index: Int) {
    if let value {
      sqlite3_bind_double(pointer, Int32(truncatingIfNeeded: index + 1), value)
    } else {
      bindNull(index)
    }
  }

  @inline(__always)
  func bind(_ value: String?, _ index: Int) {
    guard var value else { return bindNull(index) }
    value.withUTF8 { bind(UnsafeRawBufferPointer($0), index) }
  }

  func bind(_ bytes: UnsafeRawBufferPointer, _ index: Int) {
    let index = Int32(truncatingIfNeeded: index + 1)
    let count = bytes.count
    guard count <= arena.count &- used, let base = arena.baseAddress else {
      sqlite3_bind_text64(
        pointer, index, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), UInt64(count),
        Connection.copied, UInt8(SQLITE_UTF8))
      return
    }
    let place = base + used
    if let source = bytes.baseAddress { place.copyMemory(from: source, byteCount: count) }
    used &+= count
    sqlite3_bind_text64(
      pointer, index, place.assumingMemoryBound(to: CChar.self), UInt64(count), nil, UInt8(SQLITE_UTF8))
  }

  func bind(_ cell: Cell, _ index: Int) {
    switch cell {
    case .null: bindNull(index)
    case .int(let number): bind(number, index)
    case .real(let number): bind(Optional(number), index)
    case .text(let text): bind(text, index)
    case .blob(let bytes):
      let index = Int32(truncatingIfNeeded: index + 1)
      _ = bytes.withUnsafeBytes {
        sqlite3_bind_blob64(
          pointer, index, $0.baseAddress, UInt64($0.count), Connection.copied)
      }
    }
  }

  /// Runs it to its end, for a statement without rows.
  func run() throws(StoreError) {
    let code = sqlite3_step(pointer)
    sqlite3_reset(pointer)
    used = 0
    if code != SQLITE_DONE, code != SQLITE_ROW { throw connection.lastError() }
  }

  /// Whether there is a row now; after the last one the statement is ready to be bound again.
  func step() throws(StoreError) -> Bool {
    let code = sqlite3_step(pointer)
    if code == SQLITE_ROW { return true }
    reset()
    if code != SQLITE_DONE { throw connection.lastError() }
    return false
  }

  func reset() {
    sqlite3_reset(pointer)
    used = 0
  }

  @inline(__always)
  func int(_ column: Int) -> Int64 { sqlite3_column_int64(pointer, Int32(truncatingIfNeeded: column)) }

  func isNull(_ column: Int) -> Bool { sqlite3_column_type(pointer, Int32(truncatingIfNeeded: column)) == SQLITE_NULL }

  @inline(__always)
  func intOrNil(_ column: Int) -> Int64? { isNull(column) ? nil : int(column) }

  /// A text's bytes; they are there until the next step.
  func bytes(_ column: Int) -> UnsafeRawBufferPointer {
    let column = Int32(truncatingIfNeeded: column)
    return UnsafeRawBufferPointer(
      start: sqlite3_column_text(pointer, column), count: Int(sqlite3_column_bytes(pointer, column)))
  }

  func blob(_ column: Int) -> [UInt8] {
    let column = Int32(truncatingIfNeeded: column)
    return [UInt8](
      UnsafeRawBufferPointer(
        start: sqlite3_column_blob(pointer, column), count: Int(sqlite3_column_bytes(pointer, column))))
  }

  func text(_ column: Int) -> String? {
    let column = Int32(truncatingIfNeeded: column)
    guard let start = sqlite3_column_text(pointer, column) else { return nil }
    let count = Int(sqlite3_column_bytes(pointer, column))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }
}
