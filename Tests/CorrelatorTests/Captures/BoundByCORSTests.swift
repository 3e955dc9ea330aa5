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

  // MARK: - The mode

  /// In mode `no-cors` a POST carries an origin too, and nobody checks its answer.
  @Test(arguments: [("POST", "inferred"), ("GET", "certain")])
  func `a fetch without Sec-Fetch-Mode is under CORS for sure where only that sends an origin`(
    method: String, certainty: String
  ) {
    var capture = Recording.proxy
    capture.add(method, status: 200, request: [("Origin", Recording.page), ("Host", "api.other.example")])
    #expect(capture.lines == ["blocked CORSMissingAllowOrigin in response, \(certainty)"])
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
