import Fetch
import Testing

/// The standard's own decision on an answer (Fetch, 4.8 and 4.9).
struct CORSCheckTests {
  static let page = "https://app.example"

  /// Answers for a page at `https://app.example`: without credentials, and with.
  @Test(
    arguments: [
      ([], .allowOriginMissing, .allowOriginMissing), ([("o", "*")], nil, .allowOriginMismatch),
      ([("o", page)], nil, .allowCredentials), ([("o", page), ("c", "true")], nil, nil),
      ([("o", "*"), ("c", "true")], nil, .allowOriginMismatch), ([("o", "\t* ")], nil, .allowOriginMismatch),
      ([("o", page), ("c", "True")], nil, .allowCredentials), ([("o", page), ("c", " true ")], nil, nil),
      ([("o", page), ("c", "true"), ("c", "true")], nil, .allowCredentials),
      ([("o", page), ("c", "")], nil, .allowCredentials),
      ([("o", page), ("o", page), ("c", "true")], .allowOriginMismatch, .allowOriginMismatch),
      ([("o", ""), ("o", "*")], .allowOriginMismatch, .allowOriginMismatch),
      ([("o", "")], .allowOriginMismatch, .allowOriginMismatch),
      ([("o", page + "/"), ("c", "true")], .allowOriginMismatch, .allowOriginMismatch),
      ([("o", "null"), ("c", "true")], .allowOriginMismatch, .allowOriginMismatch),
      ([("c", "true")], .allowOriginMissing, .allowOriginMissing),
    ] as [([(String, String)], CORSFailure?, CORSFailure?)])
  func `the CORS check`(fields: [(String, String)], without: CORSFailure?, with: CORSFailure?) {
    let answer = answer(fields)
    for mode in [CredentialsMode.omit, .sameOrigin] {
      #expect(CORSCheck.corsCheck(origin: Self.page, credentials: mode, response: answer) == without)
    }
    #expect(CORSCheck.corsCheck(origin: Self.page, credentials: .include, response: answer) == with)
  }

  @Test func `null matches null, and nothing else`() {
    #expect(CORSCheck.corsCheck(origin: "null", credentials: .omit, response: answer([("o", "null")])) == nil)
    #expect(
      CORSCheck.corsCheck(origin: "null", credentials: .omit, response: answer([("o", "Null")])) == .allowOriginMismatch
    )
    #expect(
      CORSCheck.corsCheck(origin: "null", credentials: .include, response: answer([("o", "null"), ("c", "true")]))
        == nil
    )
  }

  struct Preflight: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var method = "PUT"
    var names: [String] = []
    var status = 204
    var fields: [(String, String)] = []
    /// Without credentials, and with.
    var expected: (CORSFailure?, CORSFailure?)

    init(
      _ description: String, method: String = "PUT", names: [String] = [], status: Int = 204,
      methods: [String] = [], headers: [String] = [], _ expected: (CORSFailure?, CORSFailure?)
    ) {
      testDescription = description
      self.method = method
      self.names = names
      self.status = status
      fields = [("o", CORSCheckTests.page), ("c", "true")] + methods.map { ("m", $0) } + headers.map { ("h", $0) }
      self.expected = expected
    }
  }

  static let preflights = [
    Preflight("method listed", methods: ["PUT"], (nil, nil)),
    Preflight("299", status: 299, methods: ["PUT"], (nil, nil)),
    Preflight("304", status: 304, methods: ["PUT"], (.preflightStatus, .preflightStatus)),
    Preflight("status before lists", status: 401, methods: [";"], (.preflightStatus, .preflightStatus)),
    Preflight("no list", (.methodNotAllowed, .methodNotAllowed)),
    Preflight("case matters in methods", methods: ["put"], (.methodNotAllowed, .methodNotAllowed)),
    Preflight("two lines are one list", methods: ["GET", "PUT"], (nil, nil)),
    Preflight("* stands for methods without credentials", methods: ["*"], (nil, .methodNotAllowed)),
    Preflight("a method named *", method: "*", methods: ["*"], (nil, nil)),
    Preflight("safelisted methods need no list", method: "POST", (nil, nil)),
    Preflight("a bad token, though the method is listed", methods: ["PUT, x;"], (.malformedList, .malformedList)),
    Preflight(
      "a bad token in the other list", methods: ["GET"], headers: ["x;"], (.malformedList, .malformedList)),
    Preflight("a name in another case", method: "GET", names: ["x-a"], headers: ["X-A"], (nil, nil)),
    Preflight(
      "* stands for names without credentials", method: "GET", names: ["x-a"], headers: ["*"], (nil, .headerNotAllowed)),
    Preflight(
      "a name missing", method: "GET", names: ["x-a", "x-b"], headers: ["x-a"], (.headerNotAllowed, .headerNotAllowed)),
    Preflight(
      "* never stands for authorization", method: "GET", names: ["authorization"], headers: ["*"],
      (.authorizationNotListed, .authorizationNotListed)),
    Preflight(
      "authorization by name", method: "GET", names: ["authorization"], headers: ["*, Authorization"], (nil, nil)),
    Preflight(
      "the method is asked for before the names", names: ["x-a"], methods: ["GET"],
      (.methodNotAllowed, .methodNotAllowed)),
  ]

  @Test(arguments: preflights) func `the judging of a preflight's answer`(_ preflight: Preflight) {
    let check = { (mode: CredentialsMode) in
      CORSCheck.preflightCheck(
        origin: Self.page, credentials: mode, method: preflight.method, unsafeNames: preflight.names,
        status: preflight.status, response: answer(preflight.fields))
    }
    #expect(check(.omit) == preflight.expected.0)
    #expect(check(.sameOrigin) == preflight.expected.0)
    #expect(check(.include) == preflight.expected.1)
  }

  @Test func `a preflight passes the CORS check first`() {
    let judged = CORSCheck.preflightCheck(
      origin: Self.page, credentials: .omit, method: "PUT", unsafeNames: [], status: 500, response: [:])
    #expect(judged == .allowOriginMissing)
  }
}

/// Fields by the initial of what they allow: origin, credentials, methods, headers.
private func answer(_ fields: [(String, String)]) -> HeaderList {
  let names = ["o": "Origin", "c": "Credentials", "m": "Methods", "h": "Headers"]
  return HeaderList(fields.map { HeaderField(name: "Access-Control-Allow-" + (names[$0.0] ?? ""), value: $0.1) })
}
