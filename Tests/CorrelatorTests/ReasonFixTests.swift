import Correlator
import Testing
import Words

@Suite("A reason's fix") struct ReasonFixTests {
  static func context(_ change: (inout FixContext) -> Void = { _ in }) -> FixContext {
    var context = FixContext(
      origin: "https://app.test", targetOrigin: "https://api.test", method: "PUT", url: "https://api.test/items/7",
      status: 200, server: "nginx/1.27")
    change(&context)
    return context
  }

  static func fix(_ key: ReasonKey, _ change: (inout FixContext) -> Void = { _ in }) throws -> String {
    try #require(Reason.of(key)).fix(context(change)).english
  }

  @Test func `a missing Access-Control-Allow-Origin is to be added, on the answer that lacks it`() throws {
    #expect(
      try Self.fix(.missingAllowOrigin) {
        $0.inPreflight = true; $0.status = 204
      }
        == "On https://api.test (nginx/1.27), add Access-Control-Allow-Origin: https://app.test (and Vary: Origin) to the "
        + "answer to the preflight of PUT (204), which has no Access-Control-Allow-Origin.")
  }

  @Test func `where the log does not record the field, it is to be looked for first`() throws {
    #expect(
      try Self.fix(.missingAllowOrigin) {
        $0.inPreflight = true; $0.status = 204; $0.recordsAllowOrigin = false
      }
        == "On https://api.test (nginx/1.27), see whether the answer to the preflight of PUT (204) has "
        + "Access-Control-Allow-Origin: https://app.test (and Vary: Origin), and add it if not: it is not recorded.")
  }

  @Test func `a request with credentials needs Access-Control-Allow-Credentials beside it`() throws {
    let fix = try Self.fix(.missingAllowOrigin) {
      $0.credentials = true; $0.server = nil
    }
    #expect(fix.hasPrefix("On https://api.test, add Access-Control-Allow-Origin: https://app.test with "))
    #expect(fix.contains("Access-Control-Allow-Credentials: true"))
  }

  @Test func `another origin is to be replaced, and quoted`() throws {
    let fix = try Self.fix(.allowOriginNotMatchingOrigin) { $0.allowOrigin = "https://app.test/" }
    #expect(fix.hasSuffix("with the answer to PUT (200) instead of ‘https://app.test/’."))
    #expect(try Self.fix(.allowOriginNotMatchingOrigin) { $0.allowOrigin = "" }.hasSuffix("instead of an empty value."))
  }

  @Test func `a method that is not listed is to be listed, beside what is`() throws {
    #expect(
      try Self.fix(.methodNotFound) {
        $0.allowMethods = "GET, POST"; $0.inPreflight = true
      }
        == "On https://api.test (nginx/1.27), list PUT in Access-Control-Allow-Methods of the answer to the preflight, "
        + "which now holds ‘GET, POST’.")
    #expect(
      try Self.fix(.methodNotFound) {
        $0.allowMethods = "*"; $0.credentials = true
      }
      .hasSuffix("‘*’; with credentials * is no wildcard."))
    #expect(try Self.fix(.methodNotFound).hasSuffix("which is absent."))
  }

  @Test func `header names that are not listed are to be listed, each of them`() throws {
    let fix = try Self.fix(.missingAllowHeaderFromPreflight) {
      $0.missingHeaders = ["x-a", "x-b", "x-c"]
      $0.allowHeaders = "content-type"
    }
    #expect(fix.contains("add x-a, x-b and x-c to Access-Control-Allow-Headers"))
    #expect(fix.contains("‘content-type’"))
  }

  @Test func `a refused preflight is to be answered with 204, before who refuses it`() throws {
    #expect(
      try Self.fix(.preflightDidNotSucceed) { $0.status = 405 }
        == "On https://api.test (nginx/1.27), answer the preflight (OPTIONS) of PUT with 204 instead of 405, before "
        + "authentication and routing see it.")
  }

  @Test func `a redirected preflight is to be answered, or the target called directly`() throws {
    let fix = try Self.fix(.externalRedirectNotAllowed) {
      $0.location = "https://api.test/items/7/"; $0.status = 308
    }
    #expect(fix.hasPrefix("Call ‘https://api.test/items/7/’ directly, or on https://api.test (nginx/1.27) answer"))
    #expect(fix.hasSuffix("instead of a redirect (308)."))
  }

  @Test func `a request without answer is told with the browser's own error`() throws {
    let fix = try Self.fix(.didNotSucceed) {
      $0.transportError = "net::ERR_CONNECTION_REFUSED"; $0.status = nil
    }
    #expect(fix.contains("https://api.test") && fix.contains("(net::ERR_CONNECTION_REFUSED)"))
  }

  /// Allowing null would let every sandboxed page in: no fix says to.
  @Test(arguments: ReasonKey.allCases) func `null is never to be allowed`(_ key: ReasonKey) throws {
    let fix = try Self.fix(key) {
      $0.origin = "null"; $0.allowOrigin = "https://other.test"
    }
    #expect(!fix.contains("Access-Control-Allow-Origin: null"))
  }

  @Test(arguments: ReasonKey.allCases) func `every fix is one sentence, whatever is known`(_ key: ReasonKey) throws {
    let bare = FixContext(origin: "", targetOrigin: "", method: "", url: "")
    let long = Self.context {
      $0.origin = String(repeating: "a", count: 100_000)
      $0.url = $0.origin
      $0.targetOrigin = $0.origin
      $0.method = $0.origin
      $0.server = $0.origin
      $0.allowOrigin = $0.origin
      $0.allowMethods = $0.origin
      $0.allowHeaders = $0.origin
      $0.missingHeaders = Array(repeating: $0.origin, count: 1000)
      $0.location = $0.origin
      $0.transportError = $0.origin
    }
    for context in [bare, long, Self.context()] {
      let fix = try #require(Reason.of(key)).fix(context).english
      #expect(fix.hasSuffix(".") || fix.hasSuffix("?"))
      #expect(fix.count < 1200 && !fix.contains("\n") && !fix.contains("  "))
    }
  }
}
