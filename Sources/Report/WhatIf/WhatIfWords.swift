import Correlator
import Evidence

/// What a change would have done, in sentences that every format shares.
struct WhatIfWords {
  let findings: WhatIfFindings

  /// The answer in one sentence.
  var sentence: String {
    if findings.requests == 0 { return "Nothing to change: no cross-origin request under CORS was recorded." }
    if findings.failures == 0 { return "Nothing was blocked before the change. " + breaking }
    let touched = findings.failures - untouched
    if touched == 0 {
      return "The change touches none of the \(Moments.count(findings.failures, "failure")). " + breaking
    }
    return "\(Moments.count(findings.passes)) of \(Moments.count(findings.failures, "failure")) would pass. " + breaking
  }

  /// Failures that the change alters nothing of.
  var untouched: Int { findings.problems.values.reduce(0) { $0 + count($1) { $0 == .untouched } } }

  private func count(_ problem: WhatIfFindings.Problem, _ fits: (Effect) -> Bool) -> Int {
    problem.ends.reduce(0) { $0 + (fits($1.key.effect) ? $1.value : 0) }
  }

  /// `5 would fail, 2 may`.
  static func counts(_ broken: WhatIfFindings.Broken) -> String {
    let parts = [(broken.breaks, "would fail"), (broken.mayBreak, "may fail")].filter { $0.0 > 0 }
    return parts.map { "\(Moments.count($0.0)) \($0.1)" }.joined(separator: ", ")
  }

  private var breaking: String {
    let sure = findings.broken.values.reduce(0) { $0 + $1.breaks }
    let possible = findings.broken.values.reduce(0) { $0 + $1.mayBreak }
    if sure + possible == 0 { return "Nothing that works would break." }
    var text = "\(Moments.count(sure, "request")) that \(sure == 1 ? "works" : "work") would break"
    if possible > 0 { text += ", \(Moments.count(possible)) more may" }
    return text + "."
  }

  /// The failures by what becomes of them, what matters most first.
  var tally: [(text: String, count: Int)] {
    let kinds: [(String, (Effect) -> Bool)] = [
      ("would pass", { $0 == .passes }), ("would pass without credentials", { $0 == .passesWithoutCredentials }),
      ("would get further, to where the recording does not tell", { $0 == .passesSoFar }),
      ("would fail next, for another reason", { if case .failsNext = $0 { true } else { false } }),
      ("would fail as before", { $0 == .failsAlike }), ("may pass or fail", { $0 == .open }),
      ("not touched", { $0 == .untouched }),
    ]
    return kinds.map { text, fits in
      (text, findings.problems.values.reduce(0) { $0 + count($1, fits) })
    }.filter { $0.count > 0 }
  }

  /// What becomes of requests that end alike.
  static func of(_ end: WhatIfFindings.End) -> String {
    var text = effect(end)
    if end.basis == .elsewhere { text += ", as other answers of the endpoint go" }
    if let engines = engines(end) { text += " (\(engines))" }
    return text
  }

  private static func effect(_ end: WhatIfFindings.End) -> String {
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
  static func failure(_ decided: WhatIfFindings.Decided) -> String {
    failure(decided.reason?.rawValue, decided.phase)
  }

  static func failure(_ reason: String?, _ phase: Verdict.Phase?) -> String {
    let name = reason.flatMap { $0.isEmpty ? nil : $0 } ?? "a check that no reason names"
    return name + (place(phase).map { " \($0)" } ?? "")
  }

  /// Where a check is made; `nil` where no answer is looked at.
  static func place(_ phase: Verdict.Phase?) -> String? {
    switch phase {
    case .preflight: "at the preflight"
    case .redirect: "at the redirect"
    case .response: "at the answer"
    case .request, nil: nil
    }
  }

  /// Each engine's end, where they differ.
  private static func engines(_ end: WhatIfFindings.End) -> String? {
    if end.effect == .untouched { return nil }
    let asked = end.engines.map { "\($0.decision.rawValue) \($0.reason?.rawValue ?? "")" }
    guard asked.contains(where: { $0 != asked[0] }) else { return nil }
    return zip(Engine.allCases, end.engines).map { engine, decided in
      let name = ProblemView.name(engine)
      switch decided.decision {
      case .allowed: return "\(name) allows it"
      case .blocked: return "\(name): \(failure(decided))"
      case .undetermined: return "\(name) cannot be told"
      }
    }.joined(separator: "; ")
  }

  /// `set Access-Control-Allow-Origin: {origin} on answers of https://api.example to PUT`.
  static func change(_ change: AnswerChange) -> String {
    change.edits.map(edit).joined(separator: ", ") + " on " + scope(change.scope)
  }

  static func edit(_ edit: AnswerChange.Edit) -> String {
    switch edit {
    case .set(let name, let value): "set \(name): \(value)"
    case .add(let name, let value): "add \(name): \(value)"
    case .remove(let name): "remove \(name)"
    case .status(let status): "answer with status \(status)"
    }
  }

  private static func scope(_ scope: AnswerChange.Scope) -> String {
    var text =
      switch scope.side {
      case .preflight: "answers to preflights"
      case .answer: "answers to requests"
      case nil: "every answer"
      }
    if !scope.methods.isEmpty { text += " for " + scope.methods.joined(separator: ", ") }
    if !scope.endpoints.isEmpty { text += " of " + scope.endpoints.joined(separator: ", ") }
    if !scope.origins.isEmpty {
      text += " from " + scope.origins.map { $0.isEmpty ? "(not told)" : $0 }.joined(separator: ", ")
    }
    return text
  }
}
