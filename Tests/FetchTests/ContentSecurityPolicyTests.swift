import Fetch
import Testing

/// Content Security Policy, level 3, 6.7.2: what a page's policy lets its scripts connect to.
@Suite struct ContentSecurityPolicyTests {
  static let page = Origin.tuple(scheme: "https", host: "app.example", port: nil)

  @Test(arguments: [
    ("", "https://api.example/", true), ("img-src 'none'", "https://api.example/", true),
    ("connect-src 'none'", "https://api.example/", false), ("connect-src", "https://api.example/", false),
    ("default-src 'self'", "https://api.example/", false), ("default-src 'self'", "https://app.example/x", true),
    ("default-src 'none'; connect-src *", "https://api.example/", true), ("connect-src *", "data:,x", false),
    ("connect-src https:", "https://api.example/", true), ("connect-src https:", "http://api.example/", false),
    ("connect-src http:", "https://api.example/", true), ("CONNECT-SRC API.example", "https://api.example/", true),
    ("connect-src api.example", "https://api.example:8443/", false),
    ("connect-src api.example:*", "https://api.example:8443/", true),
    ("connect-src api.example:8443", "https://api.example:8443/", true),
    ("connect-src api.example:80", "https://api.example/", true),
    ("connect-src api.example", "http://api.example/", false),
    ("connect-src http://api.example", "https://api.example/", true),
    ("connect-src *.example", "https://api.example/", true), ("connect-src *.example", "https://example/", false),
    ("connect-src https://*.api.example:*", "https://v1.api.example:9/", true),
    ("connect-src http://[::1]:8080", "http://[::1]:8080/", true),
    ("connect-src http://[::1]", "http://[::1]:8080/", false),
    ("connect-src api.example/v1/", "https://api.example/v1/users", true),
    ("connect-src api.example/v1/", "https://api.example/v2/users", false),
    ("connect-src api.example/v1", "https://api.example/v1/users", false),
    ("connect-src *; connect-src 'none'", "https://api.example/", true),
    ("connect-src *, default-src 'self'", "https://api.example/", false),
  ])
  func `a policy allows what a source of its deciding directive matches`(
    policy: String, url: String, allows: Bool
  ) throws {
    let target = try #require(URLRecord(url))
    #expect((ContentSecurityPolicy([policy]).directive(forbidding: target, to: Self.page) == nil) == allows)
  }

  @Test func `all policies have to agree, and the first that does not is named`() throws {
    let target = try #require(URLRecord("https://api.example/"))
    let both = ContentSecurityPolicy(["connect-src *", "default-src 'self' https://cdn.example"])
    #expect(both.directive(forbidding: target, to: Self.page) == "default-src 'self' https://cdn.example")
  }

  @Test func `where a redirect leads, no path is compared`() throws {
    let target = try #require(URLRecord("https://api.example/v2"))
    let policy = ContentSecurityPolicy(["connect-src api.example/v1/"])
    #expect(policy.directive(forbidding: target, to: Self.page, afterRedirect: true) == nil)
  }
}
