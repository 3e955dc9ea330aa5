import Correlator

/// Gives each distinct value of a dictionary table its row: small sequential ids, found again by a keyed 64-bit hash.
///
/// When the cache in front of the table is full it starts anew,
/// and the table's index on `hash` answers for what it forgot. The cache is keyed by the value as it came, the table by
/// the row as it is stored, secrets left out: a hash of a secret is never written. The hash's key is random for each
/// store, so no input can make two values meet; that two of ten million do by chance is less likely than 1 in 300,000.
final class Interner {
  private let find: BoundStatement
  private let insert: BoundStatement
  private let hash: SipHash
  private let cache: HashCache<Int32>
  private let print = Fingerprint()
  private let connection: Connection

  /// Serves a table with the columns `id` and `hash`, then `columns`.
  ///
  /// `capacity`, a power of two, is the most slots that the cache may grow to; 12 bytes each.
  init(_ connection: Connection, hash: SipHash, table: String, columns: [String], capacity: Int) throws(StoreError) {
    self.connection = connection
    find = try connection.prepare("SELECT id FROM \(table) WHERE hash = ?")
    let marks = Array(repeating: "?", count: columns.count + 1).joined(separator: ", ")
    insert = try connection.prepare(
      "INSERT OR IGNORE INTO \(table) (\((["hash"] + columns).joined(separator: ", "))) VALUES (\(marks))")
    self.hash = hash
    cache = HashCache(capacity: capacity)
  }

  /// The id of the value whose bytes hash to `key`; `row` makes its columns where the cache does not know it.
  @inline(__always)
  func id(_ key: UInt64, _ row: () throws(StoreError) -> [Cell]) throws(StoreError) -> Int64 {
    if let known = cache[key] { return Int64(known) }
    let id = try id(of: try row())
    if let short = Int32(exactly: id) { cache.remember(key, short) }
    return id
  }

  private func id(of row: [Cell]) throws(StoreError) -> Int64 {
    print.clear()
    for cell in row { print.add(cell) }
    let key = Int64(bitPattern: print.hash(hash))
    insert.bind(key, 0)
    for (index, cell) in row.enumerated() { insert.bind(cell, index + 1) }
    try insert.run()
    if connection.hasChanged { return connection.lastInsertedRow }
    find.bind(key, 0)
    defer { find.reset() }
    guard try find.step() else { throw connection.lastError() }
    return find.int(0)
  }

  /// The rows of this transaction are gone.
  func rollBack() { cache.forget() }
}
