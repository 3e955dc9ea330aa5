import Correlator
import Evidence

/// One problem in the words that every format shares.
struct ProblemView {
  /// A field of one side, and whether it decided.
  struct Line {
    var name: String
    var value: String
    var decided = false
    var isNote = false
  }

  struct Side {
    var title: String
    var place: String
    var request: [Line]
    var response: [Line]
  }

  let problem: Findings.Problem
  let reason: Reason?
  let cause: RootCause?

  /// Whether the report is over several sources, and each problem has to say which its example is from.
  private let namesSource: Bool

  init(_ problem: Findings.Problem, namesSource: Bool = false) {
    self.problem = problem
    self.namesSource = namesSource
    reason = problem.example.reason.flatMap { Reason.of($0) }
    cause = problem.example.rootCause.flatMap { RootCause.of($0) }
  }

  var verdict: Verdict { problem.example }

  var title: String { reason?.title ?? "Blocked, for a reason that the recording does not tell" }

  var key: String? { verdict.reason?.rawValue }

  /// `9 of 12 PUT requests, from 3 clients`.
  var counts: String {
    let all = problem.failures == problem.requests ? "" : " of \(Moments.count(problem.requests))"
    let plural = problem.requests == 1 ? "" : "s"
    let clients = problem.clients > 0 ? ", \(Moments.count(problem.clients, "client"))" : ""
    return "\(Moments.count(problem.failures))\(all) \(verdict.method) request\(plural)\(clients)"
  }

  var period: String? { Answer.period(problem.firstSeen, problem.lastSeen) }

  /// What a support engineer is told about how sure it is.
  var certainty: String {
    switch verdict.certainty {
    case .certain: return "Certain: it follows from what was recorded, whatever was not."
    case .inferred: return "Inferred: it rests on what is listed as inferred, which was not recorded."
    case .possible:
      let others = verdict.candidates.filter { $0 != verdict.reason }.map(\.rawValue)
      let rest = others.isEmpty ? "" : ": " + others.joined(separator: ", ")
      return "Possible: the likeliest of several explanations; others stand as well\(rest)."
    }
  }

  /// Each engine's verdict, where they differ or one cannot be told; `nil` where all block.
  var engines: String? {
    let decisions = Engine.allCases.map { ($0, verdict.engines[$0]) }
    guard decisions.contains(where: { $0.1 != .blocked }) else { return nil }
    return decisions.map { engine, decision in "\(ProblemView.name(engine)) \(ProblemView.word(decision))" }
      .joined(separator: ", ")
  }

  static func name(_ engine: Engine) -> String {
    switch engine {
    case .chromium: "Chromium"
    case .firefox: "Firefox"
    case .webkit: "WebKit"
    }
  }

  private static func word(_ decision: Verdict.Decision) -> String {
    switch decision {
    case .blocked: "blocks it"
    case .allowed: "allows it"
    case .undetermined: "cannot be told"
    }
  }

  /// Where it was decided, in words.
  var phase: String? {
    switch verdict.phase {
    case .request: "before it was sent"
    case .preflight: "at the preflight; the request itself was never sent"
    case .redirect: "at a redirect"
    case .response: "at the answer; the server did carry the request out"
    case nil: nil
    }
  }

  /// What the checks and the cause saw, each fact of a side once: both may have looked at the same field.
  var facts: [Fact] {
    var seen: Set<[String]> = []
    return verdict.evidence.filter { fact in
      seen.insert([fact.fact.lowercased(), fact.value, ProblemView.side(of: fact)]).inserted
    }
  }

  private static func side(of fact: Fact) -> String {
    switch fact.from {
    case "preflight", "preflight response": "preflight"
    case "answer", "response", "response header": "answer"
    default: fact.from
    }
  }

  /// Recorded facts that the sides do not show already.
  var recorded: [Fact] {
    let shown = sides.flatMap { $0.request + $0.response }
    return facts.filter { fact in
      !ProblemView.isInferred(fact)
        && !shown.contains { FieldNames.same($0.name, fact.fact) && ($0.value == fact.value || $0.isNote) }
    }
  }

  var inferred: [Fact] { verdict.evidence.filter(ProblemView.isInferred) }

  /// What the fact was taken from, in brackets; nothing for a bare inference.
  static func source(of fact: Fact) -> String {
    guard isInferred(fact) else { return " (\(fact.from))" }
    return fact.from.hasPrefix("inference: ") ? " (from \(fact.from.dropFirst("inference: ".count)))" : ""
  }

  private static func isInferred(_ fact: Fact) -> Bool { fact.from.hasPrefix("inference") }

  /// The preflight and the request as the browser saw them.
  var sides: [Side] {
    let fields = DecidingFields(verdict)
    return [
      problem.preflight.map { side("Preflight", $0, isPreflight: true, fields) },
      problem.exchange.map { side("Request", $0, isPreflight: false, fields) },
    ].compactMap { $0 }
  }

  private func side(_ title: String, _ side: Findings.Side, isPreflight: Bool, _ fields: DecidingFields) -> Side {
    let decides = isPreflight == (verdict.phase == .preflight)
    let shownInRequest = isPreflight ? FieldNames.preflightRequest : FieldNames.request
    let shownInResponse = isPreflight ? FieldNames.preflightResponse : FieldNames.response
    let request = lines(side.request, shownInRequest, deciding: [])
    // A field that decided by not being there has a line too.
    let deciding = decides && side.status != nil ? fields.names : []
    let response = lines(side.response, shownInResponse, deciding: deciding)
    let neverSent = verdict.phase == .request || verdict.phase == .preflight && !isPreflight
    let none = neverSent ? "never sent" : "no answer"
    var status = Line(name: "Status", value: side.status.map(String.init) ?? none, isNote: side.status == nil)
    status.decided = decides && (fields.isStatus || side.status == nil && verdict.phase != .request)
    let place = "\(side.method) \(side.url)"
    let heading = "\(title), entry \(side.entry)" + (namesSource ? " of \(problem.source)" : "")
    return Side(title: heading, place: place, request: request, response: [status] + response)
  }

  private func lines(_ fields: [(name: String, value: String)], _ shown: [String], deciding: [String]) -> [Line] {
    let order = shown + deciding.filter { !shown.contains($0) }
    return order.flatMap { name in
      let spelled = FieldNames.spelled(name)
      let decided = deciding.contains(name)
      let found = fields.filter { FieldNames.same($0.name, name) }
      if found.isEmpty, decided { return [Line(name: spelled, value: absence(of: name), decided: true, isNote: true)] }
      return found.map { Line(name: spelled, value: $0.value, decided: decided) }
    }
  }

  private func absence(of name: String) -> String {
    let isAbsent = verdict.evidence.contains { FieldNames.same($0.fact, name) && $0.value == "(absent)" }
    return isAbsent || verdict.certainty == .certain ? "(absent)" : "(absent, or not recorded)"
  }
}
