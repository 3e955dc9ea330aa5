import Words

/// Reads a store, and can do nothing else to it.
package final class StoreReader {
  let connection: Connection
  let guardian = ReadGuard()

  /// Opens the store at this path.
  ///
  /// - Throws: `openFailed` where there is none, `notAStore` or `wrongVersion` for another file.
  package convenience init(path: String) throws(StoreError) {
    try Standing(path).checkIsFile(path)
    guard Standing(path) != .nothing else {
      throw StoreError(
        .openFailed, path: path, cause: "no such file",
        remedy: "make the store first: corsleuth import --store \(ShellWord.quoted(path)) …")
    }
    guard Standing(path) != .empty else {
      throw StoreError(.notAStore(found: "an empty file"), path: path, remedy: "import something into it first")
    }
    try self.init(try Connection.reading(path))
  }

  init(_ connection: Connection) throws(StoreError) {
    self.connection = connection
    try connection.execute("PRAGMA query_only = ON; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY")
    // SQLite declares these functions' tables when they are first used, which the guard would take for a write.
    try connection.execute("SELECT 1 FROM json_each('[]'), json_tree('[]')")
    guardian.install(on: connection.handle)
  }

  /// Lets several statements see one state of the store, whatever another run adds meanwhile.
  func snapshot<Value>(_ body: () throws(StoreError) -> Value) throws(StoreError) -> Value {
    try transaction("BEGIN")
    do throws(StoreError) {
      let value = try body()
      try transaction("COMMIT")
      return value
    } catch {
      try? transaction("ROLLBACK")
      throw error
    }
  }

  private func transaction(_ sql: String) throws(StoreError) {
    guardian.takesSnapshot = true
    defer { guardian.takesSnapshot = false }
    try connection.execute(sql)
  }

  deinit { guardian.remove(from: connection.handle) }
}
