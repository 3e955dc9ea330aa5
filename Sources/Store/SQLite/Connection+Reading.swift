extension Connection {
  /// Opens a store to read.
  ///
  /// Where a run was killed in the middle of a transaction, its journal is rolled back first: a connection that may not write cannot
  /// even read before that.
  ///
  /// - Throws: What `checkIsStore` throws; `readOnly` where a journal is left and the file cannot be written.
  static func reading(_ path: String) throws(StoreError) -> Connection {
    do throws(StoreError) {
      let connection = try Connection(.file(path, shownAs: path), readOnly: true)
      try connection.checkIsStore()
      return connection
    } catch {
      guard error.kind == .readOnly, Standing(path + "-journal") == .file else { throw error }
    }
    let recovering = try Connection(.file(path, shownAs: path))
    _ = try recovering.integer("SELECT count(*) FROM sqlite_schema")
    try recovering.close()
    let connection = try Connection(.file(path, shownAs: path), readOnly: true)
    try connection.checkIsStore()
    return connection
  }
}
