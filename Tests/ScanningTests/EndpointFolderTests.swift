import Scanning
import Testing

@Suite("Endpoint folding")
struct EndpointFolderTests {
  @Test(arguments: [
    ("/users/123", "/users/{id}"),
    ("/users/123/orders/9f8b4c1e-2a3d-4b5c-8d7e-0123456789ab?x=1", "/users/{id}/orders/{id}"),
    ("https://api.example.com/users/123?page=2#top", "https://api.example.com/users/{id}"),
    ("https://api.example.com", "https://api.example.com"),
    ("http://127.0.0.1:8101/api/acao002", "http://127.0.0.1:8101/api/acao002"),
    ("/f/81.json", "/f/{id}.json"),
    ("/static/js/main.5f3a2b1c.js", "/static/js/main.{id}.js"),
    ("/static/inter-400-5f3a2b1c.woff2", "/static/inter-{id}-{id}.woff2"),
    ("/api/v1/me", "/api/v1/me"),
    ("/api/v2beta1/pods", "/api/v2beta1/pods"),
    ("/oauth2/token", "/oauth2/token"),
    ("/.well-known/jwks.json", "/.well-known/jwks.json"),
    ("/t/507f1f77bcf86cd799439011", "/t/{id}"),
    ("/t/01ARZ3NDEKTSV4RRFFQ69G5FAV", "/t/{id}"),
    ("/c/cus_9s6XKzkNRldHoz", "/c/cus_{id}"),
    ("/blog/2025/03/12/hello-world", "/blog/{date}/hello-world"),
    ("/blog/2025/03/hello", "/blog/{date}/hello"),
    ("/report/2025-03-12", "/report/{date}"),
    ("/report/20250312.csv", "/report/{id}.csv"),
    ("/report/2025-03-12T10:15:32Z", "/report/{date}"),
    ("/blog/spring-collection-2025", "/blog/spring-collection-2025"),
    ("/p/running-socks-3-pack", "/p/running-socks-3-pack"),
    ("/p/1000-trail-runner-blue", "/p/{id}-trail-runner-blue"),
    ("/getUserAccountSettings", "/getUserAccountSettings"),
    ("/a/b;jsessionid=8F3A/c", "/a/b/c"),
    ("/mail/ann@example.com", "/mail/{id}"),
    ("/@scope/pkg", "/@scope/pkg"),
    ("//x//1/", "//x//{id}/"),
    ("/geo/52.5,13.4", "/geo/{id}"),
    ("*", "*"), ("", ""), ("/", "/"), ("?q=1", ""),
  ])
  func `a path folds to its endpoint`(path: String, endpoint: String) {
    #expect(EndpointFolder.fold(path) == endpoint)
    #expect(EndpointFolder.fold(endpoint) == endpoint, "folding twice changes nothing")
  }

  @Test
  func `an endpoint has a greatest length`() {
    let folded = EndpointFolder.fold("/" + String(repeating: "word/", count: 1000))
    #expect(folded.hasSuffix("…"))
    #expect(folded.utf8.count <= EndpointFolder.maximumLength + 80)
  }
}
