import Correlator
import Evidence
import Words

/// The document `corsleuth-report/1`.
enum JSONReport {
  static let schema = "corsleuth-report/1"

  static func document(_ findings: Findings) -> JSONValue {
    .object([
      ("schema", .string(schema)),
      ("summary", summary(findings)),
      ("sources", .array(findings.sources.map(source))),
      ("by_cause", .array(findings.byCause.map(group))),
      ("by_origin", .array(findings.byOrigin.map(group))),
      ("by_endpoint", .array(findings.byEndpoint.map(group))),
      ("problems", .array(findings.problems.enumerated().map { problem($0 + 1, ProblemView($1)) })),
    ])
  }

  private static func summary(_ findings: Findings) -> JSONValue {
    .object([
      ("sentence", .string(Answer(findings).sentence.english)),
      ("requests", .int(findings.requests)),
      ("blocked", .int(findings.blocked)),
      ("allowed", .int(findings.allowed)),
      ("undetermined", .int(findings.undetermined)),
      ("problems", .int(findings.problems.count + findings.problemsLeftOut)),
      ("problems_left_out", .int(findings.problemsLeftOut)),
      ("first_seen", time(findings.firstSeen)),
      ("last_seen", time(findings.lastSeen)),
    ])
  }

  private static func source(_ source: SourceSummary) -> JSONValue {
    .object([
      ("path", .string(source.path)), ("sha256", .string(source.sha256)), ("kind", .string(source.kind.rawValue)),
      ("format", .string(source.format)), ("bytes", .int(source.bytes)), ("read", .int(source.read)),
      ("kept", .int(source.kept)), ("rejected", .int(source.rejected)),
      ("problems", .array(source.problems.map { .object([("code", .string($0.code)), ("count", .int($0.count))]) })),
      ("blind_spots", .array(source.blindSpots.map(JSONValue.string))),
    ])
  }

  private static func group(_ group: Findings.Group) -> JSONValue {
    .object([
      ("key", .string(group.key)), ("failures", .int(group.failures)), ("requests", .int(group.requests)),
      ("clients", .int(group.clients)), ("first_seen", time(group.firstSeen)), ("last_seen", time(group.lastSeen)),
      ("example_url", .string(group.exampleURL)),
    ])
  }

  private static func problem(_ rank: Int, _ view: ProblemView) -> JSONValue {
    let verdict = view.verdict
    let check = view.problem.check.map { [("fix_check", FixCheckJSON.value($0))] } ?? []
    return .object(
      [
        ("rank", .int(rank)), ("title", .string(view.title.english)), ("reason", JSONValue(view.key)),
        ("mdn", JSONValue(view.reason?.mdnAddress)), ("phase", JSONValue(verdict.phase?.rawValue)),
        ("root_cause", JSONValue(verdict.rootCause)), ("root_cause_title", JSONValue(view.cause?.title.english)),
        ("origin", JSONValue(verdict.origin)), ("target_origin", JSONValue(verdict.targetOrigin)),
        ("endpoint", .string(verdict.endpoint)), ("method", .string(verdict.method)),
        ("failures", .int(view.problem.failures)), ("requests", .int(view.problem.requests)),
        ("clients", .int(view.problem.clients)), ("first_seen", time(view.problem.firstSeen)),
        ("last_seen", time(view.problem.lastSeen)), ("certainty", .string(verdict.certainty.rawValue)),
        ("candidates", .array(verdict.candidates.map { .string($0.rawValue) })),
        ("engines", .object(Engine.allCases.map { ($0.rawValue, .string(verdict.engines[$0].rawValue)) })),
        ("chromium_error", JSONValue(verdict.chromiumError?.rawValue)),
        ("evidence", .array(verdict.evidence.map(fact))), ("fix", JSONValue(view.offeredFix?.english)),
        ("configuration", view.configuration.map(configuration) ?? .null),
        ("example", example(view)),
      ] + check)
  }

  private static func configuration(_ one: Reason.Configuration) -> JSONValue {
    .object([("server", .string(one.server)), ("lines", .string(one.lines))])
  }

  private static func fact(_ fact: Fact) -> JSONValue {
    .object([("fact", .string(fact.fact)), ("value", .string(fact.value)), ("from", .string(fact.from))])
  }

  private static func example(_ view: ProblemView) -> JSONValue {
    .object([
      ("source", .string(view.problem.source)), ("entry", .int(view.verdict.anchor.entry)),
      ("started_at", time(view.verdict.startedAt)), ("client", JSONValue(view.verdict.client)),
      ("url", .string(view.verdict.url)), ("status", JSONValue(view.verdict.status)),
      ("preflight", view.problem.preflight.map(side) ?? .null), ("exchange", view.problem.exchange.map(side) ?? .null),
    ])
  }

  private static func side(_ side: Findings.Side) -> JSONValue {
    .object([
      ("entry", .int(side.entry)), ("method", .string(side.method)), ("url", .string(side.url)),
      ("status", JSONValue(side.status)), ("request", .array(side.request.map(field))),
      ("response", .array(side.response.map(field))),
    ])
  }

  private static func field(_ field: (name: String, value: String)) -> JSONValue {
    .object([("name", .string(field.name)), ("value", .string(field.value))])
  }

  private static func time(_ microseconds: Int64?) -> JSONValue { JSONValue(microseconds.map(Moments.iso)) }
}
