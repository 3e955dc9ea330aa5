import Correlator
import Evidence
import Words

/// The document `corsleuth-whatif/1`.
enum WhatIfJSON {
  static let schema = "corsleuth-whatif/1"

  static func document(_ findings: WhatIfFindings) -> JSONValue {
    let words = WhatIfWords(findings: findings)
    let broken = findings.rankedBroken
    return .object([
      ("schema", .string(schema)),
      ("sentence", .string(words.sentence.english)),
      ("changes", .array(findings.changes.map(change))),
      ("requests", .int(findings.requests)),
      ("failures", .int(findings.failures)),
      ("would_pass", .int(findings.passes)),
      ("would_break", .int(broken.reduce(0) { $0 + $1.broken.breaks })),
      ("may_break", .int(broken.reduce(0) { $0 + $1.broken.mayBreak })),
      ("problems", .array(findings.ranked.map { problem($0.identity, $0.problem) })),
      ("broken", .array(broken.map { self.broken($0.identity, $0.broken) })),
    ])
  }

  static func change(_ change: AnswerChange) -> JSONValue {
    .object([
      ("edits", .array(change.edits.map(edit))),
      ("side", JSONValue(change.scope.side?.rawValue)),
      ("endpoints", .array(change.scope.endpoints.map(JSONValue.string))),
      ("origins", .array(change.scope.origins.map(JSONValue.string))),
      ("methods", .array(change.scope.methods.map(JSONValue.string))),
    ])
  }

  private static func edit(_ edit: AnswerChange.Edit) -> JSONValue {
    switch edit {
    case .set(let name, let value):
      .object([("edit", .string("set")), ("name", .string(name)), ("value", .string(value))])
    case .add(let name, let value):
      .object([("edit", .string("add")), ("name", .string(name)), ("value", .string(value))])
    case .remove(let name): .object([("edit", .string("remove")), ("name", .string(name))])
    case .status(let status): .object([("edit", .string("status")), ("value", .int(status))])
    }
  }

  private static func place(_ identity: ProblemIdentity) -> [(String, JSONValue)] {
    [
      ("problem", .string(identity.id)), ("origin", .string(identity.origin)),
      ("endpoint", .string(identity.endpoint)), ("method", .string(identity.method)),
      ("reason", identity.reason.isEmpty ? .null : .string(identity.reason)),
    ]
  }

  private static func problem(_ identity: ProblemIdentity, _ problem: WhatIfFindings.Problem) -> JSONValue {
    .object(
      place(identity) + [
        ("phase", JSONValue(problem.example.phase?.rawValue)), ("failures", .int(problem.failures)),
        ("source", .string(problem.source)), ("entry", .int(problem.example.anchor.entry)),
        ("example_url", .string(problem.example.url)),
        ("ends", .array(problem.rankedEnds.map { end($0.end, $0.count) })),
      ])
  }

  private static func end(_ end: WhatIfFindings.End, _ count: Int) -> JSONValue {
    .object([
      ("count", .int(count)), ("effect", .string(key(end.effect))), ("words", .string(WhatIfWords.of(end).english)),
      ("basis", .string(basis(end))), ("verdict", .string(end.after.decision.rawValue)),
      ("reason", JSONValue(end.after.reason?.rawValue)), ("phase", JSONValue(end.after.phase?.rawValue)),
      ("engines", .object(zip(Engine.allCases, end.engines).map { ($0.rawValue, decided($1)) })),
    ])
  }

  private static func decided(_ decided: WhatIfFindings.Decided) -> JSONValue {
    .object([
      ("verdict", .string(decided.decision.rawValue)), ("reason", JSONValue(decided.reason?.rawValue)),
      ("phase", JSONValue(decided.phase?.rawValue)), ("chromium_error", JSONValue(decided.chromiumError?.rawValue)),
    ])
  }

  private static func broken(_ identity: ProblemIdentity, _ broken: WhatIfFindings.Broken) -> JSONValue {
    .object(
      place(identity) + [
        ("phase", JSONValue(broken.phase?.rawValue)), ("would_break", .int(broken.breaks)),
        ("may_break", .int(broken.mayBreak)), ("source", .string(broken.source)),
        ("entry", .int(broken.example.anchor.entry)), ("example_url", .string(broken.example.url)),
      ])
  }

  private static func basis(_ end: WhatIfFindings.End) -> String {
    switch end.basis {
    case .recorded: "recorded"
    case .elsewhere: "elsewhere"
    case .change: "change"
    case .notKnown: "not-known"
    }
  }

  /// Stable names.
  private static func key(_ effect: Effect) -> String {
    switch effect {
    case .untouched: "untouched"
    case .passes: "passes"
    case .passesWithoutCredentials: "passes-without-credentials"
    case .passesSoFar: "passes-so-far"
    case .failsNext: "fails-next"
    case .failsAlike: "fails-alike"
    case .open: "open"
    case .breaks: "breaks"
    case .mayBreak: "may-break"
    case .staysAllowed: "stays-allowed"
    case .undetermined(becomes: nil): "stays-open"
    case .undetermined(becomes: .some(let isAllowed)): isAllowed ? "becomes-allowed" : "becomes-blocked"
    }
  }
}
