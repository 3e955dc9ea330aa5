import Correlator
import Evidence
import Testing

/// Requests without an answer, and what their recorders' marks tell of them.
struct UnansweredTests {
  @Test(arguments: ["about:blank", "javascript:1", "wss://b.example/x", "moz-extension://x/y"])
  func `one that is none of a page's own, where Chromium marks it as it does what CORS refused`(url: String) {
    for mark in ["net::ERR_FAILED", "net::ERR_INVALID_URL"] {
      var capture = Recording.chromium
      capture.heldBack("GET", url, failed: mark) { $0.kind = .xhr }
      #expect(capture.lines == (mark == "net::ERR_FAILED" ? ["blocked CORSRequestNotHttp in request, certain"] : []))
    }
  }

  @Test(arguments: [true, false])
  func `an image's of another scheme ran under CORS where it has an origin`(hasOrigin: Bool) {
    var capture = Recording.chromium
    capture.heldBack("GET", "custom:x", request: hasOrigin ? [("Origin", Recording.page)] : []) { $0.kind = .image }
    #expect(capture.lines == (hasOrigin ? ["blocked CORSRequestNotHttp in request, certain"] : []))
  }

  @Test func `where a server gave a proxy no answer, the browser may have got the proxy's`() throws {
    var capture = Recording.proxy
    capture.answered(response: [], failed: "server closed connection") { $0.status = nil }
    capture.preflight(status: nil) { $0.outcome = .failed("[Errno 111] Connection refused") }
    let lines = ["response", "preflight"].map {
      "blocked CORSDidNotSucceed in \($0), possible of CORSDidNotSucceed CORSMissingAllowOrigin"
    }
    #expect(capture.lines == lines)
    #expect(capture.verdicts.map(\.rootCause) == ["connection-trouble", "connection-trouble"])
  }

  @Test func `a client that left its proxy was refused nothing`() throws {
    var capture = Recording.proxy
    capture.answered(response: [], failed: "Client disconnected.") { $0.status = nil }
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.line == "undetermined, possible" && verdict.rootCause == "aborted")
  }

  @Test(arguments: [204, nil])
  func `no answer and no mark, of a recorder that sets them, is a request under way`(preflight: Int?) throws {
    var capture = Recording.chromium
    capture.heldBack { $0.outcome = .succeeded }
    capture.preflight(
      status: preflight, response: preflight == nil ? [] : allowing(origin: Recording.page, methods: "PUT"))
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.line == "undetermined, possible" && verdict.says("answer", "under way"))
    #expect(capture.outputs.preflights.map(\.outcome) == [.undetermined])
  }

  /// DevTools and Firefox show the request that a preflight held back: one without was hidden by a filter.
  @Test(arguments: [
    (Recording.chromium, "undetermined in preflight, possible of CORSNotSupportingCredentials"),
    (.firefox, "undetermined in preflight, possible of CORSNotSupportingCredentials"),
    (.proxy, "blocked CORSNotSupportingCredentials in preflight, possible"),
  ])
  func `a preflight alone is a suspicion only where its request would not have been shown`(
    recording: Recording, line: String
  ) throws {
    var capture = recording
    capture.preflight(response: allowing(origin: "*", methods: "PUT"))
    capture.add("GET", Recording.page + "/later") { $0.startedAt = 9_000_000 }
    #expect(capture.lines.first == line)
    #expect(
      try #require(capture.verdicts.first).says("follow-up", "a filter hid it")
        == (recording.profile.recorder != .proxy))
  }

  @Test func `where failures are left out, a request that is missing may have failed by its own answer`() throws {
    var capture = Recording.chromium
    capture.profile.marksOutcome = false
    capture.preflight(response: allowing(origin: Recording.page, credentials: "true", methods: "PUT"))
    capture.add("GET", Recording.page + "/later") { $0.startedAt = 9_000_000 }
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.decision == .undetermined && verdict.candidates.contains(.missingAllowOrigin))
  }

  @Test func `without marks, what Chromium shows no answer of may have been refused`() throws {
    var capture = Recording.chromium
    capture.profile.marksOutcome = false
    capture.heldBack("GET")
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.decision == .blocked && verdict.certainty == .possible)
    #expect(verdict.candidates.contains(.missingAllowOrigin) && verdict.candidates.contains(.didNotSucceed))
  }

  /// mitmproxy lists an answer of which the body never came, and tells the browser of a bad gateway.
  @Test(arguments: [
    (
      allowing(origin: Recording.page, credentials: "true"),
      "undetermined in response, possible of CORSMissingAllowOrigin"
    ),
    (
      allowing(origin: "https://b.example"),
      "blocked CORSMissingAllowOrigin in response, possible of CORSMissingAllowOrigin CORSAllowOriginNotMatchingOrigin"
    ),
    ([], "blocked CORSMissingAllowOrigin in response, certain"),
  ])
  func `what a proxy may have kept back is not what its browser got`(response: [(String, String)], line: String) throws
  {
    var capture = Recording.proxy
    capture.answered(response: response) { $0.mayBeWithheld = true }
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.line == line)
    #expect(verdict.says("body", "kept the answer back") == (verdict.certainty != .certain))
  }

  @Test func `nor is a preflight's answer`() {
    var capture = Recording.proxy
    capture.preflight(response: allowing(origin: Recording.page, credentials: "true", methods: "PUT")) {
      $0.mayBeWithheld = true
    }
    #expect(
      capture.lines == ["undetermined in preflight, possible of CORSMissingAllowOrigin CORSPreflightDidNotSucceed"])
  }
}
