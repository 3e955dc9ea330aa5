import Correlator
import Evidence
import Fetch
import Testing

/// The promise of the contract, over facts drawn at random: nothing called certain is wrong, nothing readable is called blocked but
/// as a possibility, and where it is left open the truth is among what is left.
struct TruthTests {
  /// Collects contradictions; each is said once, with the first facts that show it.
  struct Ledger {
    var contradictions: [String: String] = [:]
    var certain = 0
    var open = 0
    var judged = 0

    mutating func note(_ problem: String, _ facts: Exchanged, _ verdict: Verdict) {
      if contradictions[problem] == nil { contradictions[problem] = "\(verdict.line)\n\(facts)" }
    }

    /// Compares a verdict with what was so.
    ///
    /// `hides`: the recording lost a line, or Firefox's switch shows nowhere. What is assumed then is said, and may be wrong.
    mutating func compare(_ verdict: Verdict, with truth: Exchanged.Truth, _ facts: Exchanged, hides: Bool = false) {
      judged += 1
      if verdict.certainty == .certain { certain += 1 }
      switch (truth, verdict.decision) {
      case (.readable, .blocked), (.neither, .blocked):
        // A page that was left, and a no-cors request without Fetch Metadata, look like a refusal: never certainly, and the
        // evidence says what is assumed.
        let isAssumed = truth == .neither && verdict.certainty == .inferred
        if verdict.certainty != .possible, !isAssumed {
          note("\(verdict.certainty) false alarm of \(truth): \(verdict.line)", facts, verdict)
        }
      case (.blocked(let refusal), .allowed):
        if verdict.certainty == .certain { note("certainly allowed, was \(refusal.reason)", facts, verdict) }
      case (.blocked(let refusal), .blocked):
        if verdict.reason != refusal.reason {
          if verdict.certainty == .certain { note("certainly \(verdict.line), was \(refusal.reason)", facts, verdict) }
          if verdict.certainty == .possible, !hides, !verdict.candidates.contains(refusal.reason) {
            note("\(refusal.reason) not among \(verdict.line)", facts, verdict)
          }
        } else if verdict.certainty == .certain, facts.engine == .chromium, let error = refusal.error {
          if verdict.chromiumError != error {
            note("\(error) called \(String(describing: verdict.chromiumError))", facts, verdict)
          }
        }
      case (.blocked(let refusal), .undetermined):
        open += 1
        if verdict.certainty == .certain { note("certainly undetermined", facts, verdict) }
        if !hides, !verdict.candidates.contains(refusal.reason) {
          note("\(refusal.reason) not among \(verdict.line)", facts, verdict)
        }
      default: break
      }
    }

    /// Compares every verdict on a capture of one exchange.
    mutating func compare(_ verdicts: [Verdict], _ facts: Exchanged) {
      for verdict in verdicts {
        compare(
          verdict, with: verdict.url == Exchanged.target ? facts.secondTruth ?? .neither : facts.truth, facts,
          hides: facts.isSwitchedOff)
      }
    }
  }

  static let draws = 1500

  @Test(arguments: [false, true]) func `as DevTools of Chromium export it`(sanitized: Bool) {
    var random = SplitMix64(seed: 21)
    var ledger = Ledger()
    for _ in 0..<Self.draws {
      let facts = Exchanged(&random, engine: .chromium)
      ledger.compare(Recorders.devTools(facts, sanitized: sanitized).verdicts, facts)
    }
    check(ledger, certainShare: 0.3, openShare: 0.1)
  }

  @Test func `as Firefox exports it`() {
    var random = SplitMix64(seed: 22)
    var ledger = Ledger()
    for _ in 0..<Self.draws {
      let facts = Exchanged(&random, engine: .firefox)
      var recording = Recorders.firefox(facts)
      if !facts.isSwitchedOff, random.pick([true, false]) {
        // Some other preflight of the capture.
        recording.preflight(
          of: "PUT", Recording.api + "/other", response: allowing(origin: Recording.page, methods: "PUT"))
        recording.answered("PUT", Recording.api + "/other", response: allowing(origin: Recording.page))
      }
      ledger.compare(recording.verdicts.filter { !$0.url.hasSuffix("/other") }, facts)
    }
    check(ledger, certainShare: 0.2, openShare: 0.2)
  }

  @Test(arguments: Engine.allCases, [true, false]) func `as a proxy sees it`(engine: Engine, namesAgent: Bool) {
    var random = SplitMix64(seed: 23)
    var ledger = Ledger()
    for _ in 0..<Self.draws / 2 {
      let facts = Exchanged(&random, engine: engine)
      // Of Firefox's switch a proxy sees nothing.
      guard !facts.isSwitchedOff else { continue }
      ledger.compare(Recorders.proxy(facts, namesAgent: namesAgent).verdicts, facts)
    }
    check(ledger, certainShare: 0.2, openShare: 0.4)
  }

  static let logs: [(HeaderRecord.Duplicates, FieldSet)] = [
    (.firstOnly, Recorders.every), (.lastOnly, Recorders.every), (.joined, Recorders.every), (.kept, Recorders.every),
    (.joined, Recorders.every.subtracting(FieldSet(.cookie, .secFetchMode, .secFetchStorageAccess, .secFetchSite))),
    (.firstOnly, FieldSet(.origin, .accessControlRequestMethod, .accessControlAllowOrigin)),
    (.kept, FieldSet(.origin, .accessControlAllowOrigin, .upgrade)), (.unknown, FieldSet(.origin)),
    (.unknown, FieldSet(.referer)), (.joined, FieldSet(.accessControlAllowOrigin, .accessControlAllowMethods)),
  ]

  @Test(arguments: Engine.allCases, logs) func `as a server logs it`(
    engine: Engine, log: (duplicates: HeaderRecord.Duplicates, fields: FieldSet)
  ) {
    var random = SplitMix64(seed: 24)
    var ledger = Ledger()
    var judge = LogJudge(profile: SourceProfile(kind: .log, format: "test", recorder: .server))
    var subjects = LogSubjects()
    for _ in 0..<Self.draws / 5 {
      let facts = Exchanged(&random, engine: engine)
      // Of Firefox's switch a server sees nothing.
      guard !facts.isSwitchedOff else { continue }
      let lines = Recorders.log(
        facts, duplicates: log.duplicates, fields: log.fields, namesAgent: random.pick([true, true, false]))
      let replies = [facts.preflightReply, facts.reply]
      let isRepeated = replies.contains {
        $0.map { Set($0.lines.map { $0.name.lowercased() }).count < $0.lines.count } ?? false
      }
      let hides = isRepeated && log.duplicates != .kept && log.duplicates != .joined
      for line in lines {
        switch judge.judge(line, subjects.subject(of: line, endpoint: "/x")) {
        case .refused(let template): ledger.compare(template.verdict, with: facts.truth, facts, hides: hides)
        case .preflight(let alone, _, _):
          if !facts.isSent { ledger.compare(alone.verdict, with: facts.truth, facts, hides: hides) }
        case .request(let template, let without, _):
          ledger.compare(template.verdict, with: facts.truth, facts, hides: hides)
          if let without, !facts.include { ledger.compare(without.verdict, with: facts.truth, facts, hides: hides) }
        case .possible(let template):
          if facts.isCORS { ledger.compare(template.verdict, with: facts.truth, facts, hides: hides) }
        case .none: break
        }
      }
    }
    check(ledger, certainShare: 0, openShare: 1)
  }

  /// A test that could not fail would prove nothing: enough is judged, enough of it for certain, and not too much left open.
  private func check(_ ledger: Ledger, certainShare: Double, openShare: Double) {
    for (problem, example) in ledger.contradictions { Issue.record("\(problem)\n\(example)") }
    #expect(ledger.judged > 100)
    #expect(Double(ledger.certain) >= certainShare * Double(ledger.judged), "\(ledger.certain) of \(ledger.judged)")
    #expect(Double(ledger.open) <= openShare * Double(ledger.judged), "\(ledger.open) of \(ledger.judged)")
  }
}
