import Correlator
import Evidence
import Fetch
import Testing

/// What tells whether a request had credentials, where no cookie was recorded.
struct CredentialsModeTests {
  static let page = Recording.page

  @Test(arguments: [("Cookie", "a=1"), ("Sec-Fetch-Storage-Access", "none")])
  func `what only a credentialed request carries is as good as a record of its mode`(name: String, value: String) throws
  {
    var capture = Recording.proxy
    capture.answered(request: [(name, value), ("User-Agent", UserAgent.firefox)], response: allowing(origin: "*"))
    #expect(capture.lines == ["blocked CORSNotSupportingCredentials in response, certain"])
  }

  @Test func `a browser that would have said so, and did not, sent no credentials`() throws {
    var capture = Recording.firefox
    capture.preflight(response: allowing(origin: Self.page, methods: "PUT"))
    capture.answered(request: [("User-Agent", UserAgent.firefox)], response: allowing(origin: "*"))
    let verdict = try #require(capture.verdicts.last)
    #expect(verdict.line == "allowed in response, inferred")
    #expect(verdict.says("credentials mode", "no sec-fetch-storage-access"))
  }

  @Test(arguments: [
    ("none", "image", "allowed in response, inferred"),
    (nil, "image", "undetermined in response, possible of CORSNotSupportingCredentials"),
    (nil, "empty", "allowed in response, inferred"),
  ])
  func `a browser that blocks other sites' cookies does not say so, which its elements' requests show`(
    access: String?, destination: String, line: String
  ) {
    var capture = Recording.firefox
    capture.preflight(response: allowing(origin: Self.page, methods: "PUT"))
    let element = [("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Dest", destination)]
    capture.add(
      "GET", "https://pictures.example/", status: 200,
      request: element + (access.map { [("Sec-Fetch-Storage-Access", $0)] } ?? []))
    capture.answered(request: [("User-Agent", UserAgent.firefox)], response: allowing(origin: "*"))
    #expect(capture.lines.last == line)
  }

  @Test func `an older browser would not have said so`() {
    var capture = Recording.firefox
    capture.preflight(response: allowing(origin: Self.page, methods: "PUT"))
    let old = UserAgent.firefox.replacing("153", with: "128")
    capture.answered(request: [("User-Agent", old)], response: allowing(origin: "*"))
    #expect(capture.lines.last == "undetermined in response, possible of CORSNotSupportingCredentials")
  }

  @Test(arguments: [
    (ResourceKind.font, "allowed in response, inferred"),
    (.ping, "blocked CORSNotSupportingCredentials in response, inferred"),
    (.fetch, "undetermined in response, possible of CORSNotSupportingCredentials"),
  ])
  func `fonts never, beacons always`(kind: ResourceKind, line: String) {
    var capture = Recording.firefox
    capture.preflight(response: allowing(origin: Self.page, methods: "PUT"))
    capture.answered(response: allowing(origin: "*")) { $0.kind = kind }
    #expect(capture.lines.last == line)
  }

  @Test func `a font of which nothing sent is shown may have been preloaded with credentials`() throws {
    var capture = Recording.chromium
    capture.heldBack("GET") { $0.kind = .font }
    #expect(try #require(capture.verdicts.first).candidates.contains(.notSupportingCredentials))
  }

  @Test func `a preflight that passes only without credentials, and was followed`() throws {
    var capture = Recording.firefox
    capture.preflight(response: allowing(origin: Self.page, methods: "*"))
    capture.answered("PUT", response: allowing(origin: "*"))
    let verdict = try #require(capture.verdicts.first)
    #expect(verdict.line == "allowed in response, inferred")
    #expect(verdict.says("credentials mode", "not include"))
  }

  @Test func `the host's cookie that did not travel`() {
    var capture = Recording.firefox
    let same = "https://api.app.example/x"
    let site = [("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Site", "same-site"), ("Origin", Self.page)]
    capture.preflight(response: allowing(origin: Self.page, methods: "PUT"))
    capture.add(
      "GET", same, status: 200, request: site + [("Cookie", "a=1")],
      response: allowing(origin: Self.page, credentials: "true")
    ) {
      $0.cookieSent = .recorded(true)
    }
    capture.add("GET", same, status: 200, request: site, response: allowing(origin: "*")) {
      $0.cookieSent = .recorded(false)
    }
    #expect(capture.lines.suffix(2) == ["allowed in response, certain", "allowed in response, inferred"])
  }
}
