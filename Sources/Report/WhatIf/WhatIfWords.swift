import Correlator
import Evidence
import Words

/// What a change would have done, in sentences that every format shares.
struct WhatIfWords {
  let findings: WhatIfFindings

  /// The answer in one sentence.
  var sentence: Message {
    if findings.requests == 0 { return "Nothing to change: no cross-origin request under CORS was recorded." }
    if findings.failures == 0 { return "Nothing was blocked before the change. \(breaking)" }
    let touched = findings.failures - untouched
    if touched == 0 {
      return "The change touches none of the \(Moments.count(findings.failures, "failure")). \(breaking)"
    }
    return """
      \(Moments.count(findings.passes)) of \(Moments.count(findings.failures, "failure")) would pass. \
      \(breaking)
      """
  }

  /// Failures that the change alters nothing of.
  var untouched: Int { findings.problems.values.reduce(0) { $0 + count($1) { $0 == .untouched } } }

  private func count(_ problem: WhatIfFindings.Problem, _ fits: (Effect) -> Bool) -> Int {
    problem.ends.reduce(0) { $0 + (fits($1.key.effect) ? $1.value : 0) }
  }

  /// `5 would fail, 2 may`.
  static func counts(_ broken: WhatIfFindings.Broken) -> Message {
    var parts: [Message] = []
    if broken.breaks > 0 { parts.append("\(Moments.count(broken.breaks)) would fail") }
    if broken.mayBreak > 0 { parts.append("\(Moments.count(broken.mayBreak)) may fail") }
    return parts.joined(separator: ", ")
  }

  private var breaking: Message {
    let sure = findings.broken.values.reduce(0) { $0 + $1.breaks }
    let possible = findings.broken.values.reduce(0) { $0 + $1.mayBreak }
    if sure + possible == 0 { return "Nothing that works would break." }
    let broken: Message =
      sure == 1
      ? "\(Moments.count(sure, "request")) that works would break"
      : "\(Moments.count(sure, "request")) that work would break"
    return possible > 0 ? "\(broken), \(Moments.count(possible)) more may." : "\(broken)."
  }

  /// The failures by what becomes of them, what matters most first.
  var tally: [(words: Message, count: Int)] {
    let kinds: [(Message, (Effect) -> Bool)] = [
      ("would pass", { $0 == .passes }), ("would pass without credentials", { $0 == .passesWithoutCredentials }),
      ("would get further, to where the recording does not tell", { $0 == .passesSoFar }),
      ("would fail next, for another reason", { if case .failsNext = $0 { true } else { false } }),
      ("would fail as before", { $0 == .failsAlike }), ("may pass or fail", { $0 == .open }),
      ("not touched", { $0 == .untouched }),
    ]
    return kinds.map { words, fits in
      (words, findings.problems.values.reduce(0) { $0 + count($1, fits) })
    }.filter { $0.count > 0 }
  }

  /// What becomes of requests that end alike.
  static func of(_ end: WhatIfFindings.End) -> Message {
    let effect = effect(end)
    let words: Message = end.basis == .elsewhere ? "\(effect), as other answers of the endpoint go" : effect
    return engines(end).map { "\(words) (\($0))" } ?? words
  }

  private static func effect(_ end: WhatIfFindings.End) -> Message {
    switch end.effect {
    case .untouched: return "not touched by the change"
    case .passes, .staysAllowed: return "would pass"
    case .passesWithoutCredentials:
      return "would pass without credentials, and with them fail by \(failure(end.after)); which it was is not recorded"
    case .passesSoFar:
      return end.after.phase == .redirect
        ? "its redirect would pass; what the target answers is not recorded"
        : "its preflight would pass; what the answer would have held is not recorded"
    case .failsNext: return "would fail next by \(failure(end.after))"
    case .failsAlike: return "would fail as before"
    case .open, .undetermined(becomes: nil):
      return end.after.reason == nil
        ? "cannot be told: the recording lacks what decides" : "may pass, or fail by \(failure(end.after))"
    case .breaks: return "would break by \(failure(end.after))"
    case .mayBreak: return "may break by \(failure(end.after))"
    case .undetermined(becomes: .some(let isAllowed)):
      return isAllowed ? "would pass" : "would fail by \(failure(end.after))"
    }
  }

  /// `CORSMissingAllowOrigin at the answer`.
  static func failure(_ decided: WhatIfFindings.Decided) -> Message {
    failure(decided.reason?.rawValue, decided.phase)
  }

  static func failure(_ reason: String?, _ phase: Verdict.Phase?) -> Message {
    let name: Message = reason.flatMap { $0.isEmpty ? nil : "\($0)" } ?? "a check that no reason names"
    return switch phase {
    case .preflight: "\(name) at the preflight"
    case .redirect: "\(name) at the redirect"
    case .response: "\(name) at the answer"
    case .request, nil: name
    }
  }

  /// Each engine's end, where they differ.
  private static func engines(_ end: WhatIfFindings.End) -> Message? {
    if end.effect == .untouched { return nil }
    let asked = end.engines.map { "\($0.decision.rawValue) \($0.reason?.rawValue ?? "")" }
    guard asked.contains(where: { $0 != asked[0] }) else { return nil }
    return zip(Engine.allCases, end.engines).map { engine, decided -> Message in
      let name = ProblemView.name(engine)
      switch decided.decision {
      case .allowed: return "\(name) allows it"
      case .blocked: return "\(name): \(failure(decided))"
      case .undetermined: return "\(name) cannot be told"
      }
    }.joined(separator: "; ")
  }

  /// `set Access-Control-Allow-Origin: {origin} on answers of https://api.example to PUT`.
  static func change(_ change: AnswerChange) -> Message {
    "\(change.edits.map(edit).joined(separator: ", ")) on \(scope(change.scope))"
  }

  static func edit(_ edit: AnswerChange.Edit) -> Message {
    switch edit {
    case .set(let name, let value): "set \(name): \(value)"
    case .add(let name, let value): "add \(name): \(value)"
    case .remove(let name): "remove \(name)"
    case .status(let status): "answer with status \(status)"
    }
  }

  private static func scope(_ scope: AnswerChange.Scope) -> Message {
    var words: Message =
      switch scope.side {
      case .preflight: "answers to preflights"
      case .answer: "answers to requests"
      case nil: "every answer"
      }
    if !scope.methods.isEmpty { words = "\(words) for \(scope.methods.joined(separator: ", "))" }
    if !scope.endpoints.isEmpty { words = "\(words) at \(scope.endpoints.joined(separator: ", "))" }
    if !scope.origins.isEmpty {
      let origins = scope.origins.map { $0.isEmpty ? "(not told)" : "\($0)" as Message }
      words = "\(words) from \(origins.joined(separator: ", "))"
    }
    return words
  }
}
