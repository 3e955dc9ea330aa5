import Evidence
import Fetch
import Ingestion
import Testing

@Suite("Lines that something else collected")
struct WrappedLogTests {
  static let combined =
    #"203.0.113.7 - - [12/Mar/2025:10:15:32 +0000] "OPTIONS /v2/orders/81 HTTP/2.0" 403 0 "https://app.example.com/" "Mozilla/5.0 (X11) \x22q\x22""#

  @Test(arguments: [
    "Mar 12 10:15:32 web1 nginx[812]: ", "Mar  2 10:15:32 web1 nginx: ", "<190>Mar 12 10:15:32 web1 nginx: ",
    "<190>Mar 12 10:15:32 nginx: ",
    "<190>1 2025-03-12T10:15:32.000Z web1 nginx 812 - - ",
    #"<190>1 2025-03-12T10:15:32.000Z web1 nginx 812 access [x@1 a="b c"] "#,
    "2025-03-12T10:15:32.000000+00:00 web1 nginx[812]: ", "2025-03-12T10:15:32.123456789Z stdout F ",
    "2025-03-12T10:15:32.123456789Z ", "api-1  | ", "api-1  | 2025-03-12T10:15:32.123456789Z ",
    "[pod/api-7d/nginx] ", "2025-03-12T10:15:32.123Z\tstream\t",
  ])
  func `a prefix is no host and no client`(prefix: String) throws {
    let text = prefix + Self.combined + "\n"
    let format = try #require(LogSniffer(text: text).format)
    #expect(format.name == "combined")
    #expect(format.wrapping == .prefix)
    let exchange = try #require(LogReading(text, as: format).exchanges.first)
    #expect(exchange.field("client") == "203.0.113.7")
    #expect(exchange.field("host") == nil)
    #expect(exchange.field("target") == "/v2/orders/81")
    #expect(exchange.field("user-agent") == #"Mozilla/5.0 (X11) "q""#)
  }

  @Test(arguments: [
    ("log", #"{"log":"LINE\n","stream":"stdout","time":"2025-03-12T10:15:32.123456789Z"}"#),
    ("MESSAGE", #"{"__REALTIME_TIMESTAMP":"1741774532000000","PRIORITY":"6","MESSAGE":"LINE"}"#),
    ("message", #"{"file":"/var/log/nginx/access.log","message":"LINE","timestamp":"2025-03-12T10:15:32Z"}"#),
    ("line", #"{"labels":{"app":"nginx"},"line":"LINE","timestamp":"2025-03-12T10:15:32Z"}"#),
    ("log", "2025-03-12T10:15:32+00:00\tkube.nginx\t" + #"{"stream":"stdout","log":"LINE"}"#),
  ])
  func `a member of JSON may hold the line`(member: String, wrapped: String) throws {
    let escaped = Self.combined.replacing(#"\"#, with: #"\\"#).replacing(#"""#, with: #"\""#)
    let text = wrapped.replacing("LINE", with: escaped) + "\n"
    let format = try #require(LogSniffer(text: text).format)
    #expect(format.name == "combined")
    #expect(format.wrapping == .member(member))
    let reading = LogReading(text + text, as: format, chunk: 100)
    #expect(reading.tally.read == 2 && reading.tally.kept == 2)
    let exchange = try #require(reading.exchanges.last)
    #expect(exchange.locator.entry == 2)
    #expect(exchange.field("client") == "203.0.113.7")
    #expect(exchange.field("user-agent") == #"Mozilla/5.0 (X11) "q""#)
  }

  @Test
  func `JSON in a member of JSON`() throws {
    let text =
      #"{"log":"{\"ts\":1741774532.4,\"request\":{\"client_ip\":\"203.0.113.7\",\"method\":\"GET\",\"host\":\"a.example\",\"uri\":\"/\",\"headers\":{\"Origin\":[\"https://app.example.com\"]}},\"status\":200,\"resp_headers\":{}}\n","stream":"stderr"}"#
    let format = try #require(LogSniffer(text: text).format)
    #expect(format.name == "caddy")
    let exchange = try #require(LogReading(text, as: format).exchanges.first)
    #expect(exchange.field("origin") == "https://app.example.com")
  }

  @Test
  func `lines without a prefix among those with one are read as they are`() throws {
    let text = "Mar 12 10:15:32 web1 nginx: " + Self.combined + "\n" + Self.combined + "\n"
    let format = try #require(LogSniffer(text: text).format)
    #expect(LogReading(text, as: format).exchanges.map(\.client) == ["203.0.113.7", "203.0.113.7"])
  }

  @Test
  func `a time that belongs to the format is no prefix`() throws {
    let line =
      #"2025-03-12T10:15:32.418Z 203.0.113.7 "OPTIONS /a" 204 1.204 "https://app.example.com" "PUT" "-" "-" "Mozilla/5.0""#
    let format = try #require(LogSniffer(text: line).format)
    #expect(format.name == "express")
    #expect(format.wrapping == .none)
  }

  @Test
  func `a format of the user's own is found behind a prefix too`() throws {
    let given = try LogFormat.nginx(name: "own", #"$remote_addr [$time_local] "$request" $status "$http_origin""#)
    let text =
      #"2025-03-12T10:15:32.123456789Z stdout F 203.0.113.7 [12/Mar/2025:10:15:32 +0000] "PUT /a HTTP/2.0" 200 "https://app.example.com""#
    let bytes = Array(text.utf8)
    let format = try #require(LogSniffer(bytes.span, isWhole: true, formats: [given]).format)
    #expect(LogReading(text, as: format).exchanges.first?.field("origin") == "https://app.example.com")
  }
}
