import Correlator
import Evidence
import Fetch
import Testing

/// Hops after a redirect, as DevTools of Chromium and of Firefox leave them when they were not let through.
struct HopTests {
  static let page = Recording.page
  static let a = "https://a.example/x"
  static let b = "https://b.example/x"
  static let readable = allowing(origin: page, credentials: "true")

  @Test func `a hop that Chromium holds back lists nothing that the page set, and is its preflight's all the same`() {
    var capture = Recording.chromium
    capture.answered(
      "GET", Self.a, status: 302, request: [("X-A", "1")], response: Self.readable + [("Location", "/y")])
    capture.heldBack("GET", "https://a.example/y")
    capture.preflight(of: "GET", "https://a.example/y", names: "x-a", response: allowing(origin: Self.b))
    #expect(
      capture.lines == [
        "allowed in redirect, certain", "blocked CORSAllowOriginNotMatchingOrigin in preflight, certain",
      ])
    #expect(capture.outputs.preflights.map(\.outcome) == [.refused])
  }

  @Test(arguments: [
    (nil, "blocked CORSMissingAllowOrigin in redirect, inferred"),
    ("https://c.example", "blocked CORSAllowOriginNotMatchingOrigin in redirect, inferred"),
    // With any mode but include it had passed.
    (page, "blocked CORSMissingAllowCredentials in redirect, inferred"),
  ])
  func `a hop that Firefox made and never sent is no request: its redirect was refused`(
    origin: String?, line: String
  ) throws {
    var capture = Recording.firefox
    capture.answered("GET", Self.a, status: 302, response: allowing(origin: origin) + [("Location", Self.b)])
    capture.add("GET", Self.b, request: [("Referer", Self.page + "/")]) { $0.delivery = .notSent }
    #expect(capture.lines == [line])
  }

  @Test func `a hop that was made and never sent is a row where its redirect cannot have been refused`() {
    var capture = Recording.firefox
    capture.preflight(response: allowing(origin: Self.page, methods: "PUT"))
    capture.answered("GET", Self.a, status: 302, response: Self.readable + [("Location", "/y")])
    capture.add("GET", "https://a.example/y") { $0.delivery = .notSent }
    #expect(
      capture.lines.suffix(2) == [
        "allowed in redirect, certain", "blocked CORSDidNotSucceed in response, inferred",
      ])
  }

  @Test func `a redirect that Firefox followed passed, and what that tells of credentials holds for the hops after it`()
  {
    for (allowed, last) in [
      ("*", "allowed in response, inferred"), (Self.page, "undetermined in response, possible of"),
    ] {
      var capture = Recording.firefox
      let (first, next) = ("https://a.app.example/x", "https://a.app.example/y")
      capture.answered("GET", first, status: 302, origin: "https://b.app.example", response: [("Location", "/y")]) {
        let origin = allowed == "*" ? "*" : "https://b.app.example"
        $0.response.list.append(name: "Access-Control-Allow-Origin", value: origin)
        $0.response.list.append(name: "Access-Control-Allow-Credentials", value: "true")
      }
      capture.answered(
        "GET", next, origin: "https://b.app.example", response: allowing(origin: "https://b.app.example"))
      #expect(capture.lines.first?.hasPrefix("allowed in redirect") == true)
      #expect(capture.lines.last?.hasPrefix(last) == true)
    }
  }

  /// Firefox calls a redirect from one port of a host to another cross-site, and sends no `Sec-Fetch-Storage-Access` with it.
  @Test(arguments: [
    ("http://localhost:8101/y", "http://localhost:8100", "undetermined"),
    ("https://api.shop.test/y", "https://app.shop.test", "undetermined"),
    ("http://127.0.0.1:8101/y", "http://10.0.0.1", "allowed"),
    ("https://api.other.test/y", "https://app.shop.test", "allowed"),
  ])
  func `only to another site does a missing field tell of credentials`(url: String, origin: String, decision: String) {
    var capture = Recording.firefox
    capture.add(
      "GET", "https://elsewhere.test/", status: 200,
      request: [("Origin", origin), ("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Storage-Access", "none")],
      response: allowing(origin: origin, credentials: "true"))
    capture.answered("GET", url, origin: origin, response: allowing(origin: origin))
    #expect(capture.verdicts.last?.decision.rawValue == decision)
  }

  @Test func `what was seen outweighs what a missing field tells: workers of Firefox do not send it`() throws {
    var capture = Recording.firefox
    let agent = ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0")
    capture.heldBack(request: [agent])
    capture.preflight(response: allowing(origin: Self.page, credentials: "true, true", methods: "PUT"))
    #expect(capture.lines == ["blocked CORSMissingAllowCredentials in preflight, inferred"])
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.says("credentials mode", "include: with any other"))
  }

  @Test func `a worker's request in Chromium, whose preflight passes in one mode, may have been refused unseen`() {
    let passing = allowing(origin: Self.page, methods: "PUT")
    var page = Recording.chromium
    page.heldBack()
    page.preflight(response: passing)
    #expect(page.lines == ["blocked CORSMissingAllowCredentials in preflight, inferred"])
    var worker = Recording.chromium
    worker.heldBack { $0.hasPage = false }
    worker.preflight(response: passing)
    #expect(worker.lines.first?.hasPrefix("blocked CORSMissingAllowOrigin in response, possible of ") == true)
    #expect(worker.verdicts.first?.candidates.contains(.missingAllowCredentials) == true)
  }

  @Test func `where no entry names a page it may have been a page's or a worker's`() {
    var capture = Recording.chromium
    capture.heldBack { $0.hasPage = false }
    capture.preflight(response: allowing(origin: Self.page, methods: "PUT")) { $0.hasPage = false }
    #expect(capture.lines.first?.hasPrefix("blocked CORSMissingAllowCredentials in preflight, possible of ") == true)
    #expect(capture.verdicts.first?.candidates.contains(.missingAllowOrigin) == true)
  }

  @Test func `an answer that has lost its status, and names a target, is not said to pass for certain`() {
    var capture = Recording.firefox
    capture.preflight(response: allowing(origin: Self.page, methods: "PUT"))
    capture.answered("GET", Self.a, response: Self.readable + [("Location", "blob:x")]) { $0.status = nil }
    #expect(capture.lines.last == "allowed in response, inferred")
  }
}
