import Fetch
import GRDBSQLite
import Glibc

/// Keeps a connection from anything but reading, and a statement from running for ever.
///
/// Every statement is compiled under an authorizer that knows a few reading actions and refuses all others: writes,
/// `ATTACH`, `VACUUM INTO`, transactions, extensions, and pragmas that set something.
final class ReadGuard {
  private var deadline: Int64?
  /// Whether the reader itself is beginning or ending a transaction.
  var takesSnapshot = false

  private static let readingPragmas: Set<String> = [
    "application_id", "collation_list", "compile_options", "database_list", "encoding", "foreign_key_list",
    "function_list", "index_info", "index_list", "index_xinfo", "page_count", "page_size", "pragma_list", "query_only",
    "schema_version", "table_info", "table_list", "table_xinfo", "user_version",
  ]

  /// Pragmas whose argument names a table or an index; the argument of any other would be a setting.
  private static let describing: Set<String> = [
    "foreign_key_list", "index_info", "index_list", "index_xinfo", "table_info", "table_list", "table_xinfo",
  ]

  /// SQLite calls this object back without owning it: it has to outlive the connection, or be removed from it.
  func install(on handle: OpaquePointer) {
    let me = Unmanaged.passUnretained(self).toOpaque()
    sqlite3_set_authorizer(
      handle,
      { context, action, first, second, _, _ in
        guard let context else { return SQLITE_DENY }
        let guardian = Unmanaged<ReadGuard>.fromOpaque(context).takeUnretainedValue()
        return guardian.allows(action, first, second) ? SQLITE_OK : SQLITE_DENY
      }, me)
    sqlite3_progress_handler(
      handle, 2000,
      { context in
        guard let context else { return 0 }
        return Unmanaged<ReadGuard>.fromOpaque(context).takeUnretainedValue().isLate ? 1 : 0
      }, me)
  }

  func remove(from handle: OpaquePointer) {
    sqlite3_progress_handler(handle, 0, nil, nil)
    sqlite3_set_authorizer(handle, nil, nil)
  }

  private func allows(_ action: Int32, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?) -> Bool {
    switch action {
    case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return true
    case SQLITE_FUNCTION: return second.map { String(cString: $0).asciiLowercased() } != "load_extension"
    case SQLITE_PRAGMA:
      guard let name = first.map({ String(cString: $0).asciiLowercased() }) else { return false }
      return ReadGuard.readingPragmas.contains(name) && (second == nil || ReadGuard.describing.contains(name))
    case SQLITE_TRANSACTION: return takesSnapshot
    default: return false
    }
  }

  /// - Parameter seconds: From now on; `nil` for no limit.
  func begin(limit seconds: Double?) { deadline = seconds.map { ReadGuard.now() + Int64($0 * 1e9) } }

  func end() { deadline = nil }

  private var isLate: Bool { deadline.map { ReadGuard.now() > $0 } ?? false }

  private static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
