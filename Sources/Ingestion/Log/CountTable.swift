import Scanning

/// Counts by keys that are not 0, in plain memory.
struct CountTable: ~Copyable {
  struct Row {
    var key: UInt64
    var count: Int
  }

  private var places = CountTable.places(4096)
  /// How many keys there are.
  private(set) var used = 0

  deinit { places.deallocate() }

  /// Counts on where the key has a count; whether it has.
  @inline(__always)
  func add(_ count: Int, toKnown key: UInt64) -> Bool {
    let index = place(key)
    guard places[index].key == key else { return false }
    places[index].count &+= count
    return true
  }

  /// Begins to count a key that has no count.
  mutating func insert(_ key: UInt64, _ count: Int) {
    if (used + 1) * 2 > places.count {
      let old = places
      places = CountTable.places(old.count * 2)
      for row in old where row.key != 0 { places[place(row.key)] = row }
      old.deallocate()
    }
    places[place(key)] = Row(key: key, count: count)
    used += 1
  }

  /// Every count, in no order that means anything.
  var rows: [Row] { places.filter { $0.key != 0 } }

  /// Where the key is, or belongs.
  @inline(__always)
  private func place(_ key: UInt64) -> Int {
    let mask = places.count &- 1
    var index = Int(truncatingIfNeeded: LogBytes.mix(key, 0x9E37_79B9)) & mask
    while places[index].key != key, places[index].key != 0 { index = (index &+ 1) & mask }
    return index
  }

  private static func places(_ count: Int) -> UnsafeMutableBufferPointer<Row> {
    let places = UnsafeMutableBufferPointer<Row>.allocate(capacity: count)
    places.initialize(repeating: Row(key: 0, count: 0))
    return places
  }
}
