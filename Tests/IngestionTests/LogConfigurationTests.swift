import Evidence
import Fetch
import Ingestion
import Testing

@Suite("log-config: what a server is told to write is read without configuration")
struct LogConfigurationTests {
  @Test(arguments: LogConfiguration.all.map(\.server))
  func `the lines it leads to`(server: String) throws {
    let configuration = try #require(LogConfiguration.configuration(for: server))
    for sample in configuration.samples {
      let format = try #require(LogSniffer(text: sample.text).format)
      let reading = LogReading(sample.text, as: format)
      #expect(reading.problems.map(\.why) == [])
      let exchange = try #require(reading.exchanges.first)
      for (field, value) in sample.expected { #expect(exchange.field(field) == value, "\(server): \(field)") }
      #expect(LogReading(sample.text, as: format, keep: .cors).tally.kept == 1)
    }
    #expect(!configuration.text.isEmpty)
  }

  /// Writes a line as nginx or Apache would, from values by variable or directive.
  private func render(_ text: String, _ values: [(String, String)], absent: String) -> String {
    var line = text
    for (name, value) in values { line.replace(name, with: value) }
    line.replace(#/\$[a-z_]+|%\{[^}]*\}[a-z]/#, with: absent)
    return line
  }

  @Test
  func `nginx's snippet, rendered`() throws {
    let text = try #require(LogConfiguration.configuration(for: "nginx")).text
    let parsed = NginxConfiguration(text)
    #expect(parsed.problems == [])
    let own = try #require(parsed.formats.first)
    let body = text.split(separator: "escape=json")[1].split(separator: ";")[0]
    let template = body.split(separator: "\n").map { $0.drop { $0 == " " }.dropFirst().dropLast() }.joined()
    let line = render(
      template,
      [
        ("$msec", "1741774532.418"), ("$request_time", "0.006"), ("$remote_addr", "203.0.113.7"),
        ("$connection", "81"), ("$scheme", "https"), ("$http_host", "api.example.com"), ("$request_method", "OPTIONS"),
        ("$request_uri", "/v2/orders?a=\\\"1"), ("$server_protocol", "HTTP/2.0"), ("$status", "204"),
        ("$http_origin", "https://app.example.com"), ("$http_access_control_request_method", "PUT"),
        ("$cors_cookie", "REDACTED"), ("$sent_http_access_control_allow_origin", "https://app.example.com"),
        ("$sent_http_vary", "Origin"),
      ], absent: "")
    let sniffed = try #require(LogSniffer(text: line).format)
    #expect(sniffed.name == "json")
    for format in [own, sniffed] {
      let exchange = try #require(LogReading(line, as: format).exchanges.first)
      for (field, value) in LogConfigurationTests.evidence { #expect(exchange.field(field) == value, "\(field)") }
      #expect(exchange.url == #"https://api.example.com/v2/orders?a="1"#)
      #expect(exchange.startedAt == 1_741_774_532_412_000)
      #expect(exchange.field("cookie") == "redacted")
      #expect(exchange.field("authorization") == "")
      #expect(exchange.field("res:access-control-max-age") == "")
      #expect(exchange.cookieSent == .recorded(true))
    }
  }

  @Test
  func `Apache's snippet, rendered`() throws {
    let text = try #require(LogConfiguration.configuration(for: "apache")).text
    let parsed = ApacheConfiguration(text)
    #expect(parsed.problems == [])
    let own = try #require(parsed.formats.first)
    let line = text.split(separator: "\n").first { $0.hasPrefix("LogFormat") }
    let template = try #require(line).dropFirst(11).dropLast(6).replacing(#"\""#, with: "\"")
    let rendered = render(
      String(template),
      [
        ("%{begin:usec}t", "1741774532412000"), ("%h %l %u", "203.0.113.7 - -"), ("%t", "[12/Mar/2025:10:15:32 +0000]"),
        ("%r", "OPTIONS /v2/orders HTTP/1.1"), ("%>s", "204"), ("%b", "-"), ("%D", "6000"),
        ("%{Host}i", "api.example.com"), ("%{Origin}i", "https://app.example.com"),
        ("%{Access-Control-Request-Method}i", "PUT"), ("%{Access-Control-Allow-Origin}o", "https://app.example.com"),
        ("%{Vary}o", "Origin"), ("%{CORS_COOKIE}e", "REDACTED"),
      ], absent: "-")
    let sniffed = try #require(LogSniffer(text: rendered).format)
    #expect(sniffed.name == "combined")
    for format in [own, sniffed] {
      let exchange = try #require(LogReading(rendered, as: format).exchanges.first)
      for (field, value) in LogConfigurationTests.evidence { #expect(exchange.field(field) == value, "\(field)") }
      #expect(exchange.startedAt == 1_741_774_532_412_000)
      #expect(exchange.duration == 6000)
      #expect(exchange.field("res:access-control-max-age") == "")
    }
    let exchange = try #require(LogReading(rendered, as: sniffed).exchanges.first)
    #expect(exchange.field("cookie") == "redacted")
  }

  private static let evidence = [
    "client": "203.0.113.7", "method": "OPTIONS", "status": "204", "origin": "https://app.example.com",
    "access-control-request-method": "PUT", "res:access-control-allow-origin": "https://app.example.com",
    "res:vary": "Origin",
  ]

  @Test
  func `every format that points to a server's configuration points to one that is there`() {
    for format in LogFormatCatalogue.all {
      guard let server = format.configuration else { continue }
      #expect(LogConfiguration.configuration(for: server) != nil, "\(format.name)")
    }
  }
}
