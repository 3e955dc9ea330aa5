package import Correlator

/// Which verdicts a report looks at; empty for all.
package struct FindingsFilter: Sendable {
  /// From this moment on, in microseconds since 1970, UTC; a verdict without a time does not pass.
  package var since: Int64?
  /// Before this moment.
  package var until: Int64?
  package var origins: [String] = []
  package var endpoints: [String] = []
  /// Failures of these alone; how many requests there were is not narrowed by it.
  package var reasons: [ReasonKey] = []

  package init(
    since: Int64? = nil, until: Int64? = nil, origins: [String] = [], endpoints: [String] = [],
    reasons: [ReasonKey] = []
  ) {
    self.since = since
    self.until = until
    self.origins = origins
    self.endpoints = endpoints
    self.reasons = reasons
  }

  /// The condition on `verdict v`, and what its marks stand for.
  func condition(reasonsToo: Bool) -> (sql: String, values: [Cell]) {
    var parts: [String] = []
    var values: [Cell] = []
    if let since {
      parts.append("v.started_at >= ?")
      values.append(.int(since))
    }
    if let until {
      parts.append("v.started_at < ?")
      values.append(.int(until))
    }
    for (column, names) in [("origin", origins), ("endpoint", endpoints)] where !names.isEmpty {
      let marks = names.map { _ in "?" }.joined(separator: ", ")
      parts.append(
        "v.subject IN (SELECT su.id FROM subject su JOIN text t ON t.id = su.\(column) WHERE t.value IN (\(marks)))")
      values += names.map { .text($0) }
    }
    if reasonsToo, !reasons.isEmpty {
      let marks = reasons.map { _ in "?" }.joined(separator: ", ")
      parts.append("v.judgement IN (SELECT id FROM judgement WHERE reason IN (\(marks)))")
      values += reasons.map { .text($0.rawValue) }
    }
    return (parts.map { " AND \($0)" }.joined(), values)
  }
}
