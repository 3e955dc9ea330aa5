import Correlator
import Evidence
import Fetch
import Testing
import Words

/// How a value of `Access-Control-Allow-Origin` misses the origin that asked, in words.
@Suite("How an allowed origin misses the one that asked") struct OriginSlipTests {
  /// Values of `Access-Control-Allow-Origin` for `https://app.test`, and what the evidence says of each.
  static let slips: [(value: String, words: String)] = [
    ("https://app.test/", "ends in a slash"), ("https://app.test/shop", "has a path"),
    ("https://App.test", "has capitals"),
    ("http://app.test", "has the other scheme"), ("https://app.test:8443", "has another port"),
    ("https://app.test:443", "names the default port"), ("https://www.app.test", "differs by www."),
    ("https://a.app.test", "is a subdomain"), ("https://test", "is the parent domain"),
    ("app.test", "lacks the scheme"),
    ("*.app.test", "is a pattern"), ("https://*.test", "is a pattern"), ("https://a.test, https://b.test", "is a list"),
    ("https://a.test https://b.test", "is a list"), ("$http_origin", "is a template"),
    ("${http_origin}", "is a template"),
    ("{origin}", "is a template"), ("%{ORIGIN}e", "is a template"), ("undefined", "is a template"), ("NULL", "is null"),
    ("null", "is null"), ("\"https://app.test\"", "has quotes"), ("", "is empty"), ("*\u{0B}", "holds an invisible"),
    ("https://app.test\u{200B}", "holds an invisible"),
    ("anywhere", "is not an origin"),
  ]

  @Test(arguments: slips) func `slips are named`(value: String, words: String) throws {
    let failure = Failure("", nil, .allowOriginNotMatchingOrigin, 200, ["access-control-allow-origin": value])
    let found = try #require(RootCauseTests.found(failure.context))
    let comparison = found.facts.first { $0.fact == "comparison" }
    #expect(comparison?.value.contains(words) == true)
    #expect(
      found.cause.fix?(failure.context)?.english.contains("send exactly Access-Control-Allow-Origin: https://app.test")
        == true)
  }

  @Test(
    arguments: [
      ("https://b\u{FC}cher.example", true), ("https://shop.b\u{FC}cher.example", false),
      ("http://b\u{FC}cher.example", false), ("https://buecher.example", false),
    ])
  func `a host in characters is told from another host`(value: String, isTheSame: Bool) {
    let failure = Failure("", nil, .allowOriginNotMatchingOrigin, 200, ["access-control-allow-origin": value]) {
      $0.origin = "https://xn--bcher-kva.example"
    }
    let facts = RootCauseTests.found(failure.context)?.facts ?? []
    #expect(facts.contains { $0.value.contains("in characters that browsers send in Punycode") } == isTheSame)
  }
}
