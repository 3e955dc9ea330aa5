import Fetch
import Testing

/// Redirects of requests under CORS (Fetch, 4.5 *HTTP-redirect fetch* and 2.2.5 *redirect-taint*).
struct RedirectTests {
  @Test(arguments: [
    (200, false), (300, false), (301, true), (302, true), (303, true), (304, false), (305, false), (306, false),
    (307, true), (308, true), (309, false),
  ])
  func `redirect statuses`(status: Int, isRedirect: Bool) { #expect(Redirect.isRedirectStatus(status) == isRedirect) }

  /// The page is `o`; hops are at `o`, `a`, `b` and `c`.
  @Test(arguments: [
    ("o", "o"), ("a", "o"), ("oo", "o"), ("oa", "o"), ("oaa", "o"), ("aa", "o"), ("ab", "null"), ("ao", "null"),
    ("oab", "null"), ("oao", "null"), ("aba", "null"), ("abo", "null"), ("aaa", "o"), ("aab", "null"),
    ("ooab", "null"), ("abbb", "null"), ("ooa", "o"),
  ])
  func `a redirect away from another origin than the page's makes it null`(hops: String, origin: String) throws {
    let urls = try hops.map { try #require(URLRecord("https://\($0).example/x")) }
    let page = try #require(Origin(parsing: "https://o.example"))
    let serialized = Redirect.serializedOrigin(of: page, urls: urls)
    #expect(serialized == (origin == "null" ? "null" : "https://o.example"))
    #expect(Redirect.serializedOrigin(of: .opaque, urls: urls) == "null")
  }

  @Test func `another port or scheme is another origin`() throws {
    let page = try #require(Origin(parsing: "https://o.example"))
    for other in ["http://a.example/", "https://a.example:444/"] {
      let urls = try ["https://a.example/", other].map { try #require(URLRecord($0)) }
      #expect(Redirect.serializedOrigin(of: page, urls: urls) == "null")
    }
  }

  @Test(arguments: [
    (301, "POST", "GET"), (302, "POST", "GET"), (303, "POST", "GET"), (303, "PUT", "GET"), (303, "HEAD", "HEAD"),
    (303, "GET", "GET"), (301, "PUT", "PUT"), (302, "DELETE", "DELETE"), (307, "POST", "POST"), (308, "POST", "POST"),
    (301, "HEAD", "HEAD"),
  ])
  func `the method after a redirect`(status: Int, method: String, after: String) {
    #expect(Redirect.method(after: status, method) == after)
  }

  @Test(
    arguments: [
      ("https://b.example/", 0, nil), ("https://b.example/", 19, nil), ("https://b.example/", 20, .tooMany),
      ("http://user@b.example/", 0, .containsCredentials), ("https://:pw@b.example/", 0, .containsCredentials),
      ("https://:@b.example/", 0, nil), ("https://@b.example/", 0, nil), ("data:,x", 0, .schemeNotHTTP),
      ("ftp://b.example/", 0, .schemeNotHTTP), ("file:///x", 0, .schemeNotHTTP), ("custom:x", 0, .schemeNotHTTP),
      ("https://[", 0, .unparsableLocation), ("https://user@b.example/", 20, .tooMany),
      ("/relative", 0, nil), ("//b.example", 0, nil),
    ] as [(String, Int, Redirect.Refusal?)])
  func `redirects that are refused after their answer passed`(location: String, count: Int, refusal: Redirect.Refusal?)
    throws
  {
    let base = try #require(URLRecord("https://a.example/x"))
    #expect(Redirect.refusal(to: URLRecord(location, relativeTo: base), count: count) == refusal)
  }
}
