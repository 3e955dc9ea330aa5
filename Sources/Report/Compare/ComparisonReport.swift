package import Correlator
package import Words

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
    _ comparison: Comparison, limit: Int, in language: Language = .english, into sink: inout some TextOutputStream
  ) {
    sink.write(ComparisonMarkdown(comparison, limit: limit, language).lines.map { $0 + "\n" }.joined())
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
  static func sentence(_ comparison: Comparison) -> Message {
    if comparison.rows.isEmpty { return "Nothing was blocked, before or after." }
    let parts = Comparison.Change.allCases.compactMap { change -> Message? in
      let count = comparison.count(change)
      return count > 0 ? words(Moments.count(count), change) : nil
    }
    return "\(Moments.count(comparison.rows.count, "problem")): \(parts.joined(separator: ", "))."
  }

  static func totals(_ comparison: Comparison) -> Message {
    "\(comparison.oldName): \(side(comparison.old)). \(comparison.newName): \(side(comparison.new))."
  }

  private static func side(_ side: Comparison.Side) -> Message {
    let blocked: Message = "\(Moments.count(side.failures)) of \(Moments.count(side.requests, "request")) blocked"
    return percent(side).map { "\(blocked) (\($0))" } ?? blocked
  }

  private static func words(_ count: String, _ change: Comparison.Change) -> Message {
    switch change {
    case .new: "\(count) new"
    case .worse: "\(count) worse"
    case .unchanged: "\(count) unchanged"
    case .better: "\(count) better"
    case .fixed: "\(count) fixed"
    case .changed: "\(count) failing for another reason now"
    case .notSeen: "\(count) not seen again"
    }
  }

  static func title(_ change: Comparison.Change) -> Message {
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
  static func rate(_ side: Comparison.Side) -> Message {
    guard side.requests > 0 else { return "not asked" }
    let rate: Message = "\(Moments.count(side.failures)) of \(Moments.count(side.requests))"
    return percent(side).map { "\(rate) (\($0))" } ?? rate
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
