import Correlator
import Evidence
import Fetch
import Testing

/// What a cookie that did not travel to the page's own site tells of the credentials mode.
struct CookieEvidenceTests {
  /// One host of a site may set a cookie for all.
  @Test(arguments: [
    (["ask", "carry"], "allowed in response, inferred"), (["set", "ask", "carry"], "allowed in response, inferred"),
    (["ask", "carry", "set"], "allowed in response, inferred"),
    (["carry", "set", "ask"], "allowed in response, inferred"),
    (["ask", "set", "carry"], "undetermined in response, possible of CORSNotSupportingCredentials"),
    (["set", "ask", "set", "carry"], "undetermined in response, possible of CORSNotSupportingCredentials"),
    (["set", "ask"], "undetermined in response, possible of CORSNotSupportingCredentials"),
  ])
  func `a cookie that may have been set only later tells nothing`(steps: [String], line: String) throws {
    var capture = Recording.firefox
    let api = "https://api.app.example/x"
    let site = [("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Site", "same-site"), ("Origin", Recording.page)]
    capture.preflight(response: allowing(origin: Recording.page, methods: "PUT"))
    for step in steps {
      switch step {
      case "set":
        capture.add(
          "GET", "https://login.app.example/", status: 200, response: [("Set-Cookie", "a=1; Domain=app.example")])
      case "carry":
        let allowed = allowing(origin: Recording.page, credentials: "true")
        capture.add("GET", api, status: 200, request: site + [("Cookie", "a=1")], response: allowed) {
          $0.cookieSent = .recorded(true)
        }
      default:
        capture.add("GET", api + "/asked", status: 200, request: site, response: allowing(origin: "*")) {
          $0.cookieSent = .recorded(false)
        }
      }
    }
    let verdict = try #require(capture.verdicts.first { $0.url.hasSuffix("/asked") })
    #expect(verdict.line == line)
  }
}
