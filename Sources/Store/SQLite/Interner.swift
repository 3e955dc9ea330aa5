import Correlator

/// Gives each distinct value of a dictionary table its row: small sequential ids, found again by a keyed 64-bit hash.
///
/// The cache in front of the table is bounded: memory does not grow with the data. When it is full it starts anew,
/// and the table's index on `hash` answers for what it forgot. The cache is keyed by the value as it came, the table by
/// the row as it is stored, secrets left out: a hash of a secret is never written. The hash's key is random for each
/// store, so no input can make two values meet; that two of ten million do by chance is less likely than 1 in 300,000.
final class Interner {
  private let find: BoundStatement
  private let insert: BoundStatement
  private let hash: SipHash
  private var next: Int64
  private var firstOfImport: Int64
  // Plain memory: the hot path pays neither for reference counts nor for exclusivity checks.
  private var keys: UnsafeMutablePointer<UInt64>
  private var ids: UnsafeMutablePointer<Int32>
  private var count = 0
  private var mask: Int
  private let capacity: Int

  /// Serves a table with the columns `id` and `hash`, then `columns`.
  ///
  /// `capacity`, a power of two, is the most slots that the cache may grow to; 12 bytes each.
  init(_ connection: Connection, hash: SipHash, table: String, columns: [String], capacity: Int) throws(StoreError) {
    find = try connection.prepare("SELECT id FROM \(table) WHERE hash = ?")
    let marks = Array(repeating: "?", count: columns.count + 2).joined(separator: ", ")
    insert = try connection.prepare(
      "INSERT INTO \(table) (\((["id", "hash"] + columns).joined(separator: ", "))) VALUES (\(marks))")
    self.hash = hash
    next = (try connection.integer("SELECT max(id) FROM \(table)") ?? 0) + 1
    firstOfImport = next
    self.capacity = capacity
    (keys, ids) = Interner.slots(256)
    mask = 255
  }

  private static func slots(_ size: Int) -> (UnsafeMutablePointer<UInt64>, UnsafeMutablePointer<Int32>) {
    let keys = UnsafeMutablePointer<UInt64>.allocate(capacity: size)
    keys.initialize(repeating: 0, count: size)
    let ids = UnsafeMutablePointer<Int32>.allocate(capacity: size)
    ids.initialize(repeating: 0, count: size)
    return (keys, ids)
  }

  deinit {
    keys.deallocate()
    ids.deallocate()
  }

  /// The id of the value whose bytes hash to `key`; `row` makes its columns where the cache does not know it.
  @inline(__always)
  func id(_ key: UInt64, _ row: () throws(StoreError) -> [Cell]) throws(StoreError) -> Int64 {
    var slot = Int(truncatingIfNeeded: key) & mask
    while ids[slot] != 0 {
      if keys[slot] == key { return Int64(ids[slot]) }
      slot = (slot &+ 1) & mask
    }
    let id = try id(of: try row())
    remember(key, id)
    return id
  }

  private func id(of row: [Cell]) throws(StoreError) -> Int64 {
    let print = Fingerprint()
    for cell in row { print.add(cell) }
    let key = Int64(bitPattern: print.hash(hash))
    find.bind(key, 0)
    if try find.step() {
      defer { find.reset() }
      return find.int(0)
    }
    insert.bind(next, 0)
    insert.bind(key, 1)
    for (index, cell) in row.enumerated() { insert.bind(cell, index + 2) }
    try insert.run()
    next += 1
    return next - 1
  }

  private func remember(_ key: UInt64, _ id: Int64) {
    guard let id = Int32(exactly: id) else { return }
    if count * 4 >= mask * 3 {
      if mask + 1 < capacity { grow() } else { forget() }
    }
    place(key, id)
    count += 1
  }

  private func place(_ key: UInt64, _ id: Int32) {
    var slot = Int(truncatingIfNeeded: key) & mask
    while ids[slot] != 0 { slot = (slot &+ 1) & mask }
    keys[slot] = key
    ids[slot] = id
  }

  private func grow() {
    let (oldKeys, oldIDs, size) = (keys, ids, mask + 1)
    (keys, ids) = Interner.slots(size * 2)
    mask = size * 2 - 1
    for slot in 0..<size where oldIDs[slot] != 0 { place(oldKeys[slot], oldIDs[slot]) }
    oldKeys.deallocate()
    oldIDs.deallocate()
  }

  private func forget() {
    ids.update(repeating: 0, count: mask + 1)
    count = 0
  }

  func beginImport() { firstOfImport = next }

  /// The rows since `beginImport` are gone.
  func rollBack() {
    forget()
    next = firstOfImport
  }
}
