import Correlator
import Evidence
import Fetch
import Testing

/// Who is bound by CORS, and which of their requests: what an exporter that marks nothing leaves to be told by the request alone.
struct BoundByCORSTests {
  // MARK: - Extensions

  static let extensions = ["chrome-extension://abc", "moz-extension://4c1a-77", "safari-web-extension://9F"]

  @Test(arguments: extensions) func `an extension may have a permission for the host`(origin: String) throws {
    for recording in [Recording.proxy, .firefox] {
      var capture = recording
      capture.answered(origin: origin, response: [])
      let verdict = try #require(capture.verdicts.first)
      #expect(verdict.line == "undetermined in response, possible of CORSMissingAllowOrigin")
      #expect(verdict.says("origin", "an extension's"))
    }
  }

  @Test(arguments: extensions) func `an extension that had to ask leave has none`(origin: String) {
    var capture = Recording.proxy
    capture.preflight(origin: origin, response: allowing(origin: origin, methods: "PUT"))
    capture.answered("PUT", origin: origin, response: [])
    #expect(capture.lines == ["blocked CORSMissingAllowOrigin in response, certain"])
  }

  @Test(arguments: extensions) func `an extension's request that its browser marks was refused`(origin: String) {
    var capture = Recording.chromium
    capture.answered(origin: origin, response: [], failed: "net::ERR_FAILED")
    #expect(capture.lines == ["blocked CORSMissingAllowOrigin in response, certain"])
  }

  // MARK: - Programs

  static let programs = ["curl/8.5.0", "okhttp/4.12.0", "python-requests/2.31", "PostmanRuntime/7.36"]

  @Test(arguments: programs) func `a program that a proxy recorded is bound by nothing`(agent: String) {
    var capture = Recording.proxy
    for method in ["GET", "POST", "PUT"] {
      capture.add(
        method, status: 200,
        request: [("Origin", Recording.page), ("Host", "api.other.example"), ("User-Agent", agent)])
    }
    capture.preflight { $0.request.list.append(name: "User-Agent", value: agent) }
    #expect(capture.lines == [])
  }

  @Test(arguments: programs) func `a page's own text for the user agent makes no program of its browser`(agent: String)
  {
    var capture = Recording.proxy
    capture.answered(request: [("User-Agent", agent)], response: [])
    #expect(capture.lines == ["blocked CORSMissingAllowOrigin in response, certain"])
  }

  /// A program that sends what a browser would, its user agent too: nobody refused it anything.
  @Test(arguments: [nil, Recording.page]) func `what an exporter that is no browser's recorded is never certain`(
    allowed: String?
  ) throws {
    var capture = Recording.proxy
    capture.profile.isBrowserTraffic = false
    capture.answered(
      request: [("User-Agent", UserAgent.chromium)], response: allowing(origin: allowed, credentials: "true"))
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.certainty == .inferred && verdict.says("client", "no browser"))
  }

  // MARK: - Answers that are not the last

  @Test(
    arguments: [
      (103, nil, true), (407, nil, true), (421, nil, true), (425, nil, true), (401, "Negotiate", true),
      (401, "ntlm", true), (401, "Basic realm=x", false), (401, nil, false), (403, nil, false),
    ] as [(Int, String?, Bool)])
  func `what the network asks again after was refused by nobody, unless its browser marks it`(
    status: Int, challenge: String?, isOpen: Bool
  ) {
    let fields = challenge.map { [("WWW-Authenticate", $0)] } ?? []
    for (recording, mark) in [(Recording.proxy, nil), (.chromium, "net::ERR_FAILED")] as [(Recording, String?)] {
      var capture = recording
      capture.answered(status: status, response: fields, failed: mark)
      let decision = capture.verdicts.first?.decision
      #expect(decision == (isOpen && mark == nil ? .undetermined : .blocked))
    }
  }

  @Test(arguments: [(407, true), (421, true), (401, false)])
  func `of a preflight too, but for what it has no credentials for`(
    status: Int, isOpen: Bool
  ) {
    var capture = Recording.proxy
    capture.preflight(status: status, response: [("WWW-Authenticate", "Negotiate")])
    #expect(capture.verdicts.map(\.decision) == [isOpen ? .undetermined : .blocked])
  }

  @Test(arguments: [([], false), ([("Sec-Fetch-Storage-Access", "none")], true)] as [([(String, String)], Bool)])
  func `a server's challenge is met where credentials are included alone`(sent: [(String, String)], isOpen: Bool) {
    var capture = Recording.proxy
    capture.answered(
      status: 401, request: [("User-Agent", UserAgent.chromium)] + sent, response: [("WWW-Authenticate", "Negotiate")])
    #expect(capture.verdicts.map(\.decision) == [isOpen ? .undetermined : .blocked])
    // That they were not is no more than an inference.
    #expect(capture.verdicts.first?.certainty == (isOpen ? .possible : .inferred))
  }

  // MARK: - Schemes

  @Test(arguments: [("ftp://a.example/x", "certain"), ("blob:https://a.example/1", "inferred")])
  func `a blob that failed may have been gone`(url: String, certainty: String) {
    var capture = Recording.chromium
    capture.add("GET", url) { $0.outcome = .failed("net::ERR_FAILED") }
    #expect(capture.lines == ["blocked CORSRequestNotHttp in request, \(certainty)"])
  }

  // MARK: - The mode

  @Test func `a fetch without Sec-Fetch-Mode is under CORS for sure where only that sends an origin`() {
    var capture = Recording.proxy
    capture.add("GET", status: 200, request: [("Origin", Recording.page), ("Host", "api.other.example")])
    #expect(capture.lines == ["blocked CORSMissingAllowOrigin in response, certain"])
  }

  /// A form, a beacon and a fetch in mode `no-cors` carry an origin with a POST too, and nobody checks their answers.
  @Test(
    arguments: [
      ([], [], "undetermined in response, possible of CORSMissingAllowOrigin"),
      ([("Content-Type", "text/plain")], [], "undetermined in response, possible of CORSMissingAllowOrigin"),
      ([("Accept", "*/*")], [], "undetermined in response, possible of CORSMissingAllowOrigin"),
      // None of those can send this.
      ([("Content-Type", "application/json")], [], "blocked CORSMissingAllowOrigin in response, inferred"),
      ([("X-A", "1")], [], "blocked CORSMissingAllowOrigin in response, inferred"),
      // Who says what to accept wants to read it, and a server that names an origin expects to be asked.
      ([("Accept", "application/json")], [], "blocked CORSMissingAllowOrigin in response, inferred"),
      ([], allowing(origin: "https://c.example"), "blocked CORSAllowOriginNotMatchingOrigin in response, inferred"),
      (
        [], allowing(origin: "*", credentials: "true"),
        "undetermined in response, possible of CORSNotSupportingCredentials"
      ),
    ] as [([(String, String)], [(String, String)], String)])
  func `a POST that may be none of CORS' business is left open`(
    request: [(String, String)], response: [(String, String)], line: String
  ) {
    var capture = Recording.proxy
    capture.add(
      "POST", status: 200, request: [("Origin", Recording.page), ("Host", "api.other.example")] + request,
      response: response)
    #expect(capture.lines == [line])
  }

  @Test(arguments: [
    (Recording.page, "blocked CORSMissingAllowOrigin in response, inferred"),
    ("https://c.example", "undetermined in response, possible of CORSMissingAllowOrigin"),
  ])
  func `but not where its page asked the same endpoint under CORS`(origin: String, line: String) {
    var capture = Recording.proxy
    let allowed = allowing(origin: origin, headers: "x-a")
    capture.preflight(of: "POST", Recording.api + "/7", origin: origin, names: "x-a", response: allowed)
    capture.answered("POST", Recording.api + "/7", origin: origin, request: [("X-A", "1")], response: allowed)
    capture.add("POST", Recording.api + "/8", status: 200, request: [("Origin", Recording.page)])
    #expect(capture.lines.last == line)
  }

  @Test(arguments: ["application/csp-report", "application/expect-ct-report+json; charset=utf-8"])
  func `a browser's own report is no page's`(type: String) {
    var capture = Recording.proxy
    capture.add("POST", status: 204, request: [("Origin", Recording.page), ("Content-Type", type)])
    #expect(capture.lines == [])
  }

  // MARK: - Apps

  static let apps = ["capacitor://localhost", "ionic://localhost", "tauri://localhost", "app://bundle", "file://"]

  /// WKWebView lets no app switch CORS off, but for files; Electron, Android's view and a client of the app's own do.
  @Test(arguments: apps) func `an app's own page is bound by CORS as far as its shell has it`(origin: String) throws {
    for (agent, line) in [
      (UserAgent.webView, "blocked CORSMissingAllowOrigin in response, inferred"),
      (UserAgent.chromium, "undetermined in response, possible of CORSMissingAllowOrigin"),
    ] {
      var capture = Recording.proxy
      capture.answered(origin: origin, request: [("User-Agent", agent)], response: [])
      let verdict = try #require(capture.verdicts.first)
      let isOpen = origin == "file://"
      #expect(isOpen ? verdict.decision == .undetermined : verdict.line == line)
      #expect(verdict.says("origin", "an app's own page"))
    }
  }

  @Test(arguments: apps) func `where no user agent tells the view, the schemes of iOS do`(origin: String) {
    var capture = Recording.proxy
    capture.answered(origin: origin, response: [])
    let isOfIOS = origin.hasPrefix("capacitor:") || origin.hasPrefix("ionic:")
    #expect(capture.verdicts.map(\.decision) == [isOfIOS ? .blocked : .undetermined])
    var asking = Recording.proxy
    asking.preflight(origin: origin, response: [])
    #expect(asking.verdicts.map(\.certainty) == [.inferred])
  }

  @Test(arguments: apps) func `what passes, passes whatever its shell is`(origin: String) {
    var capture = Recording.proxy
    capture.answered(origin: origin, response: allowing(origin: origin, credentials: "true"))
    #expect(capture.lines == ["allowed in response, certain"])
  }

  @Test(arguments: apps) func `that it asked leave shows that it is bound, though Electron's may write answers anew`(
    origin: String
  ) {
    for (agent, certainty) in [(UserAgent.webView, "certain"), (UserAgent.chromium, "inferred")] {
      var capture = Recording.proxy
      let passing = allowing(origin: origin, credentials: "true", methods: "PUT")
      capture.preflight(origin: origin, response: passing)
      capture.answered("PUT", origin: origin, request: [("User-Agent", agent)], response: [])
      #expect(capture.lines == ["blocked CORSMissingAllowOrigin in response, \(certainty)"])
    }
  }

  @Test(arguments: apps) func `what its browser marks as refused was refused`(origin: String) {
    var capture = Recording.chromium
    capture.answered(origin: origin, response: [], failed: "net::ERR_FAILED")
    #expect(capture.lines == ["blocked CORSMissingAllowOrigin in response, certain"])
  }

  @Test func `a fetch that was sent without an origin, all its headers recorded, is not`() {
    var capture = Recording.proxy
    capture.add("GET", status: 200, request: [("Host", "api.other.example"), ("Referer", Recording.page + "/")])
    #expect(capture.lines == [])
  }

  // MARK: - The network

  @Test(arguments: [
    "net::ERR_INCOMPLETE_CHUNKED_ENCODING", "net::ERR_CONNECTION_RESET", "net::ERR_HTTP2_PROTOCOL_ERROR",
    "net::ERR_CONTENT_LENGTH_MISMATCH",
  ])
  func `an answer that broke off had passed, with whichever credentials`(mark: String) throws {
    for origin in ["*", Recording.page] {
      var capture = Recording.chromium
      capture.answered(response: allowing(origin: origin), failed: mark)
      let verdict = try #require(capture.verdicts.first)
      #expect(verdict.decision == .undetermined && verdict.rootCause == "connection-trouble")
    }
  }

  @Test func `an answer that cannot have passed is refused, whatever else befell it`() {
    var capture = Recording.chromium
    capture.answered(response: [], failed: "net::ERR_CONNECTION_RESET")
    #expect(capture.verdicts.map(\.reason) == [.missingAllowOrigin])
  }

  // MARK: - The browser's own headers

  /// The list of a user of many languages is longer than what is safelisted.
  @Test func `languages ask for no preflight, however many a user reads`() {
    let languages = (0..<30).map { "x\($0);q=0.5" }.joined(separator: ", ")
    var capture = Recording.firefox
    for _ in 0..<2 {
      capture.add(
        "GET",
        request: [
          ("Origin", Recording.page), ("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Site", "cross-site"),
          ("Accept-Language", languages),
        ]
      ) { $0.delivery = .notSent }
    }
    #expect(capture.verdicts.map(\.reason) == [.didNotSucceed, .didNotSucceed])
  }
}
