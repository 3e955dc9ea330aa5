import Correlator
import Testing
import Words

@Suite("The catalogue of reasons") struct ReasonCatalogueTests {
  @Test func `holds each reason once, in order`() { #expect(Reason.all.map(\.key) == ReasonKey.allCases) }

  @Test(arguments: ReasonKey.allCases) func `says everything of each reason`(_ key: ReasonKey) throws {
    let reason = try #require(Reason.of(key))
    #expect(!reason.title.isEmpty && !reason.title.english.hasSuffix("."))
    for text in [reason.meaning, reason.evidence, reason.remedy].map(\.english) {
      #expect(text.count > 100)
      #expect(text.hasSuffix("."))
      #expect(!text.contains("\n") && !text.contains("  "))
    }
    #expect(reason.evidence.english.contains("HAR: ") && reason.evidence.english.contains("Log"))
    #expect(reason.clause.english.hasPrefix("Fetch, ") || key == .disabled)
    #expect(!reason.firefoxMessage.isEmpty && !reason.webkitMessage.isEmpty)
  }

  /// Every error that Chromium raises over CORS belongs to one reason, but for those that are no failure of headers.
  @Test func `puts each of Chromium's errors under one reason at most`() {
    let named = Reason.all.flatMap(\.chromiumErrors)
    #expect(Set(named).count == named.count)
    #expect(Set(ChromiumError.allCases).subtracting(named) == [.disallowedByMode, .invalidResponse])
  }

  @Test(arguments: [
    (ReasonKey.missingAllowCredentials, "CORSMIssingAllowCredentials"), (.missingAllowOrigin, "CORSMissingAllowOrigin"),
  ]) func `links to MDN's pages under their own names`(key: ReasonKey, slug: String) throws {
    let address = try #require(Reason.of(key)).mdnAddress
    #expect(address == "https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS/Errors/\(slug)")
  }

  @Test func `has configuration for every server where headers mend the reason`() throws {
    let everywhere: [ReasonKey] = [
      .missingAllowOrigin, .allowOriginNotMatchingOrigin, .notSupportingCredentials, .missingAllowCredentials,
      .methodNotFound, .invalidAllowMethod, .invalidAllowHeader, .missingAllowHeaderFromPreflight,
      .preflightDidNotSucceed, .externalRedirectNotAllowed, .multipleAllowOriginNotAllowed,
    ]
    for key in everywhere {
      #expect(try #require(Reason.of(key)).configurations.map(\.server) == ServerProduct.allCases.map(\.rawValue))
    }
  }

  /// How the servers' languages say "anybody".
  private let openToAll = [
    "Allow-Origin $http_origin", "Allow-Origin \"*\"", "Allow-Origin *", "origin: true", "origins \"*\"", "[\"*\"]",
    "List.of(\"*\")", "AllowAnyOrigin", "exact: \"*\"", "origin=\"*\"", "ALLOW_ALL",
  ]

  /// No configuration lets in whoever asks.
  @Test(arguments: ReasonKey.allCases) func `has no configuration that lets in whoever asks`(_ key: ReasonKey) throws {
    for configuration in try #require(Reason.of(key)).configurations {
      let lines = configuration.lines
      for open in openToAll { #expect(!lines.contains(open), "\(configuration.server)") }
      #expect(!lines.hasSuffix("\n") && !lines.contains("\n\n"))
    }
  }

  @Test(
    arguments: [
      ("nginx/1.27.1", ServerProduct.nginx), ("openresty", .nginx), ("Apache/2.4.62 (Debian)", .apache),
      ("Apache-Coyote/1.1", .spring), ("Caddy", .caddy), ("istio-envoy", .envoy), ("Microsoft-IIS/10.0", .iis),
      ("Kestrel", .aspNET), ("uvicorn", .fastAPI), ("WSGIServer/0.2 CPython/3.12", .django), ("AmazonS3", .s3),
      ("CloudFront", .cloudFront), ("gws", nil), ("", nil),
    ] as [(String, ServerProduct?)]) func `knows servers by their Server field`(field: String, product: ServerProduct?)
  {
    #expect(ServerProduct(server: field) == product)
  }

  @Test func `configures what the failing request needs`() throws {
    let context = FixContext(
      origin: "https://shop.test:8443", targetOrigin: "https://api.test", method: "PATCH", url: "https://api.test/x",
      credentials: true, server: "nginx/1.27", requestedHeaders: ["x-trace"])
    let lines = try #require(Reason.of(.missingAllowOrigin)?.configuration(for: context)).lines
    #expect(lines.contains("\"https://shop.test:8443\" $http_origin;"))
    #expect(lines.contains("Access-Control-Allow-Methods \"GET, POST, PATCH\""))
    #expect(lines.contains("Access-Control-Allow-Headers \"x-trace\""))
    #expect(lines.contains("Access-Control-Allow-Credentials true always;"))
  }

  /// A refused preflight fails by the next check where OPTIONS is merely answered.
  @Test(arguments: [
    ReasonKey.preflightDidNotSucceed, .externalRedirectNotAllowed, .multipleAllowOriginNotAllowed,
  ]) func `configures the whole policy where its place matters too`(_ key: ReasonKey) throws {
    let context = FixContext(
      origin: "https://shop.test", targetOrigin: "https://api.test", method: "PATCH", url: "https://api.test/x",
      server: "nginx/1.27", requestedHeaders: ["x-trace"])
    let lines = try #require(Reason.of(key)?.configuration(for: context)).lines
    #expect(lines.hasPrefix("# ") && lines.contains("\"https://shop.test\" $http_origin;"))
    #expect(lines.contains("PATCH") && lines.contains("x-trace") && lines.contains("return 204;"))
  }

  /// Other pages may live by what is allowed today.
  @Test func `keeps what is allowed now`() throws {
    let context = FixContext(
      origin: "https://shop.test", targetOrigin: "https://api.test", method: "PUT", url: "https://api.test/x",
      server: "nginx", allowCredentials: "true", allowMethods: "GET, DELETE, *", allowHeaders: "X-Trace, no name",
      requestedHeaders: ["x-trace", "x-new"])
    let lines = try #require(Reason.of(.methodNotFound)?.configuration(for: context)).lines
    #expect(lines.contains("Access-Control-Allow-Methods \"GET, DELETE, PUT\""))
    #expect(lines.contains("Access-Control-Allow-Headers \"X-Trace, x-new\""))
    #expect(lines.contains("Access-Control-Allow-Credentials true"))
  }

  /// A capture is written by a stranger: what it holds must not become configuration.
  @Test(arguments: [
    "https://a.test\"; return 200 'x", "https://a.test/", "null", "https://a.test\n}", "$http_origin",
    "https://*.a.test",
  ]) func `keeps hostile values out of configuration`(origin: String) throws {
    let context = FixContext(
      origin: origin, targetOrigin: "", method: "GET\"; deny all; #", url: "", server: "nginx",
      requestedHeaders: ["x\"; }", "x-fine"])
    let lines = try #require(Reason.of(.missingAllowOrigin)?.configuration(for: context)).lines
    #expect(lines.contains("\"https://app.example.com\" $http_origin;"))
    #expect(!lines.contains("deny") && !lines.contains("x\"; }"))
    #expect(lines.contains("Access-Control-Allow-Headers \"x-fine\""))
  }

  @Test func `has no configuration for a server it does not know`() throws {
    let context = FixContext(origin: "https://a.test", targetOrigin: "", method: "GET", url: "", server: "gws")
    #expect(Reason.of(.missingAllowOrigin)?.configuration(for: context) == nil)
    #expect(Reason.of(.disabled)?.configurations.isEmpty == true)
  }
}
