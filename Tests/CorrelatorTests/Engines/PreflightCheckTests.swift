import Correlator
import Evidence
import Fetch
import Testing

/// What each engine says of a preflight's answer: rows 42 to 72, 133 and 136 of cors-rules §4, and where the engines differ.
struct PreflightCheckTests {
  @Test(arguments: statuses + redirects + methods + headers + order, Engine.allCases)
  func `a preflight's answer is judged in the engine's own order`(row: EngineCase, engine: Engine) {
    #expect(Checks.preflight(row.preflightAnswer, include: row.include, by: engine) == [row.names.outcome(engine)])
  }

  /// WebKit never asks.
  @Test func `a Location without a value names no target to Chromium, and to Firefox the same URL`() {
    let row = Self.row("109a", .status, status: 302) { $0.fields.append(HeaderField(name: "Location", value: "")) }
    let outcomes = Engine.allCases.map { Checks.preflight(row.preflightAnswer, include: false, by: $0).elements }
    #expect(outcomes[0] == [row.names.outcome(.chromium)])
    #expect(outcomes[1] == [.reason(.externalRedirectNotAllowed)])
    #expect(outcomes[2] == [row.names.outcome(.webkit)])
  }

  /// Firefox's channel fails before the preflight's listener is asked; to Chromium a redirect is one wherever it leads.
  @Test(arguments: [
    ("/x", true), ("https://elsewhere.example/", true), ("http://:@a.example/", true), ("#x", true), (",", true),
    ("https://u:p@a.example/", false), ("https://u@a.example/", false), ("ftp://a.example/", false),
    ("data:text/plain,x", false), ("blob:https://a.example/x", false), ("ws://a.example/", false), ("//", false),
    ("http://[bad/", false), ("http://a.example:99999/", false), ("mailto:a@b", false),
  ])
  func `a redirect that leads nowhere is to Firefox a failure of the network`(location: String, leadsSomewhere: Bool) {
    let row = Self.row("307", .status, status: 307) { $0.fields.append(HeaderField(name: "Location", value: location)) }
    let outcomes = Engine.allCases.map { Checks.preflight(row.preflightAnswer, include: false, by: $0) }
    #expect(outcomes[0] == [.error(.preflightDisallowedRedirect)])
    #expect(outcomes[1] == [.reason(leadsSomewhere ? .externalRedirectNotAllowed : .didNotSucceed)])
  }

  @Test(arguments: [
    ("data:text/plain,x", "CORSDidNotSucceed"), ("ws://a.example/", "CORSDidNotSucceed"),
    ("//", "CORSDidNotSucceed"), ("https://u:p@a.example/", "CORSMissingAllowOrigin"),
    ("ftp://a.example/", "CORSMissingAllowOrigin"), ("/x", "CORSMissingAllowOrigin"),
  ])
  func `where Firefox can open no channel, a preflight's redirect fails before its headers are looked at`(
    location: String, reason: String
  ) {
    let headers = HeaderRecord(HeaderList([HeaderField(name: "Location", value: location)]))
    let answer = Answer(status: 307, headers: headers, expectedOrigin: EngineCase.page, httpVersion: .http11)
    let outcomes = Checks.preflight(answer, include: false, by: .firefox).elements
    #expect(outcomes.map { $0.reason?.rawValue } == [reason])
  }

  /// A redirect led back to the page's own server: Firefox names the page in the preflight there, and sees no other origin.
  @Test(arguments: [(200, "CORSMethodNotFound"), (404, "CORSPreflightDidNotSucceed")])
  func `back home Firefox does not ask whether a preflight's answer names the origin`(status: Int, reason: String) {
    let question = Answer.PreflightQuestion(method: "PUT", unsafeNames: [])
    let answer = Answer(
      status: status, headers: HeaderRecord(), expectedOrigin: EngineCase.page, httpVersion: .http11, isAtHome: true,
      asked: question)
    let outcomes = Engine.allCases.map { Checks.preflight(answer, include: true, by: $0).elements }
    #expect(outcomes[0] == [.error(.preflightMissingAllowOriginHeader)])
    #expect(outcomes[1].map { $0.reason?.rawValue } == [reason])
  }

  /// A preflight of PUT, its answer naming the origin, with these methods and headers.
  static func row(
    _ description: String, _ names: Names, status: Int = 204, methods: String? = "PUT", headers: String? = nil,
    _ change: (inout EngineCase) -> Void = { _ in }
  ) -> EngineCase {
    var row = EngineCase(description, allows: EngineCase.page, names: names)
    row.status = status
    if let methods { row.add("Methods", methods) }
    if let headers { row.add("Headers", headers) }
    change(&row)
    return row
  }

  static func including(_ row: EngineCase) -> EngineCase {
    var row = row
    row.include = true
    row.add("Credentials", "true")
    return row
  }

  static let statuses: [EngineCase] =
    [200, 201, 204, 299].map { row("42, 43: \($0)", .pass, status: $0) }
    + [100, 199, 300, 301, 302, 303, 304, 305, 307, 308, 400, 401, 403, 404, 405, 500, 501, 503, 680, 790].map {
      row("44, 46, 49: \($0)", .status, status: $0)
    }
    + [401, 403, 404, 405, 500].map { status in
      row("45: \(status) without origin", bare, status: status) { $0.fields = [] }
    } + [
      row("72: a login page", Names(.preflightMissingAllowOriginHeader, .missingAllowOrigin), status: 200) {
        $0.fields = []
      },
      row(
        "D3: 401 with another origin",
        Names(.preflightAllowOriginMismatch, .allowOriginNotMatchingOrigin, .preflightDidNotSucceed), status: 401
      ) {
        $0.origin = "https://other.example"
      },
    ]

  /// Without origin Firefox and Chromium see the origin missing, WebKit the status.
  static let bare = Names(.preflightMissingAllowOriginHeader, .missingAllowOrigin, .preflightDidNotSucceed)

  static let redirects: [EngineCase] =
    [301, 302, 303, 307, 308].flatMap { status in
      [
        row(
          "47: \(status) elsewhere, without origin",
          Names(.preflightDisallowedRedirect, .missingAllowOrigin, .preflightDidNotSucceed), status: status
        ) { $0.fields = [HeaderField(name: "Location", value: "https://app.example/")] },
        row(
          "48: \(status) elsewhere",
          Names(.preflightDisallowedRedirect, .externalRedirectNotAllowed, .preflightDidNotSucceed), status: status
        ) { $0.fields.append(HeaderField(name: "location", value: "/x/")) },
        row("D6: \(status) without Location and origin", bare, status: status) { $0.fields = [] },
      ]
    } + [
      row("200 with a Location is no redirect", .pass, status: 200) {
        $0.fields.append(HeaderField(name: "Location", value: "/x"))
      },
      row("304 with a Location is no redirect", .status, status: 304) {
        $0.fields.append(HeaderField(name: "Location", value: "/x"))
      },
    ]

  static let methods: [EngineCase] = [
    row("50: no list", .method, methods: nil), row("51: put", .method, methods: "put"),
    row("52: patch is not PATCH", .method, methods: "PATCH") { $0.method = "patch" },
    row("53: *", .pass, methods: "*"), including(row("54: * with credentials", .method, methods: "*")),
    including(row("55: a method named *", .pass, methods: "*") { $0.method = "*" }),
    including(row("54: * and the method", .pass, methods: "*, PUT")),
    row("56: two words", .methodToken, methods: "Bad value"),
    row("57, D15: a bad token after the right one", .methodToken, methods: "GET, PUT, xyz;"),
    row("58: empty items", .pass, methods: ",PUT,,"), row("58a: empty", .method, methods: ""),
    row("the second line counts", .pass, methods: "GET") { $0.add("Methods", "PUT") },
    row("GET needs no list", .pass, methods: nil) { $0.method = "GET" },
    row("HEAD needs no list", .pass, methods: "PUT") { $0.method = "HEAD" },
    row("88: POST needs no list", .pass, methods: nil) { $0.method = "POST" },
    row("get is not GET", .method, methods: "GET") { $0.method = "get" },
    row("136: safe headers need no list", .pass, headers: ""),
    row("in brackets", .methodToken, methods: "['PUT']"), row("a space before the comma", .pass, methods: "PUT , GET"),
  ]

  static let headers: [EngineCase] =
    [
      row("59: no list", .header) { $0.unsafeNames = ["x-a"] },
      row("60: neither of two", .header) { $0.unsafeNames = ["x-a", "x-b"] },
      row("60: one of two", .header, headers: "x-a") { $0.unsafeNames = ["x-a", "x-b"] },
      row("61: any case, empty items", .pass, headers: ",y-lol,x-PriNT, ,,,Y-PRINT") {
        $0.unsafeNames = ["x-print", "y-print"]
      },
      row("62: *", .pass, headers: "*") { $0.unsafeNames = ["x-a"] },
      including(row("63: * with credentials", .header, headers: "*") { $0.unsafeNames = ["x-a"] }),
      including(row("a header named *", .pass, headers: "*") { $0.unsafeNames = ["*"] }),
      row("64, D1: authorization under *", .pass, headers: "*") { $0.unsafeNames = ["authorization"] },
      including(
        row("authorization under * with credentials", .header, headers: "*") { $0.unsafeNames = ["authorization"] }),
      row("65: authorization by name", .pass, headers: "*, Authorization") { $0.unsafeNames = ["authorization"] },
      row("66: a space inside", .headerToken, headers: "X A") { $0.unsafeNames = ["x-a"] },
      row("in quotes", .headerToken, headers: "\"x-a\"") { $0.unsafeNames = ["x-a"] },
      row("a bad token that nobody asked for", .headerToken, headers: "x;"),
      row("109c: a list of another server", .header, headers: "x-b") { $0.unsafeNames = ["x-a"] },
      row("GET with a header", .header, methods: nil) {
        $0.method = "GET"
        $0.unsafeNames = ["x-a"]
      },
    ]

  /// Two faults in one answer: the first in the engine's order is named.
  static let order: [EngineCase] =
    [
      row(
        "67, D14: method missing, bad header token",
        Names(.invalidAllowHeadersPreflightResponse, .methodNotFound, .invalidAllowHeader), methods: "GET",
        headers: "xyz;"),
      row("bad tokens in both", .methodToken, methods: "x;", headers: "y;"),
      row("method and header missing", .method, methods: "GET", headers: "x-b") { $0.unsafeNames = ["x-a"] },
      row("status before lists", .status, status: 500, methods: "x;"),
      EngineCase(
        "68, 133: * with credentials", allows: "*",
        names: Names(.preflightWildcardOriginNotAllowed, .notSupportingCredentials)
      ) {
        $0.include = true
        $0.add("Credentials", "true")
      },
      EngineCase(
        "70: two origins", allows: EngineCase.page, "*",
        names: Names(.preflightMultipleAllowOriginValues, .multipleAllowOriginNotAllowed)),
      EngineCase(
        "credentials before the method", allows: EngineCase.page,
        names: Names(.preflightInvalidAllowCredentials, .missingAllowCredentials)
      ) {
        $0.include = true
      },
    ]
}
