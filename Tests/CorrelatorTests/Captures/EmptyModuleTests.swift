import Correlator
import Evidence
import Fetch
import Testing

/// What looks the same in a recording, and is not to Firefox.
struct EmptyModuleTests {
  /// In Firefox a module script fails with a 204 whatever its answer allows; a classic one passes, and looks the same.
  @Test(arguments: [
    (ResourceKind.script, 204, "inferred"), (.script, 200, "certain"), (.fetch, 204, "certain"),
    (.stylesheet, 204, "certain"),
  ])
  func `a script without content may be a module`(kind: ResourceKind, status: Int, certainty: String) {
    for (origin, decision) in [
      ("https://b.example", "blocked CORSAllowOriginNotMatchingOrigin"), (Recording.page, "allowed"),
    ] {
      var capture = Recording.firefox
      capture.preflight(response: allowing(origin: Recording.page, methods: "PUT"))
      capture.answered(status: status, response: allowing(origin: origin, credentials: "true")) { $0.kind = kind }
      #expect(capture.lines.last == "\(decision) in response, \(certainty)")
    }
  }
}
