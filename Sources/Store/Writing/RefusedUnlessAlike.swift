import Correlator

/// Preflights that nothing followed and that are refused only if credentials were included, where the same client's request of the same
/// URL came, with an answer of which the same is true: it shows that they were not.
///
/// The request may have been that of an equal preflight beside it: a browser sends one request where several are alike, or none where
/// the answer is in its cache, and each has asked leave before.
struct RefusedUnlessAlike {
  /// Who asks what of whom: client, URL, method and origin.
  private struct Asked: Hashable {
    let key: UInt64
    let method: UInt32
    let origin: UInt64

    /// `nil` where its origin or method is not known.
    init?(_ item: PairingItem) {
      guard item.origin != 0, item.method != 0 else { return nil }
      (key, method, origin) = (item.key, item.method, item.origin)
    }
  }

  /// What has come so far of those who ask alike.
  private struct Seen {
    var waiting: [(id: Int64, end: Int64)] = []
    /// When the last request came that passes without credentials alone.
    var came: Int64?
    /// When the last preflight was answered that allows credentials: a request after it may have had them, and failed.
    var allowing: Int64?
  }

  /// Microseconds before a preflight in which such a request counts: as long as any but Firefox keeps a preflight.
  private static let before: Int64 = 7_200_000_000
  /// Microseconds after it: longer than a request is looked for.
  private static let after: Int64 = 30_000_000

  private var candidates: Set<Int64> = []

  /// Takes note of one that counts as refused.
  mutating func note(_ preflight: Int64, _ kind: LineKinds.Kind) {
    if kind.has(LineKindFlag.refusesCredentials), kind.other != nil { candidates.insert(preflight) }
  }

  func leaveOpen(
    _ items: LogItems, _ kinds: LineKinds, _ change: VerdictChange, _ connection: Connection
  ) throws(StoreError) {
    guard !candidates.isEmpty else { return }
    let outcome = try connection.prepare("UPDATE preflight SET outcome = 'undetermined' WHERE id = ?")
    func leaveOpen(_ preflight: Int64) throws(StoreError) {
      outcome.bind(preflight, 0)
      try outcome.run()
      items.note(.undetermined, of: preflight)
      guard let line = try items.line(preflight), let said = try kinds.kind(line.kind)?.other else { return }
      try change.make(said, of: preflight)
    }
    var all: [Asked: Seen] = [:]
    try items.forEach { (item) throws(StoreError) in
      if candidates.contains(item.id), let asked = Asked(item) { all[asked] = Seen() }
    }
    try items.forEach { (item) throws(StoreError) in
      guard let asked = Asked(item), var seen = all.removeValue(forKey: asked) else { return }
      defer { all[asked] = seen }
      if candidates.contains(item.id) {
        if let came = seen.came, item.start - came <= RefusedUnlessAlike.before {
          try leaveOpen(item.id)
        } else {
          seen.waiting.append((item.id, item.end))
        }
      } else if item.role == .preflight {
        if try !refusesCredentials(item, items, kinds) { seen.allowing = item.end }
      } else if item.role == .request, try refusesCredentials(item, items, kinds) {
        if let allowing = seen.allowing, item.start - allowing <= RefusedUnlessAlike.before { return }
        seen.came = item.start
        for preflight in seen.waiting where item.start - preflight.end <= RefusedUnlessAlike.after {
          try leaveOpen(preflight.id)
        }
        seen.waiting = []
      }
    }
  }

  /// Whether it passes without credentials alone, if it passes at all.
  private func refusesCredentials(_ item: PairingItem, _ items: LogItems, _ kinds: LineKinds) throws(StoreError) -> Bool
  {
    guard let line = try items.line(item.id), let kind = try kinds.kind(line.kind) else { return false }
    let isOpen = item.role == .preflight || kind.own?.decision != Schema.blocked
    return isOpen && kind.has(LineKindFlag.refusesCredentials)
  }
}
