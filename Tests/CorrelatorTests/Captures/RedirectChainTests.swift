import Correlator
import Evidence
import Fetch
import Testing

/// Each hop of a chain is a row: rows 93 to 109 of cors-rules §4.
struct RedirectChainTests {
  static let page = Recording.page
  static let a = "https://a.example/x"
  static let b = "https://b.example/x"

  /// Adds a hop that redirects, marked as the recorder would have it.
  static func hop(
    _ capture: inout Recording, _ url: String, to location: String, status: Int = 302, origin: String? = page,
    response: [(String, String)], failed: Bool = false, method: String = "GET"
  ) {
    let own = origin.map { [("Origin", $0)] } ?? []
    capture.add(
      method, url, status: status, request: own + [("Sec-Fetch-Mode", "cors")],
      response: response + [("Location", location)]
    ) { if failed { $0.outcome = .failed("net::ERR_FAILED") } }
  }

  @Test func `94: a redirect's own answer is checked`() {
    var capture = Recording.chromium
    Self.hop(&capture, Self.a, to: Self.b, response: [], failed: true)
    #expect(capture.lines == ["blocked CORSMissingAllowOrigin in redirect, certain"])
  }

  @Test func `a redirect that failed though it passes, for a page that wants none, is open to every engine`() throws {
    var capture = Recording.chromium
    Self.hop(
      &capture, Self.a, to: Self.a + "/y", response: allowing(origin: Self.page, credentials: "true"), failed: true)
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.decision == .undetermined)
    for engine in Engine.allCases { #expect(verdict.engines[engine] == .undetermined) }
  }

  /// Browsers percent-encode what a server writes as it is.
  @Test(arguments: [
    ("https://b.example/a b", "https://b.example/a%20b"), ("https://b.example/\u{E9}", "https://b.example/%C3%A9"),
    ("https://b.example/?q=\"x y\"", "https://b.example/?q=%22x%20y%22"),
    ("https://b.example/é", "https://b.example/é"),
  ])
  func `a redirect leads to what a browser makes of its text`(location: String, url: String) {
    var capture = Recording.firefox
    let passing = allowing(origin: "*")
    Self.hop(&capture, Self.a, to: location, response: passing)
    capture.answered("GET", url, response: passing)
    #expect(capture.verdicts.map(\.decision) == [.allowed, .allowed])
  }

  @Test func `93: the first hop is the page's own, and is not`() {
    var capture = Recording.chromium
    Self.hop(&capture, Self.page + "/x", to: Self.a, origin: nil, response: [])
    capture.answered("GET", Self.a, response: allowing(origin: Self.page))
    #expect(capture.verdicts.map(\.url) == [Self.a])
    #expect(capture.lines == ["allowed in response, certain"])
  }

  /// Microseconds after the redirect's start; its answer took 10 ms.
  @Test(
    arguments: [("GET", 50_000, true), ("GET", 5_000_000, true), ("GET", 5_100_000, false), ("POST", 50_000, false)]
      as [(String, Int64, Bool)])
  func `what comes later, or by another method, is no hop of it`(method: String, after: Int64, isHop: Bool) throws {
    var capture = Recording.chromium
    Self.hop(&capture, Self.a, to: Self.b, response: allowing(origin: "*"))
    capture.answered(method, Self.b, origin: "null", response: allowing(origin: "*")) { $0.startedAt = 100_000 + after }
    // What a hop shows: the redirect before it would not have passed with credentials.
    let verdict = try #require(capture.verdicts.last)
    #expect(verdict.says("credentials mode", "a redirect before it was followed") == isHop)
  }

  @Test(arguments: ["same-origin", "same-site", "cross-site"])
  func `a hop that came home from elsewhere is judged, whatever its Sec-Fetch-Site says`(site: String) {
    let home = Self.page + "/x"
    var capture = Recording.proxy
    capture.preflight(of: "PUT", Self.a, response: allowing(origin: Self.page, methods: "PUT"))
    Self.hop(&capture, Self.a, to: home, status: 307, response: allowing(origin: Self.page), method: "PUT")
    capture.preflight(of: "PUT", home, origin: "null", response: allowing(origin: "null", methods: "PUT"))
    capture.add(
      "PUT", home, status: 200,
      request: [
        ("Origin", "null"), ("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Site", site), ("User-Agent", UserAgent.chromium),
      ],
      response: allowing(origin: Self.page))
    #expect(capture.lines.last == "blocked CORSAllowOriginNotMatchingOrigin in response, certain")
  }

  @Test(arguments: [(303, "GET", Verdict.Decision.undetermined), (307, "PUT", .allowed)])
  func `past a preflighted hop other engines preflight what Chromium does not`(
    status: Int, method: String, others: Verdict.Decision
  ) throws {
    let allowed = allowing(origin: "*", methods: "PUT")
    var capture = Recording.chromium
    capture.preflight(of: "PUT", Self.a, response: allowed)
    Self.hop(&capture, Self.a, to: Self.b, status: status, response: allowed, method: "PUT")
    if method == "PUT" {
      capture.preflight(of: "PUT", Self.b, origin: "null", response: allowing(origin: "null", methods: "PUT"))
    }
    capture.answered(method, Self.b, origin: "null", response: allowed)
    let verdict = try #require(capture.verdicts.last)
    #expect(verdict.decision == .allowed)
    #expect(verdict.engines.webkit == others)
  }

  struct Onward: Sendable, CustomTestStringConvertible {
    let begins: String
    let allowed: [(String, String)]
    let webkit: Verdict.Decision
    var testDescription: String { "\(begins), \(allowed)" }
  }

  /// As WebKitGTK 2.50 decided; `omit` it lets pass, and a recording does not tell it from `same-origin`.
  @Test(arguments: [
    Onward(begins: page + "/x", allowed: allowing(origin: page, credentials: "true"), webkit: .allowed),
    Onward(begins: page + "/x", allowed: allowing(origin: page), webkit: .undetermined),
    Onward(begins: page + "/x", allowed: allowing(origin: "*"), webkit: .undetermined),
    Onward(begins: b, allowed: allowing(origin: "*"), webkit: .allowed),
  ])
  func `to WebKit a fetch that began at home has its credentials when it is sent on from elsewhere`(onward: Onward)
    throws
  {
    var capture = Recording.chromium
    Self.hop(&capture, onward.begins, to: Self.a, response: allowing(origin: Self.page, credentials: "true"))
    let origin = onward.begins == Self.b ? "null" : Self.page
    let allowed = onward.allowed.map { ($0.0, $0.1 == Self.page ? origin : $0.1) }
    Self.hop(&capture, Self.a, to: Self.a + "/y", origin: origin, response: allowed)
    capture.answered("GET", Self.a + "/y", origin: origin, response: allowing(origin: "*"))
    let redirect = try #require(capture.verdicts.first { $0.url == Self.a })
    #expect(redirect.decision == .allowed)
    #expect(redirect.engines.webkit == onward.webkit)
    #expect(capture.verdicts.last?.engines.webkit == .allowed)
  }

  @Test func `95, 96: past two foreign origins the origin is null`() {
    for (allowed, line) in [
      (Self.page, "blocked CORSAllowOriginNotMatchingOrigin in response, certain"),
      ("null", "allowed in response, certain"),
      ("*", "allowed in response, certain"),
    ] {
      var capture = Recording.chromium
      Self.hop(&capture, Self.a, to: Self.b, response: allowing(origin: Self.page))
      capture.answered(
        "GET", Self.b, origin: "null", response: allowing(origin: allowed),
        failed: allowed == Self.page ? "net::ERR_FAILED" : nil)
      #expect(capture.lines == ["allowed in redirect, certain", line])
    }
  }

  @Test func `an origin that was not recorded is worked out over the hops`() throws {
    var capture = Recording.chromium
    Self.hop(&capture, Self.a, to: Self.b, response: allowing(origin: Self.page))
    capture.add("GET", Self.b, status: 200, response: allowing(origin: Self.page)) {
      $0.outcome = .failed("net::ERR_FAILED")
      $0.delivery = .provisional
      $0.request.coverage = .only([])
    }
    let verdict = try #require(capture.verdicts.last)
    #expect(verdict.origin == "null")
    #expect(verdict.line == "blocked CORSAllowOriginNotMatchingOrigin in response, inferred")
  }

  @Test func `credentials of one hop are those of all`() {
    var capture = Recording.firefox
    capture.preflight(response: allowing(origin: Self.page, methods: "PUT"))
    capture.add(
      "GET", Self.a, status: 302,
      request: [("Origin", Self.page), ("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Storage-Access", "none")],
      response: allowing(origin: Self.page, credentials: "true") + [("Location", Self.b)])
    capture.answered("GET", Self.b, origin: "null", response: allowing(origin: "*"))
    #expect(
      capture.lines.suffix(2) == [
        "allowed in redirect, certain", "blocked CORSNotSupportingCredentials in response, certain",
      ])
  }

  @Test(
    arguments: [
      ("https://user:pw@b.example/x", ChromiumError.redirectContainsCredentials), ("data:text/plain,x", nil),
      ("https://[", nil),
    ] as [(String, ChromiumError?)])
  func `100, 103: where CORS cannot follow`(location: String, error: ChromiumError?) throws {
    var capture = Recording.chromium
    Self.hop(&capture, Self.a, to: location, response: allowing(origin: Self.page, credentials: "true"), failed: true)
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.decision == .blocked && verdict.reason == .didNotSucceed && verdict.phase == .redirect)
    #expect(verdict.chromiumError == error)
  }

  @Test(arguments: [("net::ERR_UNSAFE_REDIRECT", "data:text/plain,x"), ("net::ERR_TOO_MANY_REDIRECTS", a)])
  func `103: refused by the network, whatever its headers say to CORS`(mark: String, location: String) throws {
    var capture = Recording.chromium
    capture.answered(status: 302, response: [("Location", location)], failed: mark)
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.line == "blocked CORSDidNotSucceed in redirect, certain" && verdict.chromiumError == nil)
    #expect(verdict.engines.firefox == .blocked)
  }

  /// Recorded from Firefox 153, with answers that no engine lets pass.
  @Test(arguments: [
    ("data:text/plain,x", true), ("blob:https://a.example/x", true), ("file:///x", true), ("javascript:1", true),
    ("ws://a.example/", true), ("view-source:https://a.example/", true), ("//", true), ("http://[bad/", true),
    ("ftp://a.example/", false), ("mailto:a@b", false), ("foo:bar", false), ("about:blank", false),
    ("https://u:p@b.example/", false), ("https://b.example/", false),
  ])
  func `103: Firefox fails unread where it can open no channel, and else at the redirect's own answer`(
    location: String, failsUnread: Bool
  ) throws {
    var capture = Recording.firefox
    capture.preflight(response: allowing(origin: Self.page, methods: "PUT"))
    Self.hop(&capture, Self.a, to: location, response: allowing(origin: "https://c.example"))
    let verdict = try #require(capture.verdicts.last)
    #expect(verdict.reason == (failsUnread ? .didNotSucceed : .allowOriginNotMatchingOrigin))
    #expect(verdict.engines.chromium == .blocked)
  }

  @Test func `D35: Chromium's own redirect to https, refused to a preflight, is nobody else's`() throws {
    var capture = Recording.chromium
    capture.heldBack()
    capture.preflight(status: 307, response: allowing(origin: Self.page) + [("Location", Self.a)]) {
      $0.isSynthetic = true
    }
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.line == "blocked CORSExternalRedirectNotAllowed in preflight, certain")
    #expect(verdict.engines.firefox == .undetermined && verdict.engines.webkit == .undetermined)
  }

  @Test(arguments: ["https://user:pw@b.example/x", "ftp://b.example/", "https://b.example:25/"])
  func `106: unmarked, a page that asked for redirects unfollowed gets one to anywhere`(location: String) throws {
    var capture = Recording.firefox
    capture.preflight(response: allowing(origin: Self.page, methods: "PUT"))
    Self.hop(&capture, Self.a, to: location, response: allowing(origin: Self.page, credentials: "true"))
    let verdict = try #require(capture.verdicts.last)
    #expect(verdict.line == "blocked CORSDidNotSucceed in redirect, inferred")
    #expect(verdict.says("redirect mode", "assumed"))
    #expect(verdict.rootCause == "redirect-target-unusable")
  }

  @Test(arguments: ["https://:@b.example/x", "https://@b.example/x", "//b.example/x", "/y", "https://a.example/x#f"])
  func `101: where it can`(location: String) throws {
    var capture = Recording.firefox
    capture.preflight(response: allowing(origin: Self.page, methods: "PUT"))
    Self.hop(&capture, Self.a, to: location, response: allowing(origin: Self.page, credentials: "true"))
    #expect(capture.lines.last == "undetermined in redirect, possible of CORSDidNotSucceed")
    let base = try #require(URLRecord(Self.a))
    let next = try #require(URLRecord(location, relativeTo: base)).spelling
    capture.answered("GET", next, response: allowing(origin: Self.page, credentials: "true"))
    #expect(capture.lines.suffix(2) == ["allowed in redirect, certain", "allowed in response, certain"])
  }

  @Test func `107: the twenty-first redirect`() {
    var capture = Recording.chromium
    for number in 0...20 {
      Self.hop(
        &capture, "https://a.example/\(number)", to: "/\(number + 1)", response: allowing(origin: Self.page),
        failed: number == 20)
    }
    #expect(capture.verdicts.map(\.decision) == Array(repeating: .allowed, count: 20) + [.blocked])
    #expect(capture.verdicts.last?.reason == .didNotSucceed)
  }

  @Test func `99: a second preflight, for the new URL`() {
    var capture = Recording.chromium
    capture.preflight(Self.a.replacing("x", with: "y"), response: allowing(origin: Self.page, methods: "PUT"))
    capture.preflight(Self.a, response: allowing(origin: Self.page, methods: "PUT"))
    Self.hop(
      &capture, Self.a, to: Self.b, status: 307, response: allowing(origin: Self.page), method: "PUT")
    capture.preflight(Self.b, origin: "null", response: allowing(origin: "null", credentials: "true", methods: "GET"))
    capture.heldBack("PUT", Self.b)
    let rows = capture.verdicts.filter { $0.exchange != nil }
    #expect(rows.map(\.preflight?.entry) == [2, 4])
    #expect(
      rows.map(\.line) == ["allowed in redirect, certain", "blocked CORSMethodNotFound in preflight, certain"])
  }

  @Test func `109: a POST becomes a GET, and is the same chain`() {
    var capture = Recording.chromium
    Self.hop(&capture, Self.a, to: Self.b, status: 303, response: allowing(origin: Self.page), method: "POST")
    capture.add("GET", Self.b, status: 200, response: [("Server", "nginx")]) {
      $0.outcome = .failed("net::ERR_FAILED")
      $0.delivery = .provisional
      $0.request.coverage = .only([])
    }
    #expect(capture.verdicts.last?.origin == "null")
  }

  @Test func `108: a redirect's status without Location is an answer`() {
    var capture = Recording.chromium
    capture.answered(status: 302, response: allowing(origin: Self.page))
    #expect(capture.lines == ["allowed in response, certain"])
  }
}
