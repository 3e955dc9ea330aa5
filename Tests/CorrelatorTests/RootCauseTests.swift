import Correlator
import Evidence
import Fetch
import Testing
import Words

@Suite("A root cause") struct RootCauseTests {
  static func found(_ context: CauseContext) -> (cause: RootCause, facts: [Fact])? {
    for cause in RootCause.all {
      if let facts = cause.signature(context) { return (cause, facts) }
    }
    return nil
  }

  @Test(arguments: transport + refusals + errors + preflights + headers + none)
  func `is the first whose signature fits`(_ failure: Failure) throws {
    let context = failure.context
    let found = Self.found(context)
    #expect(found?.cause.key == failure.cause)
    guard let found else { return }
    #expect(!found.facts.isEmpty)
    if let fix = found.cause.fix?(context)?.english {
      #expect(fix.hasSuffix(".") || fix.hasSuffix("?"))
      #expect(!fix.contains("Access-Control-Allow-Origin: null") && !fix.contains("  "))
    }
  }

  @Test func `has a case here and a key of its own`() {
    let keys = RootCause.all.map(\.key)
    #expect(Set(keys).count == keys.count)
    #expect(keys.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "-" } })
    let cases = Self.transport + Self.refusals + Self.errors + Self.preflights + Self.headers
    #expect(Set(keys).subtracting(cases.compactMap(\.cause)) == [])
  }

  @Test func `is none of a request that was allowed`() {
    for failure in Self.transport + Self.refusals + Self.errors + Self.preflights + Self.headers {
      var context = failure.context
      context.decision = .allowed
      context.reason = nil
      #expect(Self.found(context)?.cause.key == nil, "\(failure.testDescription)")
    }
  }

  static let transport: [Failure] =
    [
      ("net::ERR_CERT_AUTHORITY_INVALID", "certificate-trouble"), ("SEC_ERROR_UNKNOWN_ISSUER", "certificate-trouble"),
      ("certificate verify failed: self-signed certificate", "certificate-trouble"),
      ("net::ERR_NAME_NOT_RESOLVED", "dns-trouble"), ("NS_ERROR_UNKNOWN_HOST", "dns-trouble"),
      ("[Errno -2] Name or service not known", "dns-trouble"), ("net::ERR_CONNECTION_REFUSED", "connection-trouble"),
      ("net::ERR_EMPTY_RESPONSE", "connection-trouble"), ("server closed connection", "connection-trouble"),
      ("NS_ERROR_NET_TIMEOUT", "connection-trouble"), ("net::ERR_UNSAFE_PORT", "unsafe-port"),
      ("net::ERR_SSL_PROTOCOL_ERROR", "tls-on-plain-port"), ("net::ERR_ALPN_NEGOTIATION_FAILED", "tls-on-plain-port"),
      ("net::ERR_INVALID_HTTP_RESPONSE", "invalid-http-answer"),
      ("Cannot parse HTTP response: Bad HTTP response line: b'\\x16\\x03\\x01 not http at all'", "invalid-http-answer"),
      ("net::ERR_H2_OR_QUIC_REQUIRED", "streamed-body"), ("net::ERR_TOO_MANY_REDIRECTS", "redirect-loop"),
      ("net::ERR_UNSAFE_REDIRECT", "redirect-target-unusable"),
    ].map { text, cause in Failure(text, cause, .didNotSucceed, nil) { $0.failure = text } } + [
      Failure("a bad port that no exporter names", "unsafe-port", .didNotSucceed, nil) {
        $0.url = "https://api.test:6000/"
      },
      Failure("a streamed body where nothing speaks TLS", "streamed-body", .didNotSucceed, nil) {
        $0.url = "http://api.test/items"; $0.failure = "net::ERR_ALPN_NEGOTIATION_FAILED"
      },
      Failure(
        "a redirect too many that no exporter marks", "redirect-loop", .didNotSucceed, 302, ["location": "/items/7"]
      ) {
        $0.phase = .redirect
      },
      Failure(
        "a redirect with a user name", "redirect-target-unusable", .didNotSucceed, 302,
        ["location": "https://me:secret@api.test/"]),
      Failure("a redirect to data:", "redirect-target-unusable", .didNotSucceed, 302, ["location": "data:,x"]),
    ]

  static let refusals: [Failure] =
    [
      ("net::ERR_ABORTED", "aborted"), ("NS_BINDING_ABORTED", "aborted"), ("cancelled", "aborted"),
      ("net::ERR_BLOCKED_BY_CLIENT", "blocked-by-client"), ("csp", "blocked-by-csp"),
      ("net::ERR_BLOCKED_BY_CSP", "blocked-by-csp"),
      ("net::ERR_BLOCKED_BY_ORB", "opaque-response-blocking"), ("mixed-content", "mixed-content"),
      ("net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin", "cross-origin-resource-policy"),
      ("net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS", "local-network-access"),
      ("NS_ERROR_LOCAL_NETWORK_ACCESS_DENIED", "local-network-access"),
    ].map { text, cause in Failure(text, cause, nil, nil) { $0.failure = text } } + [
      Failure("https page, http address, no answer", "mixed-content", .didNotSucceed, nil) {
        $0.url = "http://api.test/"
      },
      Failure("a service worker's answer", "service-worker", nil, 200) { $0.serviceWorker = true },
    ]

  static let errors: [Failure] = [
    Failure("500 without headers", "error-response-without-cors", .missingAllowOrigin, 500),
    Failure("404 without headers, others have them", "error-response-without-cors", .missingAllowOrigin, 404) {
      $0.elsewhere = true
    },
    Failure("413", "payload-too-large", .missingAllowOrigin, 413),
    Failure("429", "rate-limited", .missingAllowOrigin, 429, ["retry-after": "3"]),
    Failure("429 to a preflight", "rate-limited", .missingAllowOrigin, 429) { $0.phase = .preflight },
    Failure("502", "upstream-timeout", .missingAllowOrigin, 502),
    Failure("504", "upstream-timeout", .missingAllowOrigin, 504),
    Failure("API Gateway", "gateway-generated", .missingAllowOrigin, 403, ["X-Amzn-ErrorType": "ForbiddenException"]),
    Failure("load balancer", "gateway-generated", .missingAllowOrigin, 403, ["server": "awselb/2.0"]),
    Failure(
      "Cloudflare's own page", "gateway-generated", .missingAllowOrigin, 403, ["server": "cloudflare", "cf-ray": "8a"]),
    Failure(
      "passed on by Cloudflare", "error-response-without-cors", .missingAllowOrigin, 403,
      ["server": "cloudflare", "cf-ray": "8a", "cf-cache-status": "DYNAMIC"]),
    Failure(
      "to a login page", "redirect-to-login", .missingAllowOrigin, 302,
      ["location": "https://idp.test/oauth2/authorize?x"]),
    Failure("the login page itself", "redirect-to-login", .missingAllowOrigin, 200) {
      $0.origin = "null"
      $0.phase = .redirect
      $0.url = "https://idp.test/login"
    },
  ]

  static let preflights: [Failure] = [
    Failure("401", "preflight-auth-gate", .missingAllowOrigin, 401, ["www-authenticate": "Bearer"]),
    Failure("403 with CORS headers", "preflight-auth-gate", .preflightDidNotSucceed, 403),
    Failure("407", "preflight-auth-gate", .missingAllowOrigin, 407),
    Failure("404", "preflight-unrouted", .missingAllowOrigin, 404),
    Failure("405", "preflight-unrouted", .preflightDidNotSucceed, 405, ["allow": "GET, PUT"]),
    Failure("501", "preflight-unrouted", .missingAllowOrigin, 501),
    Failure("500", "preflight-server-error", .preflightDidNotSucceed, 500),
    Failure("503", "upstream-timeout", .missingAllowOrigin, 503),
    Failure("405 in a log that tells no reason", "preflight-unrouted", nil, 405),
    Failure(
      "http to https", "preflight-redirect-scheme", .externalRedirectNotAllowed, 301,
      ["location": "https://api.test/items/7"]
    ) {
      $0.url = "http://api.test/items/7"
    },
    Failure("slash", "preflight-redirect-slash", .missingAllowOrigin, 308, ["location": "/items/7/"]),
    Failure(
      "login", "preflight-redirect-login", .missingAllowOrigin, 302, ["location": "/account/login?next=/items/7"]),
    Failure(
      "https to http, with a slash", "preflight-redirect-other", .externalRedirectNotAllowed, 307,
      ["location": "http://api.test/items/7/"]),
    Failure(
      "elsewhere", "preflight-redirect-other", .externalRedirectNotAllowed, 302,
      ["location": "https://new.test/items/7"]),
  ].map { failure in
    var failure = failure
    failure.phase = .preflight
    return failure
  }

  static let headers: [Failure] =
    [
      Failure(
        "two lines", "duplicate-writer", .multipleAllowOriginNotAllowed, 200,
        ["access-control-allow-origin": "*", "Access-Control-Allow-Origin": "https://app.test"]),
      Failure(
        "two lines joined", "duplicate-writer", .allowOriginNotMatchingOrigin, 200,
        ["access-control-allow-origin": "https://app.test, https://app.test"]),
      Failure(
        "credentials twice", "duplicate-writer", .missingAllowCredentials, 200,
        ["access-control-allow-origin": "https://app.test", "access-control-allow-credentials": "true, true"]),
      Failure(
        "null", "null-origin", .allowOriginNotMatchingOrigin, 200, ["access-control-allow-origin": "https://app.test"]
      ) {
        $0.origin = "null"
        $0.pageOrigin = "null"
      },
      Failure(
        "* with credentials", "credentials-with-wildcard", .notSupportingCredentials, 200,
        ["access-control-allow-origin": "*"]),
      Failure("from a CDN", "cache-without-vary", .missingAllowOrigin, 200, ["age": "31"]),
      Failure("from the browser's cache", "cache-without-vary", .missingAllowOrigin, 200) { $0.fromCache = true },
      Failure(
        "another tenant's copy", "cache-without-vary", .allowOriginNotMatchingOrigin, 200,
        [
          "access-control-allow-origin": "https://other.test", "x-cache": "Hit from cloudfront",
          "vary": "Accept-Encoding",
        ]),
      Failure(
        "a copy that varies", "allows-other-origin", .allowOriginNotMatchingOrigin, 200,
        ["access-control-allow-origin": "https://other.test", "x-cache": "HIT", "vary": "accept, Origin"]),
      Failure(
        "another origin", "allows-other-origin", .allowOriginNotMatchingOrigin, 200,
        ["access-control-allow-origin": "https://other.test"]),
      Failure("Vary: Origin without it", "origin-not-allow-listed", .missingAllowOrigin, 200, ["vary": "Origin"]),
      Failure("others are allowed", "origin-not-allow-listed", .missingAllowOrigin, 204) { $0.elsewhere = true },
      Failure(
        "True", "allow-credentials-misspelt", .missingAllowCredentials, 200,
        ["access-control-allow-origin": "https://app.test", "access-control-allow-credentials": "True"]),
      Failure(
        "a list in brackets", "allow-list-malformed", .invalidAllowMethod, 204,
        ["access-control-allow-methods": "['GET', 'PUT']"]),
      Failure(
        "a name with a space", "allow-list-malformed", .invalidAllowHeader, 204, ["access-control-allow-headers": "X A"]
      ),
      Failure(
        "a header not listed", "allow-list-lacks-header", .missingAllowHeaderFromPreflight, 204,
        ["access-control-allow-headers": "content-type"]
      ) { $0.missing = ["x-trace"] },
      Failure(
        "a method not listed", "allow-list-lacks-method", .methodNotFound, 204, ["access-control-allow-methods": "GET"]),
      Failure("200 without any", "no-cors-headers", .missingAllowOrigin, 200, ["server": "nginx"]),
      Failure("200 without any in a sanitised export", "no-cors-headers", .missingAllowOrigin, 200) {
        $0.recorded = .only(
          FieldSet(
            .accessControlAllowOrigin, .accessControlAllowCredentials, .accessControlAllowMethods,
            .accessControlAllowHeaders))
      },
      Failure("Orgin", "misspelt-header-name", .missingAllowOrigin, 200, ["Access-Control-Allow-Orgin": "*"]),
      Failure("Allow-Origin", "misspelt-header-name", .missingAllowOrigin, 500, ["Allow-Origin": "*"]),
      Failure("singular", "misspelt-header-name", .methodNotFound, 204, ["Access-Control-Allow-Method": "PUT"]),
      Failure("underscores", "misspelt-header-name", .missingAllowOrigin, 200, ["Access_Control_Allow_Origin": "*"]),
    ]
    + OriginSlipTests.slips.map { value, _ in
      Failure(
        "‘\(value)’", "origin-misspelt", .allowOriginNotMatchingOrigin, 200, ["access-control-allow-origin": value])
    }

  static let none: [Failure] = [
    Failure("200 with some", nil, .missingAllowOrigin, 200, ["access-control-allow-methods": "PUT"]),
    Failure("200 of which only Allow-Origin is recorded", nil, .missingAllowOrigin, 200) {
      $0.recorded = .only(FieldSet(.accessControlAllowOrigin))
    },
    Failure("Chromium's general mark", nil, .missingAllowOrigin, 200, ["access-control-max-age": "5"]) {
      $0.failure = "net::ERR_FAILED"
    },
    Failure("a name that is merely similar", nil, .missingAllowOrigin, 200, ["Access-Control-Allowance-Origins": "*"]),
    Failure("an http page may call localhost", nil, .didNotSucceed, nil) { $0.url = "http://localhost:1234/" },
    Failure(
      "credentials said to be false", nil, .missingAllowCredentials, 200, ["access-control-allow-credentials": "false"]),
    Failure("switched off", nil, .disabled, nil) { $0.phase = .request },
    Failure("a cached error is an error", "error-response-without-cors", .missingAllowOrigin, 404, ["age": "3"]),
  ]

  @Test func `a method in another case is the script's to mend`() throws {
    let failure = Failure("", nil, .methodNotFound, 204, ["access-control-allow-methods": "GET, PATCH"]) {
      $0.method = "patch"
    }
    let fix = try #require(RootCause.of("allow-list-lacks-method")?.fix?(failure.context)?.english)
    #expect(fix.hasPrefix("Let the script at https://app.test write the method as the list"))
  }

  @Test(arguments: ["DELETE", "PATCH"]) func `capitals missing from the list are the server's to mend`(method: String)
    throws
  {
    let failure = Failure("", nil, .methodNotFound, 204, ["access-control-allow-methods": "get, patch, delete"]) {
      $0.method = method
    }
    #expect(try #require(RootCause.of("allow-list-lacks-method")).fix?(failure.context) == nil)
  }

  @Test(
    arguments: [
      ("preflight-unrouted", 404, [:], "now it gets 404, so see first that the address is right."),
      ("preflight-unrouted", 405, [:], "now it gets 405."),
      ("upstream-timeout", 502, [:], "with its own error pages too."),
      ("upstream-timeout", 502, ["access-control-allow-origin": "*"], "which its proxy could not reach (502)."),
    ] as [(String, Int, HeaderList, String)])
  func `has a fix that says what the answer calls for`(cause: String, status: Int, answer: HeaderList, end: String)
    throws
  {
    let reason: ReasonKey = answer.fields.isEmpty ? .missingAllowOrigin : .preflightDidNotSucceed
    let failure = Failure("", nil, reason, status, answer) { $0.phase = .preflight }
    let fix = try #require(RootCause.of(cause)?.fix?(failure.context)?.english)
    #expect(fix.hasSuffix(end), "\(fix)")
  }

  @Test func `of an origin null names where null comes from`() throws {
    for (page, words) in [
      ("file:///home/me/page.html", "local file"), ("null", "sandboxed frame"), (nil, "redirect to a third origin"),
    ] {
      let failure = Failure("", nil, .missingAllowOrigin, 200) {
        $0.origin = "null"; $0.pageOrigin = page
      }
      let found = try #require(Self.found(failure.context))
      #expect(found.facts.contains { $0.from == "inference" && $0.value.contains(words) })
    }
  }
}
