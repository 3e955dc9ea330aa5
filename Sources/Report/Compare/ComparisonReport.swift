package import Correlator

/// What changed between two recordings, as a document.
package enum ComparisonReport {
  /// At most `limit` problems are shown; the rest is counted.
  package static func writeText(
    _ comparison: Comparison, limit: Int, _ options: ReportOptions = ReportOptions(),
    into sink: inout some TextOutputStream
  ) {
    sink.write(ComparisonText(comparison, limit: limit, options).lines.map { $0 + "\n" }.joined())
  }

  package static func writeMarkdown(
    _ comparison: Comparison, limit: Int, into sink: inout some TextOutputStream
  ) {
    sink.write(ComparisonMarkdown(comparison, limit: limit).lines.map { $0 + "\n" }.joined())
  }

  /// The document `corsleuth-compare/1`; its keys are stable.
  package static func writeJSON(_ comparison: Comparison, into sink: inout some TextOutputStream) {
    ComparisonJSON.document(comparison).write(into: &sink)
    sink.write("\n")
  }
}

/// Phrases that every format shares.
enum ComparisonWords {
  /// The answer in one sentence.
  static func sentence(_ comparison: Comparison) -> String {
    if comparison.rows.isEmpty { return "Nothing was blocked, before or after." }
    let parts = Comparison.Change.allCases.compactMap { change -> String? in
      let count = comparison.count(change)
      return count > 0 ? "\(Moments.count(count)) \(word(change))" : nil
    }
    return "\(Moments.count(comparison.rows.count, "problem")): \(parts.joined(separator: ", "))."
  }

  static func totals(_ comparison: Comparison) -> String {
    "\(comparison.oldName): \(side(comparison.old)). \(comparison.newName): \(side(comparison.new))."
  }

  private static func side(_ side: Comparison.Side) -> String {
    "\(Moments.count(side.failures)) of \(Moments.count(side.requests, "request")) blocked"
      + (percent(side).map { " (\($0))" } ?? "")
  }

  static func word(_ change: Comparison.Change) -> String {
    switch change {
    case .new: "new"
    case .worse: "worse"
    case .unchanged: "unchanged"
    case .better: "better"
    case .fixed: "fixed"
    case .changed: "failing for another reason now"
    case .notSeen: "not seen again"
    }
  }

  static func title(_ change: Comparison.Change) -> String {
    switch change {
    case .new: "New"
    case .worse: "Worse: the rate of failures has surely risen"
    case .unchanged: "Unchanged"
    case .better: "Better: the rate of failures has surely fallen"
    case .fixed: "Fixed: the same requests are made, and pass"
    case .changed: "Changed: the same requests fail for another reason now"
    case .notSeen: "Not seen again: whether they would still fail is not shown"
    }
  }

  /// `12 of 40 (30%)`; `not asked` where nobody made such requests.
  static func rate(_ side: Comparison.Side) -> String {
    guard side.requests > 0 else { return "not asked" }
    return "\(Moments.count(side.failures)) of \(Moments.count(side.requests))"
      + (percent(side).map { " (\($0))" } ?? "")
  }

  static func percent(_ side: Comparison.Side) -> String? {
    side.rate.map { rate in
      let tenths = Int((rate * 1000).rounded())
      return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
    }
  }

  /// Each kind of change with its rows; kinds without rows are left out.
  static func groups(_ comparison: Comparison) -> [(change: Comparison.Change, rows: [Comparison.Row])] {
    Comparison.Change.allCases.compactMap { change in
      let rows = comparison.rows.filter { $0.change == change }
      return rows.isEmpty ? nil : (change, rows)
    }
  }
}
