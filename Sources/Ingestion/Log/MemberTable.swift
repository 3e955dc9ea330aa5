import Scanning

/// The members that lines of JSON have had: plain memory, of a size that no log fills by chance.
final class MemberTable {
  struct Entry {
    /// Its first 16 bytes with the quotes and the colon around it.
    let head: (LogBytes.Head, LogBytes.Head)
    /// Where its name stands in the `KeyPool`.
    let key: Int
    let keyCount: Int
    /// The node of its members, when it is an object; 0 for none yet.
    var child = 0
    /// The entry that followed on the last line; -1 for none.
    var next = -1
    let slot: UInt8

    /// How many bytes the name has with its quotes and its colon.
    var count: Int { keyCount &+ KeyPool.marks }
  }

  private static let capacity = 1024
  /// An entry is at the index that `add` gave.
  let entries = UnsafeMutablePointer<Entry>.allocate(capacity: MemberTable.capacity)
  private var count = 0

  deinit { entries.deallocate() }

  var isFull: Bool { count == MemberTable.capacity }

  func add(_ entry: Entry) -> Int {
    (entries + count).initialize(to: entry)
    count += 1
    return count - 1
  }
}
