import Correlator
import Evidence

/// Fills a store: one `Import` for each input, each whole or not at all.
///
/// A new store is built beside its place without a journal and takes its place in `close`; an interruption leaves only
/// the `.partial` file, which the next run clears away. In a store that exists each input is one transaction.
package final class StoreWriter {
  let connection: Connection
  let dictionaries: Dictionaries
  let insertExchange: BatchInsert
  let insertVerdict: BatchInsert
  let insertPreflight: BatchInsert
  let insertReject: BoundStatement
  let insertTraffic: BoundStatement
  let insertLogItem: BatchInsert
  private let insertSource: BoundStatement
  private let place: StorePlace
  private let partial: PartialFile?
  private var isClosed = false
  private(set) var isImporting = false
  var freshItems: FreshItems

  /// How the store is filled.
  package struct Options: Sendable {
    /// Stores credentials as they came; a decision that the user has to make.
    package var keepSecrets: Bool
    /// When the imports happen: microseconds since 1970, UTC.
    package var now: Int64
    /// The key of a new store, `nil` for a random one.
    ///
    /// An existing store keeps its own.
    package var key: StoreKey?

    package init(now: Int64, keepSecrets: Bool = false, key: StoreKey? = nil) {
      self.now = now
      self.keepSecrets = keepSecrets
      self.key = key
    }
  }

  let options: Options

  /// Whether what is written goes with this run.
  package var isTemporary: Bool { place == .temporary }

  /// Opens a store to write, or begins a new one.
  ///
  /// - Throws: `notAStore` or `wrongVersion` for another file, which is left as it is; `locked` while another run makes it.
  package init(_ place: StorePlace, options: Options) throws(StoreError) {
    self.place = place
    self.options = options
    var isNew = true
    switch place {
    case .temporary:
      partial = nil
      connection = try Connection(.temporary)
    case .file(let path):
      try Standing(path).checkIsFile(path)
      partial = try PartialFile(claiming: path)
      if let partial {
        connection = try Connection(.file(partial.partial, shownAs: path))
      } else {
        isNew = false
        connection = try Connection(.file(path, shownAs: path))
        try connection.checkIsStore()
        try connection.execute(Schema.logMemory)
      }
    }
    self.isNew = isNew
    freshItems = FreshItems(isAll: isNew)
    // 10 MB of pages: the size of a store does not become the size of the process.
    try connection.execute("PRAGMA cache_size = -10000; PRAGMA temp_store = FILE")
    if isNew { try StoreWriter.begin(connection, options) }
    dictionaries = try Dictionaries(
      connection, key: StoreWriter.key(of: connection), keepSecrets: options.keepSecrets)
    insertExchange = try BatchInsert(connection, table: "exchange", columns: 12)
    insertVerdict = try BatchInsert(connection, table: "verdict", columns: 11)
    insertPreflight = try BatchInsert(connection, table: "preflight", columns: 13)
    insertLogItem = try BatchInsert(connection, table: "log_item", columns: 9)
    insertReject = try StoreWriter.insert("reject", columns: 7, connection)
    insertSource = try StoreWriter.insert("source", columns: 13, connection)
    insertTraffic = try connection.prepare(
      """
      INSERT INTO traffic_count VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET requests = requests + excluded.requests
      """)
  }

  /// Begins a new store, in one transaction until it is closed.
  private static func begin(_ connection: Connection, _ options: Options) throws(StoreError) {
    try connection.execute(
      """
      PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = \(Schema.version); BEGIN EXCLUSIVE
      """)
    let key = options.key ?? .random()
    try connection.execute(Schema.tables + Views.all)
    try connection.execute("INSERT INTO meta VALUES ('key', '\(key.text)')")
    try ReasonTable.fill(connection)
  }

  private static func key(of connection: Connection) throws(StoreError) -> StoreKey {
    guard let text = try connection.text("SELECT value FROM meta WHERE key = 'key'"), let key = StoreKey(text: text)
    else {
      throw StoreError(
        .corrupt, path: connection.path, cause: "the store has no key",
        remedy: "import the inputs again into a new store")
    }
    return key
  }

  private static func insert(
    _ table: String, columns: Int, _ connection: Connection
  ) throws(StoreError) -> BoundStatement {
    let marks = Array(repeating: "?", count: columns).joined(separator: ", ")
    return try connection.prepare("INSERT OR IGNORE INTO \(table) VALUES (\(marks))")
  }

  /// Whether the store is being made: no journal, so nothing can be rolled back by SQLite, and nobody sees it before `close`.
  package let isNew: Bool

  /// Begins the import of one input.
  ///
  /// - Parameters:
  ///   - path: The input's path as given: what `source` shows.
  ///   - sha256: 64 hexadecimal digits in lower case.
  /// - Returns: `nil` where an input with these bytes is already in the store, whatever its path.
  /// - Throws: `locked` while another run writes, and SQLite's own errors.
  package func begin(source path: String, sha256: String) throws(StoreError) -> Import? {
    try begin(path, sha256: sha256) { () throws(StoreError) in
      try self.freeID(of: RowID.sources(sha256: sha256), sha256: sha256)
    }
  }

  /// Begins an import whose source has the id that `id` finds; `nil` where it finds that there is nothing to do.
  func begin(
    _ path: String, sha256: String, id: () throws(StoreError) -> Int64?
  ) throws(StoreError) -> Import? {
    precondition(!isImporting && !isClosed, "one import at a time, and none after close")
    precondition(sha256.utf8.count == 64, "a SHA-256 is 64 hexadecimal digits")
    if !isNew { try connection.execute("BEGIN IMMEDIATE") }
    do {
      guard let source = try id() else {
        if !isNew { try connection.execute("ROLLBACK") }
        return nil
      }
      for batch in batches { try batch.findLast() }
      isImporting = true
      return Import(self, source: source, path: path, sha256: sha256)
    } catch {
      if !isNew { try? connection.execute("ROLLBACK") }
      throw error
    }
  }

  /// The first of these ids that no source has; `nil` where the one of this digest has one of them.
  func freeID(of ids: [Int64], sha256: String) throws(StoreError) -> Int64? {
    // The digits come from a digest, but the statement is no place for trust.
    let known = try connection.prepare("SELECT sha256 FROM source WHERE id = ?")
    for id in ids {
      known.bind(id, 0)
      guard try known.step() else { return id }
      let other = known.text(0)
      known.reset()
      if other == sha256 { return nil }
    }
    throw StoreError(
      .sql(message: "no row id is free for this input", offset: nil), path: connection.path,
      remedy: "import it into a store of its own")
  }

  private var batches: [BatchInsert] { [insertExchange, insertVerdict, insertPreflight, insertLogItem] }

  /// Inserts the rows that wait for others.
  func flush() throws(StoreError) {
    for batch in batches { try batch.flush() }
  }

  func finish(_ source: Int64, _ summary: SourceSummary, counted: Int) throws(StoreError) {
    try flush()
    for batch in batches { batch.forgetLast() }
    let row = insertSource
    row.bind(source, 0)
    row.bind(dictionaries.redaction.text(summary.path), 1)
    row.bind(summary.sha256, 2)
    row.bind(summary.kind.rawValue, 3)
    row.bind(summary.format, 4)
    for (index, number) in [summary.bytes, summary.read, summary.kept, counted, summary.rejected].enumerated() {
      row.bind(Int64(number), index + 5)
    }
    row.bind(options.now, 10)
    row.bind(EvidenceJSON.counts(summary.problems), 11)
    row.bind(summary.blindSpots.isEmpty ? nil : EvidenceJSON.strings(summary.blindSpots), 12)
    try row.run()
    if !isNew { try connection.execute("COMMIT") }
    isImporting = false
  }

  func abandon(_ source: Int64) throws(StoreError) {
    isImporting = false
    freshItems = FreshItems(isAll: false)
    for batch in batches { batch.discard() }
    if isNew {
      try deleteItems(of: source, from: 0)
      try connection.execute("DELETE FROM reject WHERE source = \(source)")
      try deleteCounts(of: source)
    } else {
      dictionaries.rollBack()
      // A full disk makes SQLite roll back by itself.
      if connection.isInTransaction { try connection.execute("ROLLBACK") }
    }
  }

  /// Pairs what the logs in the store hold, and judges what only pairing tells; does nothing where no log came in since.
  ///
  /// - Parameter mostHeld: Up to how many of their requests and preflights are held in memory; more are read as often as they
  ///   are wanted.
  package func pairLogs(mostHeld: Int = FreshItems.most) throws(StoreError) {
    precondition(!isImporting && !isClosed, "logs are paired between imports and close")
    if !isNew { try connection.execute("BEGIN IMMEDIATE") }
    do {
      try LogPass(self, mostHeld: mostHeld).run()
    } catch {
      if !isNew { try? connection.execute("ROLLBACK") }
      throw error
    }
    if !isNew { try connection.execute("COMMIT") }
  }

  /// Makes the indexes, puts a new store in its place, and opens it to read.
  ///
  /// A temporary store lives on in the reader.
  @discardableResult
  package func close() throws(StoreError) -> StoreReader {
    precondition(!isImporting && !isClosed, "every import is finished or abandoned before its store is closed")
    try connection.execute(Schema.indexes)
    if isNew { try connection.execute("COMMIT") }
    isClosed = true
    try connection.execute("PRAGMA shrink_memory")
    switch place {
    case .temporary: return try StoreReader(connection)
    case .file(let path):
      if let partial {
        // Other connections may open the file from here on: its lock goes with the next statement in normal mode.
        try connection.execute("PRAGMA locking_mode = NORMAL")
        _ = try connection.integer("SELECT count(*) FROM meta")
        try partial.publish()
      }
      return try StoreReader(path: path)
    }
  }
}
