import Evidence

/// Changes, found by the endpoint that they are made at: a fix makes one for every endpoint that fails.
struct ChangeSet: Sendable {
  private var everywhere: [AnswerChange] = []
  private var byEndpoint: [String: [AnswerChange]] = [:]

  init(_ changes: [AnswerChange]) {
    for change in changes {
      if change.scope.endpoints.count == 1, !change.scope.endpoints[0].contains("*") {
        byEndpoint[change.scope.endpoints[0], default: []].append(change)
      } else {
        everywhere.append(change)
      }
    }
  }

  /// Those that are made on this answer, in their order.
  func changes(at subject: Subject, _ side: AnswerChange.Scope.Side) -> [AnswerChange] {
    (everywhere + (byEndpoint[subject.endpoint] ?? [])).filter {
      $0.scope.holds(endpoint: subject.endpoint, origin: subject.origin, method: subject.method, side)
    }
  }

  /// The answer with every change that is made on it.
  func answer(
    _ exchange: Exchange, at subject: Subject, _ side: AnswerChange.Scope.Side, to asking: Asking
  ) -> Exchange {
    changes(at: subject, side).reduce(exchange) { $1.answer($0, to: asking) }
  }
}

extension Verdict {
  var subject: Subject { Subject(origin: origin ?? "", endpoint: endpoint, method: method) }
}
