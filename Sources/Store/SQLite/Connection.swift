import GRDB
import GRDBSQLite

/// One connection: GRDB opens, configures and closes it, and its errors become `StoreError` here.
///
/// A connection is used by one thread at a time. Statements on the hot path are stepped through their own pointers,
/// outside of GRDB's queue: one caller, so no two threads are ever inside.
final class Connection {
  /// Where a connection's database is.
  enum Place: Equatable {
    /// `shownAs` is the path in messages.
    case file(String, shownAs: String)
    /// SQLite's private database: in memory as long as it fits the page cache, in a nameless file beyond.
    case temporary
  }

  /// `SQLITE_TRANSIENT`: SQLite makes its own copy of what is bound.
  static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

  let path: String?
  let handle: OpaquePointer
  private let queue: DatabaseQueue

  init(_ place: Place, readOnly: Bool = false, busyTimeout: Double = 5) throws(StoreError) {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(busyTimeout)
    // A transaction spans many calls: an input's rows arrive one by one.
    configuration.allowsUnsafeTransactions = true
    configuration.label = "store"
    let file: String
    switch place {
    case .file(let name, let shownAs):
      path = shownAs
      file = name
    case .temporary:
      path = nil
      file = ""
    }
    do {
      queue = try DatabaseQueue(path: file, configuration: configuration)
      guard let pointer = queue.inDatabase({ $0.sqliteConnection }) else {
        throw StoreError(.openFailed, path: path, remedy: "open the store again")
      }
      handle = pointer
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError(error, path: path)
    }
  }

  func execute(_ sql: String) throws(StoreError) {
    do { try queue.inDatabase { try $0.execute(sql: sql) } } catch { throw StoreError(error, path: path) }
  }

  func integer(_ sql: String) throws(StoreError) -> Int64? {
    do { return try queue.inDatabase { try Int64.fetchOne($0, sql: sql) } } catch {
      throw StoreError(error, path: path)
    }
  }

  func text(_ sql: String) throws(StoreError) -> String? {
    do { return try queue.inDatabase { try String.fetchOne($0, sql: sql) } } catch {
      throw StoreError(error, path: path)
    }
  }

  func prepare(_ sql: String) throws(StoreError) -> BoundStatement {
    do { return BoundStatement(try queue.inDatabase { try $0.makeStatement(sql: sql) }, connection: self) } catch {
      throw StoreError(error, path: path)
    }
  }

  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// Whether the last statement that writes changed a row.
  var hasChanged: Bool { sqlite3_changes64(handle) > 0 }

  /// The id of the row that was inserted last.
  var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }

  /// What SQLite says went wrong in the last call on this connection.
  func lastError() -> StoreError {
    StoreError(
      code: sqlite3_extended_errcode(handle), message: String(cString: sqlite3_errmsg(handle)), offset: nil, path: path)
  }

  func close() throws(StoreError) {
    do { try queue.close() } catch { throw StoreError(error, path: path) }
  }
}

extension StoreError {
  init(_ error: any Error, path: String?) {
    if let error = error as? StoreError {
      self = error
    } else if let error = error as? DatabaseError {
      self.init(
        code: error.extendedResultCode.rawValue, message: error.message ?? "no message", offset: nil, path: path)
    } else {
      self.init(.openFailed, path: path, cause: "\(error)", remedy: "check that the folder exists and can be written")
    }
  }

  /// Tells the kinds of failure apart by SQLite's result code, extended or not.
  init(code: Int32, message: String, offset: Int?, path: String?) {
    let isRefusedByGuard =
      code & 0xFF == SQLITE_AUTH || code & 0xFF == SQLITE_ERROR && message.hasPrefix("not authorized")
    switch code & 0xFF {
    case _ where isRefusedByGuard:
      self.init(.readOnly, path: path, cause: message, remedy: "use a SELECT: a store is only read here")
    case SQLITE_BUSY, SQLITE_LOCKED:
      self.init(.locked, path: path, cause: message, remedy: "wait until the other run has finished, and try again")
    case SQLITE_FULL:
      self.init(.diskFull, path: path, cause: message, remedy: "make room on the disk, and run the same command again")
    case SQLITE_READONLY, SQLITE_PERM:
      self.init(
        .readOnly, path: path, cause: message, remedy: "make the file and its folder writable, or name another store")
    case SQLITE_NOTADB:
      self.init(.notAStore(found: "no SQLite database"), path: path, cause: message, remedy: StoreError.otherFile)
    case SQLITE_CORRUPT:
      self.init(.corrupt, path: path, cause: message, remedy: "import the inputs again into a new store")
    case SQLITE_CANTOPEN, SQLITE_IOERR:
      self.init(
        .openFailed, path: path, cause: message, remedy: "check that the file and its folder exist and can be used")
    default:
      self.init(.sql(message: message, offset: offset), path: path, cause: message, remedy: "correct the statement")
    }
  }

  static let otherFile = "name another file for the store; this one is left as it is"
}
