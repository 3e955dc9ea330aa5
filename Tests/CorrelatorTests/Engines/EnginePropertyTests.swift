import Correlator
import Evidence
import Fetch
import Testing

/// What holds of the engines whatever an answer holds.
struct EnginePropertyTests {
  static let page = "https://app.example"
  static let methods = ["PUT", "PATCH", "patch", "GET", "POST", "*"]
  static let names: [[String]] = [[], ["x-a"], ["authorization"], ["authorization", "x-a"], ["content-type", "x-b"]]

  struct Question {
    var reply: Browser.Reply
    var origin = EnginePropertyTests.page
    var method: String
    var names: [String]
    var include: Bool

    init(_ random: inout SplitMix64) {
      origin = random.pick([EnginePropertyTests.page, EnginePropertyTests.page, "null"])
      reply = random.reply(to: origin, forPreflight: true)
      method = random.pick(EnginePropertyTests.methods)
      names = random.pick(EnginePropertyTests.names)
      include = random.pick([true, false])
    }

    var headers: HeaderRecord { HeaderRecord(HeaderList(reply.lines)) }

    func answer(
      _ headers: HeaderRecord, status: Bool = true, origin: Bool = true, method: Bool = true, names: Bool = true
    )
      -> Answer
    {
      Answer(
        status: status ? reply.status : nil, headers: headers, expectedOrigin: origin ? self.origin : nil,
        httpVersion: reply.version,
        asked: Answer.PreflightQuestion(
          method: method ? self.method : nil, unsafeNames: names ? self.names : nil))
    }

    var answer: Answer { answer(headers) }
  }

  @Test(arguments: Engine.allCases) func `of an answer recorded whole, each engine decides one thing: the browser's`(
    engine: Engine
  ) {
    var random = SplitMix64(seed: 11)
    for _ in 0..<1200 {
      let question = Question(&random)
      let browser = Browser(engine: engine, include: question.include)
      let access = browser.access(question.reply, origin: question.origin)
      #expect(
        Checks.access(question.answer, include: question.include, by: engine) == [browser.outcome(access)],
        "\(question)")
      let preflight = browser.preflight(
        question.reply, origin: question.origin, method: question.method, names: question.names)
      #expect(
        Checks.preflight(question.answer, include: question.include, by: engine) == [browser.outcome(preflight)],
        "\(question)")
    }
  }

  /// The engines pass what the standard passes, but for `Authorization` under `*`, and Firefox's skipping of empty lines.
  @Test(arguments: Engine.allCases) func `an engine passes what the standard passes`(engine: Engine) {
    var random = SplitMix64(seed: 12)
    var deviations = 0
    for _ in 0..<1200 {
      let question = Question(&random)
      let list = HeaderList(question.reply.lines)
      let mode = question.include ? CredentialsMode.include : .omit
      let merged = [list.values(.accessControlAllowOrigin), list.values(.accessControlAllowCredentials)]
      let skipsEmpty = engine == .firefox && merged.contains { $0.count > 1 && $0.contains("") }
      let access = CORSCheck.corsCheck(origin: question.origin, credentials: mode, response: list)
      if !skipsEmpty {
        #expect(
          Checks.access(question.answer, include: question.include, by: engine).canPass == (access == nil),
          "\(question)")
      }
      let standard = CORSCheck.preflightCheck(
        origin: question.origin, credentials: mode, method: question.method, unsafeNames: question.names,
        status: question.reply.status, response: list)
      let passes = Checks.preflight(question.answer, include: question.include, by: engine).canPass
      if skipsEmpty || standard == .authorizationNotListed {
        deviations += passes == (standard == nil) ? 0 : 1
      } else {
        #expect(passes == (standard == nil), "\(question)")
      }
    }
    #expect(deviations > 0)
  }

  /// What is not recorded can be anything: recording more never adds an outcome, and never takes the truth away.
  @Test(arguments: Engine.allCases) func `recording less only leaves more open`(engine: Engine) {
    var random = SplitMix64(seed: 13)
    for _ in 0..<1200 {
      let question = Question(&random)
      let full = question.answer
      var headers = question.headers
      for _ in 0...random.below(4) { headers = forgetting(Self.fields.randomElement(&random), in: headers) }
      let less = question.answer(
        headers, status: random.pick([true, true, false]), origin: random.pick([true, true, false]),
        method: random.pick([true, true, false]), names: random.pick([true, true, false]))
      let evenLess = Answer(
        status: nil, headers: .nothing, expectedOrigin: nil, httpVersion: question.reply.version,
        asked: Answer.PreflightQuestion(method: nil, unsafeNames: nil))
      for include in [question.include] {
        let sets = [full, less, evenLess].map { Checks.preflight($0, include: include, by: engine) }
        #expect(sets[0].count == 1)
        #expect(isSubset(sets[0], sets[1]), "\(question) \(headers)")
        #expect(isSubset(sets[1], sets[2]), "\(question) \(headers)")
        let access = [full, less, evenLess].map { Checks.access($0, include: include, by: engine) }
        #expect(isSubset(access[0], access[1]), "\(question) \(headers)")
        #expect(isSubset(access[1], access[2]), "\(question) \(headers)")
      }
    }
  }

  /// A recorder that joins lines, or keeps one of them, does not hide the truth from Firefox's rules.
  @Test func `lines that a recorder joined are not taken for one line`() {
    var random = SplitMix64(seed: 14)
    for _ in 0..<800 {
      let question = Question(&random)
      let list = HeaderList(question.reply.lines)
      guard let joined = list.get(.accessControlAllowOrigin) else { continue }
      var headers = HeaderRecord(HeaderList([HeaderField(.accessControlAllowOrigin, joined)]), duplicates: .joined)
      headers.list.fields += list.fields.filter { $0.known == .accessControlAllowCredentials }
      for engine in Engine.allCases {
        let truth = Checks.access(question.answer, include: question.include, by: engine)
        let seen = Checks.access(question.answer(headers), include: question.include, by: engine)
        #expect(isSubset(truth, seen), "\(engine) \(question)")
      }
    }
  }

  static let fields: [KnownField] = [
    .accessControlAllowOrigin, .accessControlAllowCredentials, .accessControlAllowMethods, .accessControlAllowHeaders,
    .location,
  ]

  private func forgetting(_ field: KnownField, in headers: HeaderRecord) -> HeaderRecord {
    var headers = headers
    let all = KnownField.allCases.reduce(into: FieldSet()) { $0.insert($1) }
    let covered = if case .only(let fields) = headers.coverage { fields } else { all }
    headers.coverage = .only(covered.subtracting(FieldSet(field)))
    headers.list.fields.removeAll { $0.known == field }
    return headers
  }

  private func isSubset(_ part: OutcomeSet, _ whole: OutcomeSet) -> Bool {
    part.elements.allSatisfy(whole.contains)
  }
}

extension [KnownField] {
  fileprivate func randomElement(_ random: inout SplitMix64) -> KnownField { random.pick(self) }
}

/// What is open where nothing, or little, was recorded.
struct UnknownReadingTests {
  @Test(arguments: Engine.allCases) func `an unrecorded answer may be anything`(engine: Engine) {
    let nothing = Answer(status: nil, headers: .nothing, expectedOrigin: "https://app.example", httpVersion: .unknown)
    let reasons = Set(Checks.access(nothing, include: true, by: engine).elements.map(\.reason))
    #expect(
      reasons == [
        nil, .missingAllowOrigin, .allowOriginNotMatchingOrigin, .notSupportingCredentials, .missingAllowCredentials,
        .multipleAllowOriginNotAllowed,
      ])
    let without = Checks.access(nothing, include: false, by: engine).elements.compactMap(\.reason)
    #expect(!without.contains(.notSupportingCredentials) && !without.contains(.missingAllowCredentials))
  }

  @Test(arguments: Engine.allCases) func `a redacted value is there, and may be any`(engine: Engine) {
    let headers = HeaderRecord([:], redacted: FieldSet(.accessControlAllowOrigin))
    let answer = Answer(status: 200, headers: headers, expectedOrigin: "https://app.example", httpVersion: .http11)
    let outcomes = Checks.access(answer, include: false, by: engine)
    #expect(outcomes.canPass && outcomes.canFail)
  }

  @Test(arguments: Engine.allCases) func `a log that writes empty and absent alike leaves both open`(engine: Engine) {
    let headers = HeaderRecord([:], confusesEmptyWithAbsent: true)
    let answer = Answer(status: 200, headers: headers, expectedOrigin: "https://app.example", httpVersion: .http11)
    let reasons = Checks.access(answer, include: false, by: engine).elements.map(\.reason)
    #expect(Set(reasons) == [.missingAllowOrigin, .allowOriginNotMatchingOrigin])
  }

  @Test(arguments: Engine.allCases) func `a safelisted method asks nothing of an unrecorded list but that it parses`(
    engine: Engine
  ) {
    let headers = HeaderRecord(
      ["Access-Control-Allow-Origin": "*"],
      coverage: .only(FieldSet(.accessControlAllowOrigin, .accessControlAllowHeaders)))
    let answer = Answer(
      status: 204, headers: headers, expectedOrigin: "https://app.example", httpVersion: .http11,
      asked: Answer.PreflightQuestion(method: "POST", unsafeNames: []))
    let reasons = Checks.preflight(answer, include: false, by: engine).elements.map(\.reason)
    #expect(Set(reasons) == [nil, .invalidAllowMethod])
  }

  @Test(arguments: Engine.allCases) func `without a status only WebKit's first check is open`(engine: Engine) {
    let headers = HeaderRecord(["Access-Control-Allow-Origin": "https://other.example"])
    let answer = Answer(
      status: nil, headers: headers, expectedOrigin: "https://app.example", httpVersion: .http11,
      asked: Answer.PreflightQuestion(method: "GET", unsafeNames: []))
    let reasons = Checks.preflight(answer, include: false, by: engine).elements.map(\.reason)
    let expected: Set<ReasonKey?> =
      engine == .webkit
      ? [.preflightDidNotSucceed, .allowOriginNotMatchingOrigin] : [.allowOriginNotMatchingOrigin]
    #expect(Set(reasons) == expected)
  }

  @Test func `an origin that was not recorded can match any value that is one`() {
    let outcomes = { (value: String) in
      let headers = HeaderRecord(["Access-Control-Allow-Origin": value])
      let answer = Answer(status: 200, headers: headers, expectedOrigin: nil, httpVersion: .http11)
      return Checks.access(answer, include: false, by: .firefox)
    }
    #expect(outcomes("https://a.example") == [.pass, .reason(.allowOriginNotMatchingOrigin)])
    #expect(outcomes("null") == [.pass, .reason(.allowOriginNotMatchingOrigin)])
    #expect(outcomes("*") == [.pass])
    for value in ["https://a.example/", "a.example", "https://A.example", ""] {
      #expect(outcomes(value) == [.reason(.allowOriginNotMatchingOrigin)], "\(value)")
    }
  }
}
