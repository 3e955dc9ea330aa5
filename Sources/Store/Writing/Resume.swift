/// How far a log was read: what a later import needs to go on where this one stopped.
package struct LogProgress: Equatable, Sendable {
  /// What a log that has grown from this one has too: a digest of its first line, empty where it had none yet.
  package var opening: String
  /// SHA-256 of all bytes read, decompressed: a log that begins with them is this one, grown, whatever its name.
  package var content: String
  /// How many bytes that were.
  package var bytes: Int
  /// The first line to be read again: an unfinished last one, and those whose time the lines after them refine.
  package var line: Int
  /// The options it was read with; with others it is read anew.
  package var settings: String

  package init(opening: String, content: String, bytes: Int, line: Int, settings: String) {
    self.opening = opening
    self.content = content
    self.bytes = bytes
    self.line = line
    self.settings = settings
  }
}

/// A log that is in the store.
package struct StoredLog: Equatable, Sendable {
  package let source: Int64
  package var progress: LogProgress

  /// Its row ids are made of its first bytes; so few that the rest of them came later make it a new one.
  package static let headLength = 4096
}

/// What a log's import is told by.
package struct LogIdentity: Sendable {
  /// SHA-256 of the file.
  package var sha256: String
  /// SHA-256 of the first `StoredLog.headLength` bytes, decompressed, or of all where it has fewer: the row ids come of it, so
  /// that they stay while the log grows.
  package var head: String
  /// What it has grown from.
  package var grownFrom: StoredLog?

  package init(sha256: String, head: String, grownFrom: StoredLog? = nil) {
    self.sha256 = sha256
    self.head = head
    self.grownFrom = grownFrom
  }
}

extension StoreWriter {
  /// The logs in the store whose first line has this digest.
  package func logs(opening: String) throws(StoreError) -> [StoredLog] {
    let row = try connection.prepare(
      "SELECT source, content, bytes, line, settings FROM log_progress WHERE opening = ? ORDER BY bytes DESC, source")
    row.bind(opening, 0)
    defer { row.reset() }
    var found: [StoredLog] = []
    while try row.step() {
      found.append(
        StoredLog(
          source: row.int(0),
          progress: LogProgress(
            opening: opening, content: row.text(1) ?? "", bytes: Int(row.int(2)), line: Int(row.int(3)),
            settings: row.text(4) ?? "")))
    }
    return found
  }

  /// Whether an input with these bytes is in the store, as a file or, decompressed, as a log's content.
  package func knows(sha256: String, content: String? = nil) throws(StoreError) -> Bool {
    let row = try connection.prepare(
      """
      SELECT EXISTS (SELECT 1 FROM source WHERE sha256 = ?1) OR EXISTS (SELECT 1 FROM log_progress WHERE content = ?2)
      """)
    row.bind(sha256, 0)
    row.bind(content ?? sha256, 1)
    defer { row.reset() }
    return try row.step() && row.int(0) != 0
  }

  /// Begins the import of a log, or goes on with the one that it has grown from: what was read of that up to its progress' line
  /// stays, and the rest is taken back.
  ///
  /// What is only counted is counted anew, and so is the source.
  ///
  /// - Returns: `nil` where the log is in the store already.
  /// - Throws: `locked` while another run writes, or has read the log on meanwhile; and SQLite's own errors.
  package func begin(log path: String, _ identity: LogIdentity) throws(StoreError) -> Import? {
    try begin(path, sha256: identity.sha256) { () throws(StoreError) in
      if try self.knows(sha256: identity.sha256), identity.grownFrom?.progress.content != identity.sha256 { return nil }
      if let log = identity.grownFrom {
        try self.takeBack(log)
        if log.progress.bytes >= StoredLog.headLength { return log.source }
      }
      let slots = RowID.sources(sha256: identity.head) + RowID.sources(sha256: identity.sha256)
      return try self.freeID(of: slots, sha256: identity.sha256)
    }
  }

  /// Removes what will be read again of a log, and the counts that will be made anew.
  private func takeBack(_ log: StoredLog) throws(StoreError) {
    guard
      try logs(opening: log.progress.opening).contains(where: {
        $0.source == log.source && $0.progress.content == log.progress.content
      })
    else {
      throw StoreError(
        .locked, path: connection.path, cause: "another run has read this log on meanwhile",
        remedy: "run the same command again")
    }
    let first = log.progress.bytes < StoredLog.headLength ? 0 : min(log.progress.line, RowID.maximumEntry)
    try deleteItems(of: log.source, from: first)
    try connection.execute(
      """
      DELETE FROM reject WHERE source = \(log.source) AND entry >= \(first);
      UPDATE meta SET value = '-1' WHERE key = 'paired';
      """)
    try deleteCounts(of: log.source)
  }

  /// Removes the rows of a source's items from one on.
  func deleteItems(of source: Int64, from entry: Int) throws(StoreError) {
    let rows = "BETWEEN \(source << 32 | Int64(entry)) AND \(source << 32 | Int64(RowID.maximumEntry))"
    try connection.execute(
      """
      DELETE FROM exchange WHERE id \(rows); DELETE FROM verdict WHERE id \(rows);
      DELETE FROM preflight WHERE id \(rows); DELETE FROM log_item WHERE id \(rows);
      """)
  }

  /// Removes a source's row, and what was counted of it.
  func deleteCounts(of source: Int64) throws(StoreError) {
    try connection.execute(
      """
      DELETE FROM traffic_count WHERE source = \(source); DELETE FROM log_progress WHERE source = \(source);
      DELETE FROM log_memory WHERE source = \(source); DELETE FROM source WHERE id = \(source);
      """)
  }
}

extension Import {
  /// Leaves word of how far the log was read; before `finish`.
  ///
  /// - Returns: The log as a later import finds it.
  package func leave(_ progress: LogProgress) throws(StoreError) -> StoredLog {
    let row = try writer.connection.prepare("INSERT OR REPLACE INTO log_progress VALUES (?, ?, ?, ?, ?, ?)")
    row.bind(source, 0)
    row.bind(progress.opening, 1)
    row.bind(progress.content, 2)
    row.bind(Int64(progress.bytes), 3)
    row.bind(Int64(progress.line), 4)
    row.bind(progress.settings, 5)
    try row.run()
    return StoredLog(source: source, progress: progress)
  }

  /// Counts problems on from those of the import before, of the same input.
  package func goOn(from earlier: Import) { rejects = earlier.rejects }

  /// Takes back items that were left for the pairing before their time was known.
  package func withdraw(_ items: [Int64]) throws(StoreError) {
    guard !items.isEmpty else { return }
    try writer.insertLogItem.flush()
    writer.insertLogItem.forgetLast()
    writer.freshItems = FreshItems(isAll: false)
    let row = try writer.connection.prepare("DELETE FROM log_item WHERE id = ?")
    for item in items {
      row.bind(item, 0)
      try row.run()
    }
  }
}
