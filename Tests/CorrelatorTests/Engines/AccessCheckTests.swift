import Correlator
import Evidence
import Fetch
import Testing

/// What each engine says of an answer's `Access-Control-Allow-Origin` and `-Credentials`: rows 1 to 41 of cors-rules §4.
struct AccessCheckTests {
  @Test(arguments: origins + nulls + repeated + credentials, Engine.allCases)
  func `an answer is read as the engine reads it`(row: EngineCase, engine: Engine) {
    #expect(Checks.access(row.answer, include: row.include, by: engine) == [row.names.outcome(engine)])
  }

  /// On a preflight Chromium has names of their own for the same failures.
  @Test(arguments: [
    (EngineCase("absent", .missing), ChromiumError.preflightMissingAllowOriginHeader),
    (EngineCase("another", allows: "https://b.example", names: .mismatch), .preflightAllowOriginMismatch),
    (EngineCase("no URL", allows: "app", names: .invalid), .preflightInvalidAllowOriginValue),
    (EngineCase("two", allows: "*", "*", names: .several), .preflightMultipleAllowOriginValues),
    (EngineCase("*", allows: "*", names: .wildcard) { $0.include = true }, .preflightWildcardOriginNotAllowed),
    (
      EngineCase("uncredited", allows: EngineCase.page, names: .credentials) { $0.include = true },
      .preflightInvalidAllowCredentials
    ),
  ])
  func `Chromium's names on a preflight`(row: EngineCase, error: ChromiumError) {
    #expect(Checks.preflight(row.preflightAnswer, include: row.include, by: .chromium) == [.error(error)])
    #expect(error.reason == row.names.chromium?.reason)
  }

  /// Chromium's network refuses over HTTP/2 what it lets pass over HTTP/1.1. Its recordings mark that; a server's log does not.
  @Test(arguments: [
    ("\u{0B}", HTTPVersion.http2, "CORSDidNotSucceed"), ("\u{01}", .http2, "CORSDidNotSucceed"),
    ("\u{7F}", .http2, "CORSDidNotSucceed"), ("\u{1F}", .http3, "CORSMissingAllowOrigin CORSDidNotSucceed"),
    ("\u{0B}", .http11, "CORSMissingAllowOrigin"), ("\t", .http2, "CORSMissingAllowOrigin"),
    ("\u{80}", .http2, "CORSMissingAllowOrigin"),
  ])
  func `a control character in an answer as it was served`(character: String, version: HTTPVersion, chromium: String) {
    let headers = HeaderRecord(["Access-Control-Allow-Methods": "PUT,\(character)x"])
    func reasons(_ engine: Engine, asServed: Bool, isPreflight: Bool) -> [String?] {
      let answer = Answer(
        status: 200, headers: headers, expectedOrigin: Self.page, httpVersion: version, asServed: asServed)
      let outcomes =
        isPreflight
        ? Checks.preflight(answer, include: false, by: engine) : Checks.access(answer, include: false, by: engine)
      return outcomes.elements.map { $0.reason?.rawValue }
    }
    for isPreflight in [true, false] {
      #expect(
        Set(reasons(.chromium, asServed: true, isPreflight: isPreflight))
          == Set(chromium.split(separator: " ").map(String.init)))
      #expect(reasons(.chromium, asServed: false, isPreflight: isPreflight) == ["CORSMissingAllowOrigin"])
      #expect(reasons(.firefox, asServed: true, isPreflight: isPreflight) == ["CORSMissingAllowOrigin"])
    }
  }

  static let page = EngineCase.page

  static let origins: [EngineCase] = [
    EngineCase("1: *", allows: "*", names: .pass),
    EngineCase("2: the origin", allows: page, names: .pass),
    EngineCase("3: white space around *", allows: "\t*", names: .pass),
    EngineCase("3: white space around the origin", allows: " \(page)  ", names: .pass),
    EngineCase("4: absent", .missing),
    EngineCase("5: absent, 500", .missing) { $0.status = 500 },
    EngineCase("6: 403 with right headers", allows: page, names: .pass) { $0.status = 403 },
    EngineCase("7: a slash at its end", allows: page + "/", names: .mismatch),
    EngineCase("8: in capitals", allows: "HTTPS://APP.EXAMPLE", names: .mismatch),
    EngineCase("9: with the default port", allows: page + ":443", names: .mismatch),
    EngineCase("10: without scheme", allows: "app.example", names: .invalid),
    EngineCase("10: without scheme, with slashes", allows: "//app.example", names: .invalid),
    EngineCase("10: with half a scheme", allows: "://app.example", names: .invalid),
    EngineCase("11: another scheme", allows: "http://app.example", names: .mismatch),
    EngineCase("12: another port", allows: page + ":8443", names: .mismatch),
    EngineCase("13: a subdomain", allows: "https://x.app.example", names: .mismatch),
    EngineCase("14: a pattern", allows: "https://*.example", names: .mismatch),
    EngineCase("27: empty", allows: "", names: .invalid),
    EngineCase("27: white space alone", allows: " \t", names: .invalid),
    EngineCase("28: * in quotes", allows: "\"*\"", names: .invalid),
    EngineCase("28: * in single quotes", allows: "'*'", names: .invalid),
    EngineCase("28: **", allows: "**", names: .invalid), EngineCase("28: -", allows: "-", names: .invalid),
    EngineCase("28: *,", allows: "*,", names: .list), EngineCase("28: ,*", allows: ",*", names: .list),
    EngineCase("29: * and a vertical tab", allows: "*\u{0B}", names: .invalid),
    EngineCase("29: * and a form feed", allows: "*\u{0C}", names: .invalid),
    EngineCase("30: not in punycode", allows: "https://bücher.example", names: .mismatch) {
      $0.origin = "https://xn--bcher-kva.example"
    },
    EngineCase("31: with ?", allows: page + "?", names: .mismatch),
    EngineCase("31: with #", allows: page + "#", names: .mismatch),
    EngineCase("31: with a path", allows: page + "/path", names: .mismatch),
  ]

  static let nulls: [EngineCase] = [
    EngineCase("15: null for another page", allows: "null", names: .mismatch),
    EngineCase("16: null for an opaque origin", allows: "null", names: .pass) { $0.origin = "null" },
    EngineCase("17: * for an opaque origin", allows: "*", names: .pass) { $0.origin = "null" },
    EngineCase("18: an origin for an opaque one", allows: page, names: .mismatch) { $0.origin = "null" },
    EngineCase("19: absent for an opaque origin", .missing) { $0.origin = "null" },
    EngineCase("20: Null", allows: "Null", names: .invalid) { $0.origin = "null" },
  ]

  static let repeated: [EngineCase] = [
    EngineCase("21: twice", allows: page, page, names: .several),
    EngineCase("22: twice over HTTP/2", allows: page, page, names: .list) { $0.sendOverHTTP2() },
    EngineCase("22: twice in lower case over HTTP/1.1", allows: page, page, names: .list) {
      $0.sendOverHTTP2()
      $0.version = .http11
    },
    EngineCase("23: * twice", allows: "*", "*", names: .several),
    EngineCase("24: an empty one, and *", allows: "", "*", names: .several),
    // Firefox joins lines in lower case without the empty ones; the standard and the others do not.
    EngineCase("24: an empty one, and *, over HTTP/2", allows: "", "*", names: .list) {
      $0.sendOverHTTP2()
      $0.names.firefox = nil
    },
    EngineCase("once in capitals and once not", allows: page, names: .list) {
      $0.fields.append(HeaderField(name: "access-control-allow-origin", value: page))
    },
    EngineCase("25: a list in one line", allows: page + ", https://b.example", names: .list),
    EngineCase("25: a list without space", allows: page + ",https://b.example", names: .list),
    EngineCase("26: two words", allows: page + " https://b.example", names: .words),
  ]

  static let credentials: [EngineCase] =
    [
      EngineCase("32: * and true", allows: "*", names: .wildcard) { $0.add("Credentials", "true") },
      EngineCase("33: the origin alone", allows: page, names: .credentials),
      EngineCase("35: true twice", allows: page, names: .credentials) {
        $0.add("Credentials", "true")
        $0.add("Credentials", "true")
      },
      EngineCase(
        "Firefox skips a line without a value", allows: page,
        names: Names(.invalidAllowCredentials, nil, .missingAllowCredentials)
      ) {
        $0.add("Credentials", "")
        $0.add("Credentials", "true")
      },
      EngineCase("36: white space around true", allows: page, names: .pass) { $0.add("Credentials", " true ") },
      EngineCase("37: * alone", allows: "*", names: .wildcard),
      EngineCase("38: another origin", allows: "https://b.example", names: .mismatch),
      EngineCase("41: * after a redirect", allows: "*", names: .wildcard) {
        $0.origin = "null"
        $0.add("Credentials", "true")
      },
      EngineCase("41: null after a redirect", allows: "null", names: .pass) {
        $0.origin = "null"
        $0.add("Credentials", "true")
      },
      EngineCase("absent", .missing) { $0.add("Credentials", "true") },
      EngineCase("twice", allows: page, page, names: .several) { $0.add("Credentials", "true") },
    ].map(including)
    + ["True", "TRUE", "1", "\"true\"", ",true", "true,", "", "false", "true true"].map { value in
      including(EngineCase("34: ‘\(value)’", allows: page, names: .credentials) { $0.add("Credentials", value) })
    } + [
      EngineCase("39: * and true, without credentials", allows: "*", names: .pass) { $0.add("Credentials", "true") },
      EngineCase("39: true does not matter without credentials", allows: page, names: .pass) {
        $0.add("Credentials", "nonsense")
      },
    ]

  private static func including(_ row: EngineCase) -> EngineCase {
    var row = row
    row.include = true
    return row
  }
}
