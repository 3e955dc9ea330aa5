import Correlator
import Evidence
import Fetch
import Testing

/// Answers out of the browser's HTTP cache: an image loaded without CORS leaves a copy that a fetch of it then gets.
struct CachedAnswerTests {
  /// An image, and then a fetch of which Chromium shows nothing.
  static func bare(_ answer: [(String, String)], after change: (inout Recording) -> Void = { _ in }) -> Verdict? {
    var capture = Recording.chromium
    capture.add("GET", status: 200, request: [("Sec-Fetch-Mode", "no-cors")], response: answer) { $0.kind = .image }
    change(&capture)
    capture.heldBack("GET")
    return capture.verdicts.last
  }

  @Test(arguments: [
    ([], "blocked CORSMissingAllowOrigin in response, inferred", "cache-without-vary"),
    (
      [("Access-Control-Allow-Origin", "https://b.example")],
      "blocked CORSAllowOriginNotMatchingOrigin in response, inferred", "cache-without-vary"
    ),
  ])
  func `Chromium shows no answer out of its cache that CORS refuses: the one it kept tells why`(
    answer: [(String, String)], line: String, cause: String
  ) throws {
    let verdict = try #require(Self.bare(answer))
    #expect(verdict.line == line)
    #expect(verdict.rootCause == cause)
    #expect(verdict.status == nil)
    #expect(verdict.says("answer", "entry 1"))
  }

  @Test(arguments: [
    [("Cache-Control", "no-store")], [("Vary", "Accept, Origin")], allowing(origin: Recording.page),
  ])
  func `an answer that was not kept, or passes, explains nothing`(answer: [(String, String)]) throws {
    let verdict = try #require(Self.bare(answer))
    #expect(verdict.certainty == .possible)
    #expect(verdict.rootCause == nil)
  }

  @Test func `nor does one that never came whole`() throws {
    let verdict = try #require(Self.bare([]) { $0.exchanges[0].outcome = .failed("net::ERR_ABORTED") })
    #expect(verdict.rootCause == nil)
  }

  @Test func `a page's service worker may have refused it instead`() throws {
    let verdict = try #require(
      Self.bare([]) {
        $0.answered("GET", Recording.api + "/y", response: []) { $0.servedByServiceWorker = true }
      })
    #expect(verdict.line == "blocked CORSMissingAllowOrigin in response, possible")
    #expect(verdict.rootCause == "cache-without-vary")
  }

  @Test func `the latest answer is the one that was kept`() throws {
    let verdict = try #require(
      Self.bare([]) {
        $0.answered(response: [("Access-Control-Allow-Origin", "https://b.example")]) { $0.kind = .image }
      })
    #expect(verdict.reason == .allowOriginNotMatchingOrigin)
  }

  @Test(arguments: [(nil as String?, "cache-without-vary"), (Recording.page, "no-cors-headers")])
  func `a copy that was made for the same origin is no other's`(origin: String?, cause: String) throws {
    var capture = Recording.firefox
    capture.preflight(of: "PUT", Recording.api + "/y", response: allowing(origin: Recording.page, methods: "PUT"))
    capture.add("GET", status: 200, request: origin.map { [("Origin", $0)] } ?? [])
    capture.answered(response: []) { $0.fromCache = true }
    let verdict = try #require(capture.verdicts.last)
    #expect(verdict.reason == .missingAllowOrigin)
    #expect(verdict.rootCause == cause)
  }
}
