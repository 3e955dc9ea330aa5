import Evidence
import Fetch
import Ingestion
import Testing

/// Values that a recorder, or a tool that cleans recordings before they are passed on, has overwritten.
struct BlackedOutTests {
  @Test(arguments: [
    "REDACTED", "redacted", "[REDACTED]", "<redacted>", "[cookie redacted]", "***REDACTED***", "__redacted__",
    "[Filtered]",
    "<masked>", "(removed)", "***", "xxxxxxxx", "XXX", "••••••", "████",
  ])
  func `is no value`(text: String) { #expect(HeaderRecord.isBlackedOut(text)) }

  @Test(arguments: [
    "", "*", "**", "x", "null", "https://redacted.example", "https://app.example", "text/html; charset=utf-8",
    "x-token, x",
    "['GET', 'PUT']", "[object Object]", "{origin}", "removed", "hidden", "*.example", "Range", "reflect",
    "http://[::1]:80",
  ])
  func `is a value, be it a wrong one`(text: String) { #expect(!HeaderRecord.isBlackedOut(text)) }

  /// What an exporter writes in place of a text, or leaves out.
  @Test(arguments: [#","value":null"#, #","value":{"v":"*"}"#, #","value":[]"#, ""])
  func `what is no text is not an empty one`(value: String) throws {
    let exchange = try #require(readHAR(Self.har(allowOrigin: value)).sink.exchanges.first)
    #expect(exchange.response.get(.accessControlAllowOrigin) == .redacted)
    #expect(exchange.response.isPresent(.accessControlAllowOrigin) == true)
  }

  @Test(arguments: [([#""*""#], ["*"]), ([#""https://a.example""#, #""*""#], ["https://a.example", "*"])])
  func `a list of values is one line after the other`(values: [String], lines: [String]) throws {
    let har = Self.har(allowOrigin: #","value":[\#(values.joined(separator: ","))]"#)
    let exchange = try #require(readHAR(har).sink.exchanges.first)
    #expect(exchange.response.list.values(.accessControlAllowOrigin).map { String($0) } == lines)
  }

  private static func har(allowOrigin: String) -> String {
    """
    {"log":{"creator":{"name":"mitmproxy","version":"10"},"entries":[{
      "request":{"method":"GET","url":"https://api.example/","headers":[{"name":"Origin","value":"https://a.example"}]},
      "response":{"status":200,"headers":[{"name":"Access-Control-Allow-Origin"\(allowOrigin)}]}}]}}
    """
  }

  @Test func `is recorded as sent, and its value as not known`() throws {
    let har = """
      {"log":{"creator":{"name":"Firefox","version":"153.0"},"entries":[{
        "request":{"method":"OPTIONS","url":"https://api.example/","headers":[
          {"name":"Origin","value":""},{"name":"Access-Control-Request-Method","value":"[REDACTED]"},{"name":"Cookie","value":"***"}]},
        "response":{"status":204,"headers":[{"name":"Access-Control-Allow-Origin","value":"<redacted>"}]}}]}}
      """
    let exchange = try #require(readHAR(har).sink.exchanges.first)
    #expect(exchange.kind == .preflight)
    #expect(exchange.cookieSent == .recorded(true))
    for field in [KnownField.origin, .accessControlRequestMethod] {
      #expect(exchange.request.isPresent(field) == true)
      #expect(exchange.request.value(field) == nil)
    }
    #expect(exchange.response.get(.accessControlAllowOrigin) == .redacted)
  }
}
