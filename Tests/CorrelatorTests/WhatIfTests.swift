import Correlator
import Evidence
import Fetch
import Testing

@Suite struct WhatIfTests {
  typealias Samples = WhatIfSamples

  static func effect(_ edits: [AnswerChange.Edit], _ judged: JudgedRequest, _ elsewhere: Elsewhere = Elsewhere())
    -> Effect
  {
    WhatIf([AnswerChange(edits)], elsewhere: elsewhere).result(for: judged).effect
  }

  static let allowOrigin = AnswerChange.Edit.set("Access-Control-Allow-Origin", "{origin}")
  static let allowCredentials = AnswerChange.Edit.set("Access-Control-Allow-Credentials", "true")

  struct Case: Sendable {
    let title: String
    let headers: HeaderList
    var include = false
    let edits: [AnswerChange.Edit]
    let effect: Effect
  }

  static let answers: [Case] = [
    Case(title: "the missing header is set", headers: [:], edits: [allowOrigin], effect: .passes),
    Case(
      title: "a second line is one too many", headers: ["Access-Control-Allow-Origin": Samples.origin],
      edits: [.add("Access-Control-Allow-Origin", "{origin}")],
      effect: .breaks(.multipleAllowOriginNotAllowed, .response)),
    Case(
      title: "another origin does not help", headers: [:],
      edits: [.set("Access-Control-Allow-Origin", "https://other.example")],
      effect: .failsNext(.allowOriginNotMatchingOrigin, .response)),
    Case(
      title: "the wildcard fails next under credentials", headers: [:], include: true,
      edits: [.set("Access-Control-Allow-Origin", "*")], effect: .failsNext(.notSupportingCredentials, .response)),
    Case(
      title: "the origin alone fails next under credentials", headers: [:], include: true, edits: [allowOrigin],
      effect: .failsNext(.missingAllowCredentials, .response)),
    Case(
      title: "both pass under credentials", headers: [:], include: true, edits: [allowOrigin, allowCredentials],
      effect: .passes),
    Case(
      title: "an unrelated header changes nothing", headers: [:], edits: [.set("Vary", "Origin")], effect: .failsAlike),
    Case(
      title: "a header that is there already leaves it as it was",
      headers: ["Access-Control-Allow-Origin": Samples.origin],
      edits: [.remove("Access-Control-Allow-Headers")], effect: .untouched),
    Case(
      title: "what is taken away breaks it", headers: ["Access-Control-Allow-Origin": "*"],
      edits: [.remove("access-control-allow-origin")], effect: .breaks(.missingAllowOrigin, .response)),
    Case(title: "a status is nothing to an answer", headers: [:], edits: [.status(500)], effect: .failsAlike),
  ]

  @Test(arguments: answers) func `an answer that was recorded`(_ sample: Case) {
    var request = Samples.answered(sample.headers)
    if sample.include { request.cookieSent = .recorded(true) }
    let judged = Samples.judged(request, include: sample.include)
    #expect(Self.effect(sample.edits, judged) == sample.effect, "\(sample.title)")
  }

  @Test func `without the credentials mode, what passes in one and not in the other is said to`() {
    let judged = Samples.judged(Samples.answered([:]), include: nil)
    #expect(Self.effect([Self.allowOrigin], judged) == .passesWithoutCredentials)
    #expect(Self.effect([Self.allowOrigin, Self.allowCredentials], judged) == .passes)
  }

  @Test(
    arguments: [
      ([false], .passes), ([true], .failsNext(.missingAllowCredentials, .response)),
      ([false, true], .passesWithoutCredentials),
    ] as [([Bool], Effect)])
  func `others of the same origin, endpoint and method tell the mode, where they are of one mind`(
    modes: [Bool], effect: Effect
  ) {
    var elsewhere = Elsewhere()
    for include in modes { elsewhere.note(Samples.judged(Samples.answered([:]), include: include)) }
    let judged = Samples.judged(Samples.answered([:]), include: nil)
    #expect(WhatIf([AnswerChange([Self.allowOrigin])], elsewhere: elsewhere).result(for: judged).effect == effect)
  }

  @Test func `beside lines that nobody recorded, one more tells nothing`() {
    var request = Samples.answered([:])
    request.response.coverage = .only(FieldSet(.vary))
    let judged = Samples.judged(request)
    #expect(judged.verdict.decision == .undetermined)
    #expect(Self.effect([.add("Access-Control-Allow-Origin", "{origin}")], judged) == .untouched)
    #expect(Self.effect([Self.allowOrigin], judged) == .undetermined(becomes: true))
  }

  static let refused = Samples.judged(
    Samples.unanswered("PUT"), preflight: Samples.preflight(of: "PUT", names: "x-token", [:], status: 401))

  @Test func `a preflight is followed from check to check`() {
    #expect(Self.refused.verdict.reason == .missingAllowOrigin)
    let steps: [(AnswerChange.Edit, Effect)] = [
      (Self.allowOrigin, .failsNext(.preflightDidNotSucceed, .preflight)),
      (.status(204), .failsNext(.methodNotFound, .preflight)),
      (.set("Access-Control-Allow-Methods", "{method}"), .failsNext(.missingAllowHeaderFromPreflight, .preflight)),
    ]
    var edits: [AnswerChange.Edit] = []
    for (edit, effect) in steps {
      edits.append(edit)
      let change = AnswerChange(edits, on: AnswerChange.Scope(side: .preflight))
      #expect(WhatIf([change]).result(for: Self.refused).effect == effect)
    }
  }

  static let mended: [AnswerChange.Edit] = [
    allowOrigin, .status(204), .set("Access-Control-Allow-Methods", "{method}"),
    .set("Access-Control-Allow-Headers", "{headers}"),
  ]

  @Test func `behind a preflight that passes stands an answer that nobody saw`() {
    let change = AnswerChange(Self.mended, on: AnswerChange.Scope(side: .preflight))
    let result = WhatIf([change]).result(for: Self.refused)
    #expect(result.effect == .passesSoFar)
    #expect(result.after.basis == .notKnown)
  }

  @Test func `a change that writes the answer's headers too decides that one`() {
    let result = WhatIf([AnswerChange(Self.mended)]).result(for: Self.refused)
    #expect(result.effect == .passes)
    #expect(result.after.basis == .change)
  }

  static let standIns: [(HeaderList, Effect)] = [
    (["Access-Control-Allow-Origin": Samples.origin], .passes), ([:], .failsNext(.missingAllowOrigin, .response)),
  ]

  @Test(arguments: standIns) func `other answers of the endpoint stand in for it`(headers: HeaderList, effect: Effect) {
    var elsewhere = Elsewhere()
    elsewhere.note(Samples.judged(Samples.answered("PUT", headers)))
    let change = AnswerChange(Self.mended, on: AnswerChange.Scope(side: .preflight))
    let result = WhatIf([change], elsewhere: elsewhere).result(for: Self.refused)
    #expect(result.effect == effect)
    #expect(result.after.basis == .elsewhere)
  }

  @Test func `an answer that names another origin says nothing of this one's`() {
    var elsewhere = Elsewhere()
    let other = "https://other.example"
    elsewhere.note(Samples.judged(Samples.answered("PUT", ["Access-Control-Allow-Origin": other], origin: other)))
    let change = AnswerChange(Self.mended, on: AnswerChange.Scope(side: .preflight))
    #expect(WhatIf([change], elsewhere: elsewhere).result(for: Self.refused).effect == .passesSoFar)
  }

  @Test func `a preflight that would be refused breaks the request behind it`() {
    let grant = Samples.preflight(
      of: "PUT", ["Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "PUT"])
    var request = Samples.answered("PUT", ["Access-Control-Allow-Origin": "*"])
    request.outcome = .succeeded
    let judged = Samples.judged(request, preflight: grant)
    #expect(judged.verdict.decision == .allowed)
    #expect(
      Self.effect([.remove("Access-Control-Allow-Methods")], judged) == .breaks(.methodNotFound, .preflight))
    #expect(Self.effect([.status(500)], judged) == .breaks(.preflightDidNotSucceed, .preflight))
  }

  @Test func `engines that differ are told apart`() {
    let judged = Samples.judged(Samples.answered([:]))
    let line = AnswerChange.Edit.add("Access-Control-Allow-Origin", "")
    let empty = AnswerChange.Edit.add("Access-Control-Allow-Origin", "{origin}")
    var request = Samples.answered(["access-control-allow-origin": Samples.origin])
    request.httpVersion = .http2
    let twice = WhatIf([AnswerChange([line])]).result(for: Samples.judged(request))
    // Firefox skips an empty line beside the right one, and over HTTP/2 does not count lines.
    #expect(twice.engines.firefox.decision == .allowed)
    #expect(twice.engines.chromium.reason == .multipleAllowOriginNotAllowed)
    #expect(WhatIf([AnswerChange([empty])]).result(for: judged).engines.webkit.decision == .allowed)
  }

  @Test(arguments: [
    (AnswerChange.Scope(endpoints: ["https://api.example/*"]), true),
    (AnswerChange.Scope(endpoints: ["https://other.example/*"]), false),
    (AnswerChange.Scope(origins: [Samples.origin]), true), (AnswerChange.Scope(origins: ["https://a"]), false),
    (AnswerChange.Scope(methods: ["GET"]), true), (AnswerChange.Scope(methods: ["PUT"]), false),
    (AnswerChange.Scope(side: .answer), true), (AnswerChange.Scope(side: .preflight), false),
    (AnswerChange.Scope(endpoints: ["*users*id}"], methods: ["GET", "PUT"], side: .answer), true),
  ]) func `a change is made on the answers of its scope alone`(scope: AnswerChange.Scope, isMade: Bool) {
    let result = WhatIf([AnswerChange([Self.allowOrigin], on: scope)]).result(
      for: Samples.judged(Samples.answered([:])))
    #expect(result.isTouched == isMade)
  }

  @Test func `what no answer decided, no answer changes`() {
    var lost = Samples.unanswered("GET")
    lost.outcome = .failed("net::ERR_CONNECTION_REFUSED")
    let judged = Samples.judged(lost)
    #expect(judged.verdict.reason == .didNotSucceed)
    #expect(Self.effect([Self.allowOrigin, .status(200)], judged) == .untouched)
  }
}
