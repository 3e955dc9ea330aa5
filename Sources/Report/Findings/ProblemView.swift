import Correlator
import Evidence
import Words

/// One problem in the words that every format shares.
struct ProblemView {
  /// A field of one side, and whether it decided.
  struct Line {
    var name: String
    var value: Message
    var decided = false
    var isNote = false
  }

  struct Side {
    var title: Message
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

  var title: Message { reason?.title ?? "Blocked, for a reason that the recording does not tell" }

  var key: String? { verdict.reason?.rawValue }

  /// `9 of 12 PUT requests, from 3 clients`.
  var counts: Message {
    let failures = Moments.count(problem.failures)
    let what: Message =
      if problem.failures < problem.requests {
        "\(failures) of \(Moments.count(problem.requests)) \(verdict.method) requests"
      } else if problem.failures == 1 {
        "\(failures) \(verdict.method) request"
      } else {
        "\(failures) \(verdict.method) requests"
      }
    return problem.clients > 0 ? "\(what), \(Moments.count(problem.clients, "client"))" : what
  }

  /// The counts, and when.
  var extent: Message { period.map { "\(counts), \($0)" } ?? counts }

  private var period: Message? { Answer.period(problem.firstSeen, problem.lastSeen) }

  /// What a support engineer is told about how sure it is.
  var certainty: Message {
    switch verdict.certainty {
    case .certain: return "Certain: it follows from what was recorded, whatever was not."
    case .inferred: return "Inferred: it rests on what is listed as inferred, which was not recorded."
    case .possible:
      let others = verdict.candidates.filter { $0 != verdict.reason }.map(\.rawValue)
      return others.isEmpty
        ? "Possible: the likeliest of several explanations; others stand as well."
        : "Possible: the likeliest of several explanations; others stand as well: \(others.joined(separator: ", "))."
    }
  }

  /// Each engine's verdict, where they differ or one cannot be told; `nil` where all block.
  var engines: Message? {
    let decisions = Engine.allCases.map { ($0, verdict.engines[$0]) }
    guard decisions.contains(where: { $0.1 != .blocked }) else { return nil }
    return decisions.map { engine, decision in ProblemView.words(ProblemView.name(engine), decision) }
      .joined(separator: ", ")
  }

  static func name(_ engine: Engine) -> String {
    switch engine {
    case .chromium: "Chromium"
    case .firefox: "Firefox"
    case .webkit: "WebKit"
    }
  }

  private static func words(_ engine: String, _ decision: Verdict.Decision) -> Message {
    switch decision {
    case .blocked: "\(engine) blocks it"
    case .allowed: "\(engine) allows it"
    case .undetermined: "\(engine) cannot be told"
    }
  }

  /// Where it was decided, in a sentence.
  var phase: Message? {
    switch verdict.phase {
    case .request: "Decided before it was sent."
    case .preflight: "Decided at the preflight; the request itself was never sent."
    case .redirect: "Decided at a redirect."
    case .response: "Decided at the answer; the server did carry the request out."
    case nil: nil
    }
  }

  /// Recorded facts that the sides do not show already.
  var recorded: [Fact] {
    let shown = sides.flatMap { $0.request + $0.response }
    return verdict.evidence.filter { fact in
      !ProblemView.isInferred(fact)
        && !shown.contains { FieldNames.same($0.name, fact.fact) && ($0.value.english == fact.value || $0.isNote) }
    }
  }

  var inferred: [Fact] { verdict.evidence.filter(ProblemView.isInferred) }

  private static func isInferred(_ fact: Fact) -> Bool { FactWords(fact).isInferred }

  /// The preflight and the request as the browser saw them.
  var sides: [Side] {
    let fields = DecidingFields(verdict)
    return [
      problem.preflight.map { side("Preflight", $0, isPreflight: true, fields) },
      problem.exchange.map { side("Request", $0, isPreflight: false, fields) },
    ].compactMap { $0 }
  }

  private func side(_ title: Message, _ side: Findings.Side, isPreflight: Bool, _ fields: DecidingFields) -> Side {
    let decides = isPreflight == (verdict.phase == .preflight)
    let shownInRequest = isPreflight ? FieldNames.preflightRequest : FieldNames.request
    let shownInResponse = isPreflight ? FieldNames.preflightResponse : FieldNames.response
    let request = lines(side.request, shownInRequest, deciding: [])
    // A field that decided by not being there has a line too.
    let deciding = decides && side.status != nil ? fields.names : []
    let response = lines(side.response, shownInResponse, deciding: deciding)
    let neverSent = verdict.phase == .request || verdict.phase == .preflight && !isPreflight
    let none: Message = neverSent ? "never sent" : "no answer"
    var status = Line(name: "Status", value: side.status.map { "\($0)" } ?? none, isNote: side.status == nil)
    status.decided = decides && (fields.isStatus || side.status == nil && verdict.phase != .request)
    let place = "\(side.method) \(side.url)"
    let heading: Message =
      namesSource ? "\(title), entry \(side.entry) of \(problem.source)" : "\(title), entry \(side.entry)"
    return Side(title: heading, place: place, request: request, response: [status] + response)
  }

  private func lines(_ fields: [(name: String, value: String)], _ shown: [String], deciding: [String]) -> [Line] {
    let order = shown + deciding.filter { !shown.contains($0) }
    return order.flatMap { name in
      let decided = deciding.contains(name)
      let found = fields.filter { FieldNames.same($0.name, name) }
      if found.isEmpty, decided { return [Line(name: name, value: absence(of: name), decided: true, isNote: true)] }
      return found.map { Line(name: name, value: "\($0.value)", decided: decided) }
    }
  }

  private func absence(of name: String) -> Message {
    let isAbsent = verdict.evidence.contains { FieldNames.same($0.fact, name) && $0.value == "(absent)" }
    return isAbsent || verdict.certainty == .certain ? "(absent)" : "(absent, or not recorded)"
  }
}
