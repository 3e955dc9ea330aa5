import Correlator

/// A request or a preflight that a log left for the pairing.
struct LeftItem {
  let item: PairingItem
  let line: PairedLine
  /// What became of a preflight, once it is known.
  var outcome: PreflightRecord.Outcome?
}

/// What a run leaves for the pairing: as long as it is little, and all there is, it need not be read back from its table.
struct FreshItems {
  /// Up to how many are held in memory, at 200 bytes each.
  static let most = 100_000

  private var items: [LeftItem]?

  /// `isAll`: whether the table holds no others.
  init(isAll: Bool) { items = isAll ? [] : nil }

  mutating func add(_ item: PairingItem, _ line: PairedLine) {
    guard let count = items?.count else { return }
    // At once: memory that is not written to is none, and to grow an array takes half as much again.
    if count == 0 { items?.reserveCapacity(FreshItems.most) }
    if count < FreshItems.most { items?.append(LeftItem(item: item, line: line)) } else { items = nil }
  }

  /// Hands them out, once, in the order in which they came; `nil` where they are not all.
  mutating func take() -> [LeftItem]? {
    defer { items = nil }
    return items
  }
}
