import Evidence
import Fetch
import Ingestion
import Testing

@Suite("What the user says of endpoints and formats")
struct LogGivenFormatTests {
  @Test(arguments: [
    ("/users/{id}", "/users/42", "/users/{id}"),
    ("/users/{id}", "/users/42?x=1", "/users/{id}"),
    ("/users/*", "/users/jane", "/users/*"),
    ("/users/{id}", "/users/42/orders", nil),
    ("/users/{id}", "/users/", nil),
    ("/users/{id}/…", "/users/42/orders/7", "/users/{id}/…"),
    ("/users/{id}/...", "/users/42", "/users/{id}/..."),
    ("people=/users/{id}/**", "/users/42/orders", "/people"),
    ("/p/q=/users/{id}", "/users/42", nil),
    ("Users API=/users/{id}", "/users/42", "/Users API"),
    ("/users/{id}", "*", nil),
  ])
  func `a path by a pattern`(pattern: String, path: String, name: String?) {
    var patterns = EndpointPatterns()
    let isPattern = patterns.add(pattern)
    #expect(isPattern)
    #expect(patterns.name(ofPath: path) == name)
  }

  @Test(arguments: ["", "/", "users", "=/users", "name=", "name=users"])
  func `what is no pattern`(text: String) {
    var patterns = EndpointPatterns()
    let isPattern = patterns.add(text)
    #expect(!isPattern)
    #expect(patterns.isEmpty)
  }

  @Test
  func `requests that are only counted`() {
    let line =
      #"203.0.113.7 - - [12/Mar/2025:10:15:32 +0000] "GET /shop/blue-shoes HTTP/1.1" 200 1 "-" "curl/8.0""# + "\n"
    var options = LogOptions()
    let isPattern = options.endpoints.add("/shop/{product}")
    #expect(isPattern)
    let format = LogFormatCatalogue.format(named: "combined")
    let lines = line + line.replacing("blue-shoes", with: "red-hat") + line.replacing("/shop/", with: "/blog/")
    #expect(
      format.map { LogReading(Array(lines.utf8), as: $0, options: options).traffic.map(\.endpoint) } == [
        "/blog/blue-shoes", "/shop/{product}",
      ])
  }

  @Test
  func `HAProxy's captures get their names from its configuration`() throws {
    let configuration = HAProxyConfiguration(
      """
      defaults
        mode http
      frontend fe # the site
        capture request header Host len 64
        declare capture request len 8
        http-request capture req.hdr(Origin) len 128
        http-request set-header X-A b
        capture response header Access-Control-Allow-Origin len 128
      backend be
        server s1 127.0.0.1:1
      """)
    let format = try #require(configuration.formats.first)
    #expect(configuration.formats.map(\.name) == ["haproxy", "haproxy-https"])
    let line =
      #"Mar 12 10:15:32 lb1 haproxy[811]: 203.0.113.7:51844 [12/Mar/2025:10:15:32.413] fe be/s1 0/0/0/3/3 204 243 - - ---- 12/4/0/0/0 0/0 {api.example.com||https://app.example.com} {*} "OPTIONS /v2/orders/81 HTTP/1.1""#
    let exchange = try #require(LogReading(line, as: format).exchanges.first)
    #expect(exchange.field("host") == "api.example.com")
    #expect(exchange.field("origin") == "https://app.example.com")
    #expect(exchange.field("res:access-control-allow-origin") == "*")
    // What is not captured is not known.
    #expect(exchange.field("access-control-request-method") == nil)
  }
}
