import Correlator
import Evidence
import Fetch
import Testing

/// What looks the same in a recording, and is not to Firefox.
struct UnfitModuleTests {
  /// In Firefox a module script fails with a 204 whatever its answer allows; a classic one passes, and looks the same.
  @Test(
    arguments: [
      (.script, 204, "text/javascript", false), (.script, 200, "text/javascript", true),
      (.script, 200, "application/x-JavaScript; charset=utf-8", true), (.script, 200, "text/html", false),
      (.script, 404, "application/json", false), (.script, 200, nil, false), (.fetch, 204, nil, true),
      (.fetch, 200, "text/html", true), (.stylesheet, 204, nil, true), (.stylesheet, 200, "Text/CSS", true),
      (.stylesheet, 404, "text/html", false),
    ] as [(ResourceKind, Int, String?, Bool)])
  func `a script without content, or of another type, may be a module, and a style sheet of another type be unread`(
    kind: ResourceKind, status: Int, type: String?, isCertain: Bool
  ) {
    for (origin, decision, open) in [
      (
        "https://b.example", "blocked CORSAllowOriginNotMatchingOrigin",
        "possible of CORSAllowOriginNotMatchingOrigin CORSDidNotSucceed"
      ), (Recording.page, "allowed", "inferred"),
    ] {
      var capture = Recording.firefox
      capture.preflight(response: allowing(origin: Recording.page, methods: "PUT"))
      let types = type.map { [("Content-Type", $0)] } ?? []
      capture.answered(status: status, response: allowing(origin: origin, credentials: "true") + types) {
        $0.kind = kind
      }
      #expect(capture.lines.last == "\(decision) in response, \(isCertain ? "certain" : open)")
    }
  }
}
