import Correlator

/// What a log's reader has to know besides its lines, in a form of the reader's own.
package struct StoredMemory: Sendable {
  /// What the log is called whose part the source is.
  package var log: String
  package var began: [UInt8]
  package var left: [UInt8]

  package init(log: String, began: [UInt8], left: [UInt8]) {
    self.log = log
    self.began = began
    self.left = left
  }
}

extension StoreWriter {
  /// Parts of one log whose memories a new one begins with: the newest.
  fileprivate static let partsRemembered = 8

  /// What the reader began with when it read a log that has grown since.
  package func memory(of log: StoredLog) throws(StoreError) -> [UInt8]? {
    let row = try connection.prepare("SELECT began FROM log_memory WHERE source = ?")
    row.bind(log.source, 0)
    defer { row.reset() }
    return try row.step() ? row.blob(0) : nil
  }

  /// What the reader knew where it left the parts of a log, those imported last first.
  package func memories(ofLog log: String) throws(StoreError) -> [[UInt8]] {
    let row = try connection.prepare(
      "SELECT \"left\" FROM log_memory WHERE log = ? ORDER BY number DESC LIMIT \(StoreWriter.partsRemembered)")
    row.bind(log, 0)
    defer { row.reset() }
    var found: [[UInt8]] = []
    while try row.step() { found.append(row.blob(0)) }
    return found
  }
}

extension Import {
  /// Leaves what the reader knows now; before `finish`. What parts long gone have left goes: no new one begins with it.
  package func leave(_ memory: StoredMemory) throws(StoreError) {
    let row = try writer.connection.prepare("INSERT OR REPLACE INTO log_memory VALUES (NULL, ?, ?, ?, ?)")
    row.bind(source, 0)
    row.bind(memory.log, 1)
    row.bind(.blob(memory.began), 2)
    row.bind(.blob(memory.left), 3)
    try row.run()
    let old = try writer.connection.prepare(
      """
      DELETE FROM log_memory WHERE number IN (
        SELECT number FROM log_memory WHERE log = ? ORDER BY number DESC LIMIT -1 OFFSET \(StoreWriter.partsRemembered))
      """)
    old.bind(memory.log, 0)
    try old.run()
  }
}
