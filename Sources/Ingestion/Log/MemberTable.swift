import Scanning

/// The members that lines of JSON have had: plain memory, of a size that no log fills by chance.
final class MemberTable {
  typealias Member = UnsafeMutablePointer<Entry>

  struct Entry {
    /// What stood before the member's value on the last line, behind the comma or brace: `"name":`, with its blanks.
    var text = MemberText()
    /// The member that followed on the last line; `none` for none.
    var next: Member
    let slot: Int
    /// The node of its members, when it is an object; 0 for none yet.
    var child = 0
    /// Where its name stands in the `KeyPool`.
    let key: Int
    let keyCount: Int

    init(slot: UInt8, key: Int, keyCount: Int, next: Member) {
      self.slot = Int(slot & 127)
      self.key = key
      self.keyCount = keyCount
      self.next = next
    }
  }

  private static let capacity = 1024
  /// No member: it stands nowhere, and fills no slot.
  let none = Member.allocate(capacity: MemberTable.capacity)
  private var count = 1

  init() { none.initialize(to: Entry(slot: 0, key: 0, keyCount: 0, next: none)) }

  deinit { none.deallocate() }

  var isFull: Bool { count == MemberTable.capacity }

  /// A new member, at an address that stays; the table is not full.
  func add(slot: UInt8, key: Int, keyCount: Int) -> Member {
    let member = none + count
    member.initialize(to: Entry(slot: slot, key: key, keyCount: keyCount, next: none))
    count += 1
    return member
  }
}

/// A stretch of up to 40 bytes, compared at once.
struct MemberText {
  /// How many bytes are looked at, whatever their number.
  static let size = 40

  private var heads = (LogBytes.Head.never, LogBytes.Head.never)
  private var rest = (LogBytes.Head.never, LogBytes.Head.never, LogBytes.Head.never)
  private(set) var count = 0

  /// One that stands nowhere.
  init() {}

  /// `base[start..<end]`; one that stands nowhere if that is too long.
  init(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) {
    count = end - start
    guard count <= MemberText.size else { return }
    func head(_ offset: Int) -> LogBytes.Head {
      LogBytes.Head(base, start + offset, max(0, min(end - start - offset, 8)))
    }
    (heads, rest) = ((head(0), head(8)), (head(16), head(24), head(32)))
  }

  /// Whether it stands at `at`, where `size` bytes have to be readable.
  @inline(__always)
  func stands(_ base: UnsafeRawPointer, _ at: Int) -> Bool {
    guard heads.0.stands(base, at), heads.1.stands(base, at &+ 8) else { return false }
    // Most are short.
    return count <= 16
      || rest.0.stands(base, at &+ 16) && rest.1.stands(base, at &+ 24) && rest.2.stands(base, at &+ 32)
  }
}
