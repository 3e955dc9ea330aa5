import Correlator
import Evidence
import Words

/// SARIF 2.1.0: reasons are rules, problems are results.
struct SARIF {
  let version: String
  let baseline: Baseline?

  func document(_ findings: Findings) -> JSONValue {
    let problems = findings.problems.map(CIProblem.init)
    let keys = ReasonKey.allCases.filter { key in problems.contains { $0.verdict.reason == key } }
    let reasons = keys.compactMap { Reason.of($0) }
    let run = JSONValue.object([
      ("tool", .object([("driver", driver(reasons))])),
      ("automationDetails", .object([("id", .string("corsleuth/"))])),
      ("columnKind", .string("unicodeCodePoints")),
      ("artifacts", .array(sources(problems).map { artifact($0) })),
      ("results", .array(problems.map { result($0, reasons) })),
      (
        "invocations",
        .array([.object([("executionSuccessful", .bool(true))])])
      ),
    ])
    return .object([
      (
        "$schema", .string("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
      ),
      ("version", .string("2.1.0")), ("runs", .array([run])),
    ])
  }

  private func driver(_ reasons: [Reason]) -> JSONValue {
    .object([
      ("name", .string("corsleuth")), ("version", .string(version)), ("semanticVersion", .string(version)),
      ("informationUri", .string("https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS/Errors")),
      ("rules", .array(reasons.map(rule))),
    ])
  }

  private func rule(_ reason: Reason) -> JSONValue {
    .object([
      ("id", .string(reason.key.rawValue)), ("name", .string(reason.key.rawValue)),
      ("shortDescription", text(reason.title.english + ".")), ("fullDescription", text(reason.meaning.english)),
      ("help", text(reason.remedy.english)), ("helpUri", .string(reason.mdnAddress)),
      ("defaultConfiguration", .object([("level", .string("error"))])),
    ])
  }

  private func text(_ text: String) -> JSONValue { .object([("text", .string(VisibleText.escaped(text)))]) }

  /// Each source once, in the order of the problems.
  private func sources(_ problems: [CIProblem]) -> [String] {
    problems.reduce(into: [String]()) { found, problem in
      let source = problem.view.problem.source
      if !found.contains(source) { found.append(source) }
    }
  }

  private func artifact(_ path: String) -> JSONValue { .object([("location", location(path))]) }

  private func location(_ path: String) -> JSONValue { .object([("uri", .string(URIReference.of(path: path)))]) }

  private func result(_ problem: CIProblem, _ reasons: [Reason]) -> JSONValue {
    let verdict = problem.verdict
    var members: [(String, JSONValue)] = []
    if let reason = verdict.reason, let index = reasons.firstIndex(where: { $0.key == reason }) {
      members += [("ruleId", .string(reason.rawValue)), ("ruleIndex", .int(index))]
    }
    members += [
      ("level", .string("error")), ("message", text(problem.message)), ("locations", .array([place(problem)])),
      ("partialFingerprints", .object([("corsleuthProblem/v1", .string(problem.identity.id))])),
      ("occurrenceCount", .int(problem.view.problem.failures)),
    ]
    if let baseline {
      let isAccepted = baseline.accepts(problem.identity)
      members.append(("baselineState", .string(isAccepted ? "unchanged" : "new")))
      if isAccepted {
        members.append(
          (
            "suppressions",
            .array([
              .object([("kind", .string("external")), ("justification", .string("accepted by the baseline"))])
            ])
          ))
      }
    }
    members.append(("properties", properties(problem)))
    return .object(members)
  }

  /// The example's place: a log's line; of a HAR, which is not read by lines, its entry as a logical location.
  private func place(_ problem: CIProblem) -> JSONValue {
    let entry = problem.verdict.anchor.entry
    let logical = JSONValue.object([
      ("fullyQualifiedName", .string(problem.line == nil ? "log.entries[\(entry - 1)]" : "line \(entry)")),
      ("kind", .string(problem.line == nil ? "element" : "line")),
    ])
    return .object([
      (
        "physicalLocation",
        .object([
          ("artifactLocation", location(problem.view.problem.source)),
          ("region", .object([("startLine", .int(max(1, problem.line ?? 1)))])),
        ])
      ),
      ("logicalLocations", .array([logical])),
    ])
  }

  private func properties(_ problem: CIProblem) -> JSONValue {
    let verdict = problem.verdict
    return .object([
      ("origin", JSONValue(verdict.origin)), ("endpoint", .string(verdict.endpoint)),
      ("method", .string(verdict.method)), ("phase", JSONValue(verdict.phase?.rawValue)),
      ("certainty", .string(verdict.certainty.rawValue)), ("rootCause", JSONValue(verdict.rootCause)),
      ("failures", .int(problem.view.problem.failures)), ("requests", .int(problem.view.problem.requests)),
      ("clients", .int(problem.view.problem.clients)), ("exampleUrl", .string(verdict.url)),
      ("chromiumError", JSONValue(verdict.chromiumError?.rawValue)),
      ("engines", .object(Engine.allCases.map { ($0.rawValue, .string(verdict.engines[$0].rawValue)) })),
    ])
  }
}

/// Paths as URI references (RFC 3986).
enum URIReference {
  /// Relative stays relative; a colon in the first segment would read as a scheme, and is escaped like all that is no path.
  static func of(path: String) -> String {
    (path.hasPrefix("/") ? "file://" : "") + path.percentEncoded(keeping: "/!")
  }
}
