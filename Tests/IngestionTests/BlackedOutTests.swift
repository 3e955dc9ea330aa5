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
