import Correlator
import Evidence
import Fetch
import Testing

/// What looks like CORS, and is none of its business; and the rare reasons.
struct NeverCORSTests {
  static let page = Recording.page

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var method = "GET"
    var url = Recording.api
    var status: Int? = 200
    var request: [(String, String)] = []
    var change: @Sendable (inout Exchange) -> Void = { _ in }

    init(
      _ description: String, method: String = "GET", url: String = Recording.api, status: Int? = 200,
      _ request: [(String, String)] = [], _ change: @escaping @Sendable (inout Exchange) -> Void = { _ in }
    ) {
      testDescription = description
      self.method = method
      self.url = url
      self.status = status
      self.request = request
      self.change = change
    }
  }

  static let origin = ("Origin", page)

  static let outside: [Case] = [
    Case("111: an image without crossorigin", [("Sec-Fetch-Mode", "no-cors")]) { $0.kind = .image },
    Case("112: a no-cors POST, which has an Origin", method: "POST", [origin, ("Sec-Fetch-Mode", "no-cors")]),
    Case("115: a same-origin POST", method: "POST", url: page + "/x", status: 500, [origin]),
    Case("116: a form", method: "POST", [origin, ("Sec-Fetch-Mode", "navigate")]) { $0.kind = .document },
    Case("116: a form of an old browser", method: "POST", [origin, ("Accept", "text/html,*/*")]) { $0.kind = .unknown },
    Case("117: a WebSocket", url: "wss://api.other.example/x", status: 403, [origin, ("Upgrade", "websocket")]) {
      $0.kind = .websocket
    },
    Case("117: a WebSocket that a proxy saw", status: 403, [origin, ("Upgrade", "websocket")]) { $0.kind = .unknown },
    Case("117: a WebSocket of which only the status tells", status: 101, [origin]) { $0.kind = .unknown },
    Case("125: data:", url: "data:text/plain,x"), Case("a blob", url: "blob:https://app.example/1"),
    Case("a navigation", [("Sec-Fetch-Mode", "navigate")]) { $0.kind = .document },
    Case("a stylesheet", [("Sec-Fetch-Mode", "no-cors")]) { $0.kind = .stylesheet },
    Case("a script of an old browser") { $0.kind = .script },
    Case("110: the browser's own redirect to https", status: 307, [origin, ("Sec-Fetch-Mode", "cors")]) {
      $0.isSynthetic = true
    },
    Case("OPTIONS that asks for nothing, same origin", method: "OPTIONS", url: page + "/x", [origin]),
  ]

  @Test(arguments: outside) func `has no verdict`(_ one: Case) {
    for recording in [Recording.chromium, .proxy] {
      var capture = recording
      capture.add(one.method, one.url, status: one.status, request: one.request) { one.change(&$0) }
      #expect(capture.lines == [], "\(recording.profile.format)")
    }
  }

  static let refusedElsewhere: [(words: String, cause: String?)] = [
    ("net::ERR_ABORTED", "aborted"), ("net::ERR_BLOCKED_BY_CLIENT", "blocked-by-client"),
    ("net::ERR_BLOCKED_BY_CSP", "blocked-by-csp"), ("net::ERR_BLOCKED_BY_ORB", "opaque-response-blocking"),
    ("net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin", nil), ("csp", "blocked-by-csp"), ("mixed-content", "mixed-content"),
    ("net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS", "local-network-access"), ("NS_BINDING_ABORTED", "aborted"),
  ]

  @Test(arguments: refusedElsewhere) func `a refusal by something else is never called CORS`(
    words: String, cause: String?
  )
    throws
  {
    var capture = Recording.chromium
    capture.heldBack("GET", failed: words)
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.decision == .undetermined && verdict.reason == nil)
    #expect(verdict.says("failure", words) && verdict.says("explanation", "CORS did not decide it"))
    if let cause { #expect(verdict.rootCause == cause) }
  }

  @Test(arguments: [401, 403, 404, 429, 500, 503]) func `an HTTP error with right headers is readable`(status: Int) {
    var capture = Recording.chromium
    capture.answered(status: status, response: allowing(origin: Self.page))
    #expect(capture.lines == ["allowed in response, certain"])
  }

  @Test func `a failure that right headers don't explain is left open, and said to be something else`() throws {
    var capture = Recording.chromium
    capture.answered(
      request: [("Cookie", "a")], response: allowing(origin: Self.page, credentials: "true"), failed: "net::ERR_FAILED")
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.line == "undetermined in response, possible")
    #expect(verdict.says("explanation", "something other than CORS"))
  }

  @Test func `an answer of a service worker is not checked`() throws {
    var capture = Recording.chromium
    capture.answered(response: []) { $0.servedByServiceWorker = true }
    capture.answered(response: [], failed: "net::ERR_FAILED") { $0.servedByServiceWorker = true }
    #expect(capture.lines == ["allowed in response, inferred", "undetermined in response, inferred"])
    #expect(try #require(capture.verdicts.last).rootCause == "service-worker")
  }

  /// Firefox's HAR marks nothing; but what goes to the network gets `Sec-Fetch-Mode` on its way, where its target is trustworthy.
  @Test(arguments: [
    ("https://api.other.example/x", nil as String?, "undetermined in request, possible", nil as String?),
    ("https://api.other.example/x", "connect-src 'self'", "undetermined in request, possible", "blocked-by-csp"),
    ("https://api.other.example/x", "img-src 'self'", "undetermined in request, possible", nil),
    ("http://api.other.example/x", nil, "undetermined in request, possible", "mixed-content"),
    ("https://api.other.example:6667/x", nil, "blocked CORSDidNotSucceed in response, inferred", "unsafe-port"),
  ])
  func `what Firefox refuses before the network, by its policies, is none of CORS' business`(
    url: String, policy: String?, line: String, cause: String?
  ) throws {
    var capture = Recording.firefox
    let policies = policy.map { [("Content-Security-Policy", $0)] } ?? []
    capture.add("GET", Self.page + "/", status: 200, response: policies) { $0.kind = .document }
    capture.answered(response: allowing(origin: Self.page))
    capture.add("GET", url, request: [Self.origin]) { $0.delivery = .notSent }
    let verdict = try #require(capture.verdicts.last)
    #expect(verdict.line == line)
    #expect(verdict.rootCause == cause)
  }

  @Test(arguments: [("https://elsewhere.example/", "aborted"), ("http://elsewhere.example/", "mixed-content")])
  func `a redirect that Chromium marks as given up was forbidden by the page's policy, or left`(
    location: String, cause: String
  ) throws {
    var capture = Recording.chromium
    let passing = allowing(origin: Self.page, credentials: "true") + [("Location", location)]
    capture.answered(status: 302, response: passing, failed: "net::ERR_ABORTED")
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.line == "undetermined in redirect, possible" && verdict.rootCause == cause)
  }

  @Test func `a redirect to where the page's policy forbids to go is refused by that in Firefox, headers unread`() {
    var capture = Recording.firefox
    capture.add(
      "GET", Self.page + "/", status: 200, response: [("Content-Security-Policy", "connect-src *.other.example")]
    ) {
      $0.kind = .document
    }
    capture.answered(status: 302, response: [("Location", "https://elsewhere.example/")])
    capture.answered(status: 302, response: [("Location", "https://www.other.example/")])
    #expect(
      capture.lines == [
        "undetermined in redirect, possible", "blocked CORSMissingAllowOrigin in redirect, inferred",
      ])
    #expect(capture.verdicts.first?.rootCause == "blocked-by-csp")
  }

  /// The worker may have made an error of it, or handed on the opaque answer to a request of its own.
  @Test(arguments: [Recording.chromium, .firefox])
  func `a request without a trace, of a page whose service worker answers others, is left open`(page: Recording) throws
  {
    var capture = page
    capture.answered(response: []) { ($0.servedByServiceWorker, $0.outcome) = (true, .succeeded) }
    capture.heldBack("GET")
    let verdict = try #require(capture.verdicts.last)
    #expect(verdict.decision == .undetermined)
    #expect(verdict.rootCause == "service-worker")

    // A worker gets what goes to the network alone.
    capture.add("GET", "file:///etc/hosts") { $0.delivery = .notSent }
    #expect(capture.verdicts.last?.reason == .requestNotHttp)
    #expect(capture.verdicts.last?.rootCause != "service-worker")

    var elsewhere = page
    elsewhere.answered(origin: "https://other.example", response: []) { $0.servedByServiceWorker = true }
    elsewhere.heldBack("GET")
    #expect(elsewhere.verdicts.last?.decision == .blocked)
  }

  @Test func `an opaque answer, stripped of its headers, is no failure`() {
    var capture = Recording.chromium
    capture.add("GET", status: 200) {
      $0.delivery = .provisional
      $0.request.coverage = .only([])
    }
    #expect(capture.lines == [])
  }

  @Test(arguments: [
    ([], [String]()), ([Self.origin], ["blocked CORSAllowOriginNotMatchingOrigin in response, certain"]),
  ])
  func `an answer that nobody may read, of a request without an origin, is no failure`(
    request: [(String, String)], lines: [String]
  ) {
    // Hosts that are not trusted get no Sec-Fetch-Mode.
    var capture = Recording.chromium
    capture.add("HEAD", status: 200, request: request, response: allowing(origin: "https://b.example")) {
      $0.outcome = .failed("net::ERR_ABORTED")
    }
    #expect(capture.lines == lines)
  }

  // MARK: - The browser's own revalidation

  /// Rows 121 and 122: a 304 answers the cache, and its headers are merged into what the cache holds.
  @Test func `a 304 without the header may inherit the cached one`() throws {
    for recording in [Recording.firefox, .proxy] {
      var capture = recording
      capture.preflight(response: allowing(origin: Self.page, methods: "PUT"))
      capture.answered(
        status: 304, request: [("If-None-Match", "\"1\""), ("User-Agent", UserAgent.firefox)], response: [])
      let verdict = try #require(capture.verdicts.last)
      #expect(verdict.decision == .undetermined, "\(recording.profile.format)")
      #expect(verdict.candidates.first == .missingAllowOrigin)
    }
  }

  // MARK: - The rare reasons

  @Test(arguments: ["file:///etc/hosts", "ftp://files.example/x", "custom:thing", "chrome://settings/"])
  func `a scheme that is not HTTP's`(url: String) throws {
    var capture = Recording.chromium
    capture.heldBack("GET", url)
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.line == "blocked CORSRequestNotHttp in request, certain")
    #expect(verdict.chromiumError == .corsDisabledScheme)
  }

  @Test(arguments: [
    "net::ERR_CONNECTION_REFUSED", "net::ERR_NAME_NOT_RESOLVED", "net::ERR_CERT_AUTHORITY_INVALID",
    "net::ERR_CONNECTION_RESET", "net::ERR_UNSAFE_PORT", "net::ERR_INVALID_HTTP_RESPONSE", "net::ERR_TIMED_OUT",
  ])
  func `no answer at all, of the request or of its preflight`(words: String) {
    // Chromium shows no Origin of it: that the request was cross-origin is known from its page.
    var capture = Recording.chromium
    capture.heldBack("GET", failed: words)
    #expect(capture.lines == ["blocked CORSDidNotSucceed in response, inferred"])
    var preflighted = Recording.chromium
    preflighted.heldBack(failed: words)
    preflighted.preflight(status: nil) { $0.outcome = .failed(words) }
    #expect(preflighted.lines == ["blocked CORSDidNotSucceed in preflight, certain"])
  }

  @Test func `no answer, unmarked, is an inference`() throws {
    var capture = Recording.firefox
    capture.preflight(response: allowing(origin: Self.page, methods: "PUT"))
    capture.add("GET", request: [Self.origin, ("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Site", "cross-site")])
    #expect(capture.lines.last == "blocked CORSDidNotSucceed in response, inferred")
  }

  @Test func `a preflight answered by a redirect`() throws {
    var capture = Recording.firefox
    capture.preflight(status: 301, response: allowing(origin: Self.page, credentials: "true") + [("Location", "/x/")])
    capture.heldBack()
    // A page that asks for redirects unfollowed gets another reason.
    #expect(capture.lines == ["blocked CORSExternalRedirectNotAllowed in preflight, inferred"])
    var bare = Recording.chromium
    bare.heldBack()
    bare.preflight(status: 301, response: [("Location", "/x/")])
    let verdict = try #require(bare.verdicts.first)
    #expect(verdict.line == "blocked CORSExternalRedirectNotAllowed in preflight, certain")
    #expect(verdict.chromiumError == .preflightDisallowedRedirect)
  }

  @Test func `CORS switched off in Firefox: preflights are needed, and none is made`() throws {
    var capture = Recording.firefox
    capture.heldBack("PUT")
    capture.answered(response: allowing(origin: "*"))
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.line == "blocked CORSDisabled in request, inferred")
    capture.preflight(of: "DELETE", response: allowing(origin: Self.page, methods: "DELETE"))
    #expect(!capture.verdicts.map(\.reason).contains(.disabled))
  }

  @Test func `a CORS request that went out without Origin`() throws {
    var capture = Recording.chromium
    capture.add("GET", status: 200, request: [("Sec-Fetch-Mode", "cors"), ("Host", "api.other.example")]) {
      $0.outcome = .failed("net::ERR_FAILED")
    }
    #expect(capture.lines == ["blocked CORSOriginHeaderNotAdded in response, inferred"])
  }

  @Test func `provisional headers lack Origin, and prove nothing`() {
    var capture = Recording.chromium
    capture.heldBack("GET")
    #expect(!capture.verdicts.map(\.reason).contains(.originHeaderNotAdded))
    #expect(capture.verdicts.map(\.decision) == [.blocked])
    #expect(capture.verdicts.map(\.certainty) == [.possible])
  }

  /// Without Fetch Metadata a POST may be a no-cors one, which carries `Origin` too: what is said of it is no more than possible.
  @Test(arguments: ["POST"]) func `a mode that nothing records is never certain`(method: String) {
    var capture = Recording.proxy
    capture.add(method, status: 200, request: [Self.origin, ("User-Agent", UserAgent.firefox)]) { $0.kind = .unknown }
    #expect(capture.lines == ["undetermined in response, possible of CORSMissingAllowOrigin"])
  }
}
