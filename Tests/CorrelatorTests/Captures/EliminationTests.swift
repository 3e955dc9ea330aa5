import Correlator
import Evidence
import Fetch
import Testing

/// What was not recorded is run both ways, and what was seen strikes out the ways that contradict it.
struct EliminationTests {
  static let page = Recording.page

  // MARK: - The credentials mode

  @Test func `a failure mark: only with credentials would * fail`() throws {
    var capture = Recording.chromium
    capture.answered(response: allowing(origin: "*"), failed: "net::ERR_FAILED")
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.line == "blocked CORSNotSupportingCredentials in response, inferred")
    #expect(verdict.chromiumError == .wildcardOriginNotAllowed)
    #expect(verdict.says("credentials mode", "include"))
  }

  @Test func `no failure mark from a recorder that marks: it passed, whatever the mode`() {
    var capture = Recording.chromium
    capture.answered(response: allowing(origin: "*"))
    #expect(capture.lines == ["allowed in response, certain"])
  }

  @Test func `no mark from one that marks nothing: both ways stay`() {
    var capture = Recording.firefox
    capture.preflight(response: allowing(origin: Self.page, methods: "PUT"))
    capture.answered("GET", response: allowing(origin: "*"))
    #expect(capture.lines.last == "undetermined in response, possible of CORSNotSupportingCredentials")
  }

  /// Playwright shows neither their preflights nor their modes.
  @Test(arguments: [("application/json", 1), ("text/plain", 0), ("text/ping", 0)])
  func `a beacon of which the body's type needs leave runs under CORS`(type: String, count: Int) {
    var capture = Recording.chromium
    capture.heldBack("POST", request: [("Content-Type", type)]) { $0.kind = .ping }
    #expect(capture.verdicts.filter { $0.decision == .blocked }.count == count)
  }

  // MARK: - What it says

  /// The check and the cause both look at the field; two lines of it are two facts.
  @Test func `what both a check and the cause rest on is told once`() throws {
    for values in [["null"], ["https://other.example"], [Self.page, Self.page]] {
      var capture = Recording.chromium
      let fields = values.map { ("Access-Control-Allow-Origin", $0) } + [("Access-Control-Allow-Credentials", "True")]
      capture.answered(response: fields, failed: "net::ERR_FAILED")
      let verdict = try #require(capture.verdicts.first)
      #expect(verdict.decision == .blocked && verdict.rootCause != nil)
      let told = verdict.evidence.filter { $0.fact == "access-control-allow-origin" }
      #expect(told == values.map { Fact("access-control-allow-origin", $0, from: "response header") })
    }
  }

  // MARK: - The follow-up

  @Test func `held back behind an answered preflight: the preflight refused it`() throws {
    var capture = Recording.chromium
    capture.heldBack()
    capture.preflight(response: allowing(origin: Self.page, credentials: "true", methods: "GET"))
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.line == "blocked CORSMethodNotFound in preflight, certain")
    #expect(verdict.chromiumError == .methodDisallowedByPreflightResponse)
    #expect(verdict.status == nil && verdict.preflight?.entry == 2)
  }

  @Test func `held back, and two reasons stand`() throws {
    var capture = Recording.chromium
    capture.heldBack()
    capture.preflight(response: allowing(origin: "*", methods: "GET"))
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.decision == .blocked && verdict.certainty == .possible)
    #expect(Set(verdict.candidates) == [.notSupportingCredentials, .methodNotFound])
    #expect(verdict.candidates.first == verdict.reason)
  }

  @Test func `held back, and only one credentials mode explains it`() throws {
    var capture = Recording.chromium
    capture.heldBack()
    capture.preflight(response: allowing(origin: "*", methods: "PUT"))
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.line == "blocked CORSNotSupportingCredentials in preflight, inferred")
    #expect(verdict.says("credentials mode", "include"))
  }

  @Test func `Firefox's not sent, behind a preflight whose answer is not ok`() {
    var capture = Recording.firefox
    capture.preflight(status: 405, response: allowing(origin: Self.page))
    capture.heldBack()
    // With credentials it would have failed on the missing Access-Control-Allow-Credentials first.
    #expect(
      capture.lines == [
        "blocked CORSPreflightDidNotSucceed in preflight, possible of CORSPreflightDidNotSucceed CORSMissingAllowCredentials"
      ])
    var credentialed = Recording.firefox
    credentialed.preflight(status: 405, response: allowing(origin: Self.page, credentials: "true"))
    credentialed.heldBack()
    #expect(credentialed.lines == ["blocked CORSPreflightDidNotSucceed in preflight, certain"])
  }

  @Test func `a preflight alone, and the recording goes on`() {
    var capture = Recording.proxy
    let agent = [("User-Agent", UserAgent.firefox)]
    capture.preflight(status: 204, response: allowing(origin: Self.page, credentials: "true", methods: "GET")) {
      $0.request.list.append(name: "User-Agent", value: UserAgent.firefox)
    }
    capture.preflight(of: "PUT", Recording.api + "2", response: allowing(origin: "*", methods: "PUT")) {
      $0.request.list.append(name: "User-Agent", value: UserAgent.firefox)
    }
    capture.add("GET", Self.page + "/later", status: 200, request: agent) { $0.startedAt = 90_000_000 }
    #expect(
      capture.lines == [
        "blocked CORSMethodNotFound in preflight, certain",
        "blocked CORSNotSupportingCredentials in preflight, possible",
      ])
  }

  /// Microseconds from its start, of a preflight that took a second.
  @Test(arguments: [(3_900_000, false), (4_100_000, true)] as [(Int64, Bool)])
  func `its request is waited for three times as long as it took`(last: Int64, goesOn: Bool) {
    var capture = Recording.proxy
    capture.preflight(response: allowing(origin: "*", methods: "PUT")) { $0.duration = 1_000_000 }
    capture.add("GET", Self.page + "/x", status: 200) { $0.startedAt = 100_000 + last }
    #expect((capture.lines.first == "blocked CORSNotSupportingCredentials in preflight, possible") == goesOn)
  }

  @Test func `a preflight that passes, at the recording's end, says nothing of its request`() {
    var capture = Recording.proxy
    capture.preflight(response: allowing(origin: Self.page, credentials: "true", methods: "PUT"))
    #expect(capture.verdicts.map(\.decision) == [.undetermined])
    #expect(capture.verdicts.map(\.certainty) == [.possible])
  }

  // MARK: - Who asked

  @Test func `whose browser is not known, all three are asked`() throws {
    var capture = Recording.proxy
    capture.answered(response: allowing(origin: Self.page + ", *"))
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.decision == .blocked && verdict.certainty == .possible)
    #expect(Set(verdict.candidates) == [.multipleAllowOriginNotAllowed, .allowOriginNotMatchingOrigin])
    #expect(verdict.engines.chromium == .blocked && verdict.engines.firefox == .blocked)
    #expect(verdict.chromiumError == .multipleAllowOriginValues)
  }

  @Test(arguments: [
    (UserAgent.chromium, ReasonKey.multipleAllowOriginNotAllowed), (UserAgent.firefox, .allowOriginNotMatchingOrigin),
    (UserAgent.safari, .multipleAllowOriginNotAllowed),
  ])
  func `the user agent tells whose rules hold`(agent: String, reason: ReasonKey) {
    var capture = Recording.proxy
    capture.answered(request: [("User-Agent", agent)], response: allowing(origin: Self.page + ", *"))
    #expect(capture.lines == ["blocked \(reason.rawValue) in response, certain"])
  }

  @Test func `engines that decide otherwise are said to`() throws {
    var capture = Recording.firefox
    capture.preflight(response: allowing(origin: Self.page, methods: "PUT"))
    capture.answered(
      "GET", request: [("Cookie", "a=1")],
      response: [
        ("access-control-allow-origin", ""), ("access-control-allow-origin", Self.page),
        ("access-control-allow-credentials", "true"),
      ]
    ) { $0.httpVersion = .http2 }
    let verdict = try #require(capture.verdicts.last)
    #expect(verdict.line == "allowed in response, certain")
    #expect(verdict.engines.chromium == .blocked && verdict.engines.webkit == .blocked)
    #expect(verdict.chromiumError == .multipleAllowOriginValues)
  }

  @Test(arguments: [([], false), ([("If-None-Match", "1")], true), ([("X-A", "1")], true)])
  func `of a request whose preflight was not recorded, what may have needed one leaves its reasons open`(
    headers: [(String, String)], mayNeedOne: Bool
  ) throws {
    var capture = Recording.chromium
    capture.heldBack("GET", request: headers)
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.decision == .blocked && verdict.reason == .missingAllowOrigin && verdict.certainty == .possible)
    #expect(verdict.candidates.contains(.missingAllowHeaderFromPreflight) == mayNeedOne)
    #expect(verdict.candidates.contains(.preflightDidNotSucceed) == mayNeedOne)
  }

  // MARK: - The exporter's own words

  @Test(arguments: [
    (
      "Origin https://app.example is not allowed by Access-Control-Allow-Origin. Status code: 200",
      ReasonKey.missingAllowOrigin
    ),
    ("Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.", .notSupportingCredentials),
    ("Method PUT is not allowed by Access-Control-Allow-Methods.", .methodNotFound),
    ("Request header field X-A is not allowed by Access-Control-Allow-Headers.", .missingAllowHeaderFromPreflight),
    ("Preflight response is not successful. Status code: 404", .preflightDidNotSucceed),
  ])
  func `WebKit's sentences are the reason`(words: String, reason: ReasonKey) {
    var profile = SourceProfile(kind: .har, format: "Playwright", recorder: .unknown, engine: .webkit)
    profile.marksOutcome = true
    var capture = Recording(profile)
    capture.answered(response: [], failed: words)
    #expect(capture.verdicts.map(\.reason) == [reason])
    #expect(capture.verdicts.map(\.decision) == [.blocked])
  }

  /// Playwright keeps no answer that WebKit refused.
  @Test(arguments: [
    (
      "Origin https://app.example is not allowed by Access-Control-Allow-Origin. Status code: 200", "GET",
      "blocked CORSMissingAllowOrigin in response, possible of CORSMissingAllowOrigin CORSAllowOriginNotMatchingOrigin"
    ),
    (
      "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.", "GET",
      "blocked CORSNotSupportingCredentials in response, certain"
    ),
    (
      "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.", "PUT",
      "blocked CORSNotSupportingCredentials in preflight, certain"
    ),
    (
      "Header Access-Control-Allow-Headers has an invalid value: X A", "GET",
      "blocked CORSInvalidAllowHeader in preflight, certain"
    ),
  ])
  func `and leave no more open than they have to`(words: String, method: String, line: String) {
    var profile = SourceProfile(kind: .har, format: "Playwright", recorder: .webkit, engine: .webkit)
    profile.marksOutcome = true
    var capture = Recording(profile)
    capture.heldBack(method, failed: words)
    #expect(capture.lines == [line])
  }

  // MARK: - What Firefox's switch leaves open

  @Test func `a Firefox file without any preflight is never certain: CORS may be switched off`() {
    var capture = Recording.firefox
    capture.answered(response: [])
    #expect(capture.lines == ["blocked CORSMissingAllowOrigin in response, inferred"])
    capture.preflight(response: allowing(origin: Self.page, methods: "PUT"))
    #expect(capture.lines.first == "blocked CORSMissingAllowOrigin in response, certain")
  }
}

/// What browsers call themselves.
enum UserAgent {
  static let chromium =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
  static let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"
  /// The view that apps on iOS show their pages in.
  static let webView =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
  static let safari =
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15"

  static func of(_ engine: Engine) -> String {
    switch engine {
    case .chromium: chromium
    case .firefox: firefox
    case .webkit: safari
    }
  }
}
