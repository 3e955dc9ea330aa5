import Correlator
import Evidence
import Testing

/// Redirects to where no request follows, and those that a page did not want to be followed.
struct UnfollowedRedirectTests {
  @Test(arguments: [
    ("ws://b.example/", "CORSRequestNotHttp", "CorsDisabledScheme"),
    ("wss://b.example/", "CORSRequestNotHttp", "CorsDisabledScheme"),
    ("ftp://b.example/", "CORSRequestNotHttp", "CorsDisabledScheme"),
    ("javascript:1", "CORSRequestNotHttp", "CorsDisabledScheme"),
    ("custom:x", "CORSRequestNotHttp", "CorsDisabledScheme"),
    ("file:///x", "CORSDidNotSucceed", nil), ("about:blank", "CORSDidNotSucceed", nil),
    ("blob:https://a.example/x", "CORSDidNotSucceed", nil),
    ("https://u@b.example/", "CORSDidNotSucceed", "RedirectContainsCredentials"),
  ])
  func `103: Chromium's network refuses some schemes itself, and CORS those of the others that are not HTTP's`(
    location: String, reason: String, error: String?
  ) throws {
    var capture = Recording.chromium
    RedirectChainTests.hop(
      &capture, RedirectChainTests.a, to: location, response: allowing(origin: Recording.page, credentials: "true"),
      failed: error != "CorsDisabledScheme")
    if error == "CorsDisabledScheme" { capture.heldBack("GET", location) }
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.line == "blocked \(reason) in redirect, certain" && verdict.chromiumError?.rawValue == error)
    #expect(verdict.rootCause == "redirect-target-unusable")
  }

  @Test
  func `103: a redirect to another scheme is one failure, though Chromium shows where it led as an entry of its own`() {
    var capture = Recording.chromium
    RedirectChainTests.hop(
      &capture, RedirectChainTests.a, to: "ftp://b.example/",
      response: allowing(origin: Recording.page, credentials: "true"))
    // Without it the page may have wanted the redirect as it is.
    #expect(capture.lines == ["blocked CORSRequestNotHttp in redirect, inferred"])
    capture.heldBack("GET", "ftp://b.example/")
    #expect(capture.lines == ["blocked CORSRequestNotHttp in redirect, certain"])
  }

  @Test(arguments: [("https://b.example:25/", "blocked CORSDidNotSucceed"), ("https://b.example/", "allowed")])
  func `a redirect to a bad port is refused, and a proxy never sees where it led`(location: String, line: String) {
    var capture = Recording.proxy
    RedirectChainTests.hop(
      &capture, RedirectChainTests.a, to: location, response: allowing(origin: Recording.page, credentials: "true"))
    #expect(capture.lines.first?.hasPrefix(line + " in redirect") == true)
  }

  @Test func `a redirect that a proxy's recording does not show to be followed may have been an error to its page`() {
    var capture = Recording.proxy
    let readable = allowing(origin: Recording.page, credentials: "true")
    RedirectChainTests.hop(&capture, RedirectChainTests.a, to: RedirectChainTests.b, response: readable)
    #expect(capture.lines == ["allowed in redirect, inferred"])
    RedirectChainTests.hop(&capture, RedirectChainTests.b, to: RedirectChainTests.a, origin: "null", response: readable)
    #expect(capture.lines.first == "allowed in redirect, certain")
  }

  /// Recorded from Firefox 153, whose policies look at a redirect before CORS does.
  @Test(arguments: ["https://c.example", Recording.page])
  func `a secure page's redirect to http fails in Firefox unread`(allowed: String) throws {
    var capture = Recording.firefox
    capture.preflight(response: allowing(origin: Recording.page, methods: "PUT"))
    RedirectChainTests.hop(
      &capture, RedirectChainTests.a, to: "http://b.example/", response: allowing(origin: allowed, credentials: "true"))
    let verdict = try #require(capture.verdicts.last)
    #expect(verdict.line == "blocked CORSDidNotSucceed in redirect, inferred" && verdict.rootCause == "mixed-content")
  }

  @Test func `a redirect that leads nowhere is refused to a page that asked for an error, and nothing marks it`() {
    var capture = Recording.firefox
    capture.preflight(response: allowing(origin: Recording.page, methods: "PUT"))
    capture.answered(status: 302, response: allowing(origin: Recording.page, credentials: "true"))
    #expect(capture.lines.last == "allowed in response, inferred")
  }

  @Test(arguments: ["https://u:p@b.example/", "ftp://b.example/", "data:,x"])
  func `106: Chromium's page too, where a recorder marks nothing`(location: String) throws {
    var capture = Recording.proxy
    capture.answered(
      status: 302, request: [("User-Agent", UserAgent.chromium)],
      response: allowing(origin: Recording.page, credentials: "true") + [("Location", location)])
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.decision == .blocked && verdict.certainty == .inferred)
    #expect(verdict.says("redirect mode", "assumed"))
  }

  /// Chromium marks the next hop, and the redirect itself only where the page wanted an error.
  @Test(arguments: ["ftp://b.example/", "custom:x", "https://b.example/"])
  func `106: one whose next hop was given up unsent is what a page gets that wants none followed`(location: String) {
    var capture = Recording.chromium
    RedirectChainTests.hop(
      &capture, RedirectChainTests.a, to: location, response: allowing(origin: Recording.page, credentials: "true"))
    capture.heldBack("GET", location, failed: "net::ERR_ABORTED")
    #expect(capture.lines.first == "allowed in redirect, certain")
    #expect(capture.verdicts.allSatisfy { $0.decision != .blocked })
  }

  @Test func `106: of one to another scheme Chromium shows a placeholder instead of the hop`() {
    var capture = Recording.chromium
    for (location, shown) in [("ftp://b.example/", "data:,"), ("ftp://b.example/", "ftp://b.example/")] {
      RedirectChainTests.hop(
        &capture, RedirectChainTests.a, to: location, response: allowing(origin: Recording.page, credentials: "true"))
      capture.heldBack("GET", shown, failed: shown == location ? "net::ERR_FAILED" : "net::ERR_ABORTED")
    }
    #expect(
      capture.lines == ["allowed in redirect, certain", "blocked CORSRequestNotHttp in redirect, certain"])
  }

  @Test func `104: to another scheme, where it is the redirect that is marked, the page wanted an error`() {
    var capture = Recording.chromium
    RedirectChainTests.hop(
      &capture, RedirectChainTests.a, to: "ftp://b.example/",
      response: allowing(origin: Recording.page, credentials: "true"), failed: true)
    #expect(capture.verdicts.map(\.decision) == [.undetermined])
  }
}
