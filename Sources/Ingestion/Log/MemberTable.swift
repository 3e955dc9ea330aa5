/// The members that lines of JSON have had: plain memory, of a size that no log fills by chance.
final class MemberTable {
  struct Entry {
    /// Where its name stands in the `KeyPool`.
    let key: Int
    let keyCount: Int
    let slot: UInt8
    /// The node of its members, when it is an object; 0 for none yet.
    var child = 0
    /// The entry that followed on the last line; -1 for none.
    var next = -1
  }

  private static let capacity = 1024
  private let entries = UnsafeMutablePointer<Entry>.allocate(capacity: MemberTable.capacity)
  private var count = 0

  deinit { entries.deallocate() }

  var isFull: Bool { count == MemberTable.capacity }

  func add(_ entry: Entry) -> Int {
    (entries + count).initialize(to: entry)
    count += 1
    return count - 1
  }

  /// `index` is one that `add` gave.
  @inline(__always)
  subscript(index: Int) -> Entry {
    unsafeAddress { UnsafePointer(entries + index) }
    unsafeMutableAddress { entries + index }
  }
}
