/// Two recordings, or two spans of time, problem by problem: what is fixed, what is new, what got worse.
package struct Comparison: Sendable {
  package enum Change: String, CaseIterable, Sendable {
    /// It failed in the new one alone.
    case new
    /// It fails in both, in the new one at a rate that is surely higher.
    case worse
    case unchanged
    /// It fails in both, in the new one at a rate that is surely lower.
    case better
    /// It failed in the old one; the same requests are made in the new one and some are allowed, and none fails so.
    case fixed
    /// It failed in the old one, and fails for another reason in the new one.
    case changed
    /// It failed in the old one, and the new one does not show whether it still does.
    case notSeen = "not-seen"
  }

  package struct Row: Sendable {
    package var identity: ProblemIdentity
    package var change: Change
    package var old: Side
    package var new: Side
  }

  package struct Side: Equatable, Sendable {
    package var failures: Int
    /// All CORS requests of the same origin, endpoint and method.
    package var requests: Int
    package var clients: Int

    /// Failures among requests, 0 to 1; `nil` where there were none.
    package var rate: Double? { requests > 0 ? Double(failures) / Double(requests) : nil }
  }

  package let oldName: String
  package let newName: String
  package let old: Side
  package let new: Side
  /// By change, what matters most first; within one the most failures first.
  package let rows: [Row]

  package init(_ old: Population, _ new: Population) {
    oldName = old.name
    newName = new.name
    self.old = Side(failures: old.failures, requests: old.total, clients: 0)
    self.new = Side(failures: new.failures, requests: new.total, clients: 0)
    let failingNow = Set(new.problems.keys.map(Subject.init))
    rows = Set(old.problems.keys).union(new.problems.keys).map { identity in
      let sides = (Comparison.side(identity, old), Comparison.side(identity, new))
      let subject = Subject(identity)
      let change = Comparison.change(
        sides.0, sides.1, isAllowedNow: (new.requests[subject]?.allowed ?? 0) > 0,
        failsOtherwise: failingNow.contains(subject))
      return Row(identity: identity, change: change, old: sides.0, new: sides.1)
    }.sorted { left, right in
      if left.change != right.change { return left.change.rank < right.change.rank }
      let sizes = (left.new.failures + left.old.failures, right.new.failures + right.old.failures)
      return sizes.0 != sizes.1 ? sizes.0 > sizes.1 : left.identity < right.identity
    }
  }

  package func count(_ change: Change) -> Int { rows.count { $0.change == change } }

  private static func side(_ identity: ProblemIdentity, _ population: Population) -> Side {
    let counts = population.problems[identity]
    let requests = population.requests[Subject(identity)]?.all ?? 0
    return Side(
      failures: counts?.failures ?? 0, requests: max(requests, counts?.failures ?? 0), clients: counts?.clients ?? 0)
  }

  private static func change(_ old: Side, _ new: Side, isAllowedNow: Bool, failsOtherwise: Bool) -> Change {
    if old.failures == 0 { return .new }
    if new.failures == 0 { return failsOtherwise ? .changed : isAllowedNow ? .fixed : .notSeen }
    let intervals = (Interval(old.failures, of: old.requests), Interval(new.failures, of: new.requests))
    if intervals.1.low > intervals.0.high { return .worse }
    return intervals.1.high < intervals.0.low ? .better : .unchanged
  }
}

extension Comparison.Change {
  fileprivate var rank: Int { Comparison.Change.allCases.firstIndex(of: self) ?? 0 }
}

/// Wilson's interval for a rate at 95%: two rates whose intervals do not meet differ for sure, however few requests there were.
struct Interval: Equatable {
  let low: Double
  let high: Double

  init(_ hits: Int, of all: Int) {
    guard all > 0 else {
      (low, high) = (0, 1)
      return
    }
    let z = 1.959964
    let n = Double(all)
    let rate = Double(min(hits, all)) / n
    let middle = (rate + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (rate * (1 - rate) / n + z * z / (4 * n * n)).squareRoot()
    low = max(0, middle - half)
    high = min(1, middle + half)
  }
}
