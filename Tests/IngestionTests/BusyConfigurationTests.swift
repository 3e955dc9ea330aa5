import Evidence
import Fetch
import Ingestion
import Testing

@Suite("Formats as busy sites configure them")
struct BusyConfigurationTests {
  private func first(_ line: String, _ format: LogFormat) throws -> Exchange {
    let reading = LogReading(line, as: format)
    #expect(reading.problems.map(\.why) == [])
    return try #require(reading.exchanges.first)
  }

  @Test(arguments: ["0.003", "-", "0.501, 0.503", "0.501, - : 0.010", "-, 0.003"])
  func `a request that was tried on several upstreams`(times: String) throws {
    let format = try LogFormat.nginx(
      name: "main",
      #"$remote_addr [$time_local] "$request" $status urt=$upstream_response_time us=$upstream_status "$http_origin""#)
    let exchange = try first(
      #"203.0.113.7 [12/Mar/2025:10:15:32 +0000] "PUT /a HTTP/2.0" 502 urt=\#(times) us=502, 502 "https://app.example.com""#,
      format)
    #expect(exchange.field("origin") == "https://app.example.com")
  }

  @Test
  func `nginx's own escapes, within quotes of either kind`() throws {
    let configuration = NginxConfiguration(
      #"log_format tabbed "$msec\t$remote_addr\t$request_method\t$request_uri\t$status\t" '\"$http_origin\"';"#)
    let exchange = try first(
      "1741774532.418\t203.0.113.7\tPUT\t/a\t204\t\"https://app.example.com\"",
      try #require(configuration.formats.first))
    #expect(exchange.field("origin") == "https://app.example.com")
  }

  @Test(arguments: [
    ("[%{%d/%b/%Y:%H:%M:%S}t.%{msec_frac}t %{%z}t]", "[12/Mar/2025:10:15:32.413 +0100]", 1_741_770_932_413_000),
    ("%{%Y-%m-%dT%H:%M:%S}t.%{usec_frac}t%{%z}t", "2025-03-12T10:15:32.413123+0100", 1_741_770_932_413_123),
    ("%{%Y-%m-%d %H:%M:%S}t.%{msec_frac}t", "2025-03-12 10:15:32.413", 1_741_774_532_413_000),
    ("%{%Y-%m-%d}t %{%T}t", "2025-03-12 10:15:32", 1_741_774_532_000_000),
    ("%{begin:%d/%b/%Y:%T}t.%{begin:msec_frac}t", "12/Mar/2025:10:15:32.413", 1_741_774_532_413_000),
    ("%{sec}t.%{msec_frac}t", "1741774532.413", 1_741_774_532_413_000),
    ("%{msec}t", "1741774532413", 1_741_774_532_413_000),
  ])
  func `Apache's moments in parts`(directives: String, written: String, microseconds: Int64) throws {
    let format = try LogFormat.apache(name: "x", directives + #" %a \"%r\" %>s"#)
    let exchange = try first(written + #" 203.0.113.7 "GET / HTTP/1.1" 200"#, format)
    #expect(exchange.startedAt == microseconds)
    #expect(exchange.field("client") == "203.0.113.7")
  }

  @Test(arguments: [("203.0.113.7:51844", "203.0.113.7"), ("2001:db8::7:51844", "2001:db8::7")])
  func `an address and its port, of IPv6 too`(written: String, client: String) throws {
    let nginx = try LogFormat.nginx(name: "x", #"$remote_addr:$remote_port $time_iso8601 "$request" $status"#)
    let line = #" 2025-03-12T10:15:32+00:00 "GET / HTTP/1.1" 200"#
    #expect(try first(written + line, nginx).field("client") == client)
    let json = try LogFormat.nginx(
      name: "x", #"{"a":"$remote_addr:$remote_port","t":"$time_iso8601","r":"$request","s":$status}"#, escape: "json")
    let object = #"{"a":"\#(written)","t":"2025-03-12T10:15:32+00:00","r":"GET / HTTP/1.1","s":200}"#
    #expect(try first(object, json).field("client") == client)
    let apache = try LogFormat.apache(name: "x", #"%a:%{remote}p %{%Y-%m-%dT%H:%M:%S%z}t \"%r\" %>s"#)
    #expect(try first(written + line, apache).field("client") == client)
  }

  @Test(arguments: [
    "log_format main '$remote_addr [$time_local] \"$request\" '\n  '$status \"$http_origin\"';",
    "'$remote_addr [$time_local] \"$request\" '\n  '$status \"$http_origin\"'",
    "'$remote_addr [$time_local] \"$request\" $status \"$http_origin\"';",
    "\"$remote_addr [$time_local] \\\"$request\\\" \"\n  \"$status \\\"$http_origin\\\"\"",
    "main escape=default '$remote_addr [$time_local] \"$request\" $status \"$http_origin\"';",
    "main '$remote_addr [$time_local] \"$request\" $status \"$http_origin\"';",
    "escape=default '$remote_addr [$time_local] \"$request\" $status \"$http_origin\"'",
    "$remote_addr [$time_local] \"$request\" $status \"$http_origin\"",
    #"LogFormat "%h %t \"%r\" %>s \"%{Origin}i\"" mine"#, #""%h %t \"%r\" %>s \"%{Origin}i\"" mine"#,
    #""%h %t \"%r\" %>s \"%{Origin}i\"""#, #"%h %t \"%r\" %>s \"%{Origin}i\""#, #"%h %t "%r" %>s "%{Origin}i""#,
  ])
  func `a format pasted with more or less of what is around it`(text: String) throws {
    let format = try #require(try LogFormat.definitions(in: text).first)
    let exchange = try first(
      #"203.0.113.7 [12/Mar/2025:10:15:32 +0000] "PUT /a HTTP/2.0" 204 "https://app.example.com""#, format)
    #expect(exchange.field("origin") == "https://app.example.com")
  }

  @Test(arguments: [#""$remote_addr" [$time_local] "$request" $status"#, #""%h" %t "%r" %>s"#])
  func `a format that begins with a quote of its own`(text: String) throws {
    let format = try #require(try LogFormat.definitions(in: text).first)
    let exchange = try first(#""203.0.113.7" [12/Mar/2025:10:15:32 +0000] "PUT /a HTTP/2.0" 204"#, format)
    #expect(exchange.field("client") == "203.0.113.7")
  }

  @Test
  func `a bare time of nginx's with its zone`() throws {
    let format = try LogFormat.nginx(name: "x", "$time_local $remote_addr $request_method $request_uri $status")
    let exchange = try first("12/Mar/2025:10:15:32 +0100 203.0.113.7 GET / 200", format)
    #expect(exchange.field("client") == "203.0.113.7")
    #expect(exchange.endedAt == 1_741_770_932_000_000)
  }

  @Test(arguments: [
    (#"%{X-Forwarded-For}i %l %u %t \"%r\" %>s %b"#, "198.51.100.3, 10.0.0.2"),
    (#"%h %l %u %t \"%r\" %>s %b \"%{X-Forwarded-For}i\""#, nil),
  ])
  func `of the addresses that proxies noted the first is the client's`(directives: String, leading: String?) throws {
    let format = try LogFormat.apache(name: "x", directives)
    let line = #" - - [12/Mar/2025:10:15:32 +0000] "GET / HTTP/1.1" 200 5"#
    let exchange = try first(
      leading.map { $0 + line } ?? "10.0.0.2" + line + #" "198.51.100.3, 10.0.0.2""#, format)
    #expect(exchange.field("client") == "198.51.100.3")
    #expect(exchange.field("x-forwarded-for") == "198.51.100.3, 10.0.0.2")
  }

  @Test(arguments: ["nginx", "ingress-nginx", "apache", "iis", "express", "tomcat", "haproxy"])
  func `a server behind another one logs whom that was asked by`(server: String) throws {
    let text = try #require(LogConfiguration.configuration(for: server)).text.lowercased()
    #expect(text.contains("x-forwarded-for") || text.contains("x_forwarded_for"))
  }

  @Test
  func `Caddy's client behind a proxy it trusts, in whatever order`() throws {
    let format = try #require(LogFormatCatalogue.format(named: "caddy"))
    for addresses in [
      #""remote_ip":"10.0.0.2","client_ip":"203.0.113.7""#, #""client_ip":"203.0.113.7","remote_ip":"10.0.0.2""#,
    ] {
      let line =
        #"{"ts":1741774532.4,"request":{\#(addresses),"method":"GET","host":"a.example","uri":"/","headers":{}},"status":200,"resp_headers":{}}"#
      #expect(try first(line, format).field("client") == "203.0.113.7")
    }
  }

  @Test
  func `CloudFront writes the same for no cookie and for cookies not logged`() throws {
    let format = try #require(LogFormatCatalogue.format(named: "w3c"))
    let sample = try #require(format.samples.last)
    #expect(try first(sample.text, format).cookieSent == .notRecorded)
  }

  @Test
  func `HAProxy's httpslog, with captures`() throws {
    let configuration = HAProxyConfiguration("frontend fe\n  http-request capture req.hdr(Origin) len 128\n")
    let format = try #require(configuration.formats.last)
    let exchange = try first(
      #"Feb  6 12:14:14 lb1 haproxy[14389]: 10.0.1.2:33317 [06/Feb/2009:12:14:14.655] fe~ be/s1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {https://app.example.com} "OPTIONS / HTTP/1.1" 0/0000/0/0/0 a.example/TLSv1.3/TLS_AES_256_GCM_SHA384"#,
      format)
    #expect(exchange.field("origin") == "https://app.example.com")
    #expect(exchange.field("target") == "/")
  }
}
