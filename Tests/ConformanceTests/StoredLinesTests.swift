import Correlator
import Evidence
import Fetch
import Ingestion
import Store
import Testing

/// A line whose parts the store knows is stored and judged without an exchange made of it: the rows have to be the same.
@Suite struct StoredLinesTests {
  private static func rows(
    _ format: LogFormat, _ text: String, keep: LogOptions.Keep = .all, usesParts: Bool
  ) throws -> (rows: [[Cell]], direct: Int) {
    let writer = try StoreWriter(.temporary, options: StoreWriter.Options(now: 0, key: StoreKey(k0: 1, k1: 2)))
    let sink = try writer.fill("log", 0xAB, format, text, keep: keep, usesParts: usesParts)
    try writer.pairLogs()
    return (try writer.close().allRows(), sink.direct)
  }

  @Test(arguments: LogFormatCatalogue.all.map(\.name))
  func `every format's lines, twice`(_ name: String) throws {
    let format = try #require(LogFormatCatalogue.format(named: name))
    for sample in format.samples {
      let text = sample.text + "\n" + sample.text + "\n"
      let short = try Self.rows(format, text, usesParts: true)
      let long = try Self.rows(format, text, usesParts: false)
      #expect(short.rows == long.rows)
      #expect(!long.rows.isEmpty)
    }
  }

  static let combined = [
    #"10.0.0.1 - - [12/Mar/2025:00:00:11 +0000] "GET /a HTTP/2.0" 200 1 "https://t.co/x" "Mozilla/5.0""#,
    #"10.0.0.1 - - [12/Mar/2025:00:00:12 +0000] "GET /a?q=1 HTTP/2.0" 404 1 "https://t.co/x" "Mozilla/5.0""#,
    #"10.0.0.1 - - [12/Mar/2025:00:00:12 +0000] "GET /a?token=s3cret HTTP/2.0" 404 1 "https://t.co/x" "Mozilla/5.0""#,
    #"10.0.0.1 - - [12/Mar/2025:00:00:12 +0000] "GET /a#top HTTP/2.0" 404 1 "https://t.co/x" "Mozilla/5.0""#,
    #"10.0.0.1 - - [12/Mar/2025:00:00:12 +0000] "GET /a\x22b HTTP/2.0" 404 1 "https://t.co/x" "Mozilla/5.0""#,
    #"10.0.0.1 - - [12/Mar/2025:00:00:12 +0000] "GET /ä HTTP/2.0" 404 1 "https://t.co/x" "Mozilla/5.0""#,
    #"10.0.0.1 - - [12/Mar/2025:00:00:13 +0000] "GET /a HTTP/1.1" 200 1 "https://t.co/x" "Mozilla/5.0""#,
    #"10.0.0.1 - - [12/Mar/2025:00:00:13 +0000] "HEAD /a HTTP/1.1" 200 1 "https://t.co/x" "Mozilla/5.0""#,
    #"10.0.0.1 - - [12/Mar/2025:00:00:14 +0000] "GET /a HTTP/1.1" 000 1 "-" "-""#,
    #"- - - [12/Mar/2025:00:00:14 +0000] "GET /a HTTP/1.1" 200 1 "-" "-""#,
    #"10.0.0.2 - - [12/Mar/2025:00:00:15 +0000] "\x16\x03\x01" 400 1 "-" "-""#,
  ]

  static let json = [
    ("https", "a.example", "", "/x"), ("https", "b.example", "", "/x"), ("http", "a.example", "", "/x"),
    ("https", "a.example", "8443", "/x"), ("https", "", "", "/x"), ("", "https", "", "/x"), ("", "a.example", "", "/x"),
    ("HTTPS", "a.example", "", "/x"), ("https", "a.example", "", "x"), ("https", "a.example", "", "*"),
    ("https", "a.example", "", "/x?y=1"),
  ].map { scheme, host, port, target in
    let members = [("scheme", scheme), ("host", host), ("server_port", port)].filter { !$0.1.isEmpty }
      .map { #""\#($0)":"\#($1)","# }.joined()
    return #"{"msec":1741737611.693,\#(members)"remote_addr":"10.0.0.1","method":"GET","request_uri":"\#(target)","#
      + #""status":200,"origin":"","user_agent":"curl/8.0"}"#
  }

  /// Every order in which two of them meet.
  @Test(arguments: [("combined", combined), ("json", json)])
  func `lines that differ in one part`(_ name: String, _ lines: [String]) throws {
    let format = try #require(LogFormatCatalogue.format(named: name))
    let text = lines.flatMap { first in lines.flatMap { [first, $0] } }.joined(separator: "\n")
    let short = try Self.rows(format, text, usesParts: true)
    let long = try Self.rows(format, text, usesParts: false)
    #expect(short.rows == long.rows)
    #expect(long.rows.count >= 2 * lines.count * lines.count)
    #expect(short.direct > short.rows.count / 3)
  }

  /// Preflights and requests of two clients, three origins and three endpoints, answered in several ways, in every order.
  static let exchanges: [String] = {
    var state: UInt64 = 3
    func pick<Element>(_ choices: [Element]) -> Element {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return choices[Int(state >> 33) % choices.count]
    }
    let agents = [
      "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", "Mozilla/5.0 Chrome/141.0.0.0",
    ]
    return (0..<600).map { index in
      let isPreflight = pick([true, false])
      let origin = pick(["https://a.example", "https://b.example", "null"])
      let asked = isPreflight ? #""acr_method":"PUT","acr_headers":"x-a","# : ""
      let allowed = pick(["", "*", "https://a.example", "https://a.example, https://a.example"])
      let target = pick(["/x", "/y/\(pick([1, 22, 333]))", "/y/8?z=1"])
      return #"{"msec":17417376\#(10 + index / 60).\#(100 + index % 60 * 10),"request_time":0.004,"#
        + #""remote_addr":"10.0.0.\#(pick([1, 2]))","host":"api.example","scheme":"https","#
        + #""method":"\#(isPreflight ? "OPTIONS" : "PUT")","request_uri":"\#(target)","#
        + #""status":\#(pick([200, 204, 307, 401, 502])),"origin":"\#(origin)","referer":"\#(pick(["", origin + "/p"]))","#
        + #"\#(asked)"user_agent":"\#(pick(agents))","acao":"\#(allowed)","acam":"PUT","acah":"x-a"}"#
    }
  }()

  @Test(arguments: [LogOptions.Keep.cors, .all])
  func `verdicts and pairs`(_ keep: LogOptions.Keep) throws {
    let format = try #require(LogFormatCatalogue.format(named: "json"))
    let text = Self.exchanges.joined(separator: "\n")
    let short = try Self.rows(format, text, keep: keep, usesParts: true)
    let long = try Self.rows(format, text, keep: keep, usesParts: false)
    #expect(short.rows == long.rows)
    #expect(long.rows.count > 1_000)
    #expect(short.direct > 100)
  }

  private static let agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0"

  private static func line(_ members: String) -> String {
    #"{"msec":1741737611.693,"remote_addr":"10.0.0.1","method":"GET","origin":"https://app.example",\#(members)}"#
  }

  private static func caddy(_ fields: String) -> String {
    #"{"level":"info","ts":1741774532.4182,"logger":"http.log.access","msg":"handled request","request":{"#
      + #""remote_ip":"10.0.0.1","proto":"HTTP/2.0","method":"GET","host":"api.example","uri":"/v2/orders","#
      + #""headers":{"Origin":["https://app.example"],\#(fields)}},"duration":0.0047,"size":0,"status":200,"#
      + #""resp_headers":{"Access-Control-Allow-Origin":["https://other.example"]}}"#
  }

  /// Lines whose parts are alike, or begin alike, though they are of other servers, of other clients, or say other things.
  static let lookalikes: [(name: String, format: String, lines: [String])] = [
    (
      "targets with escaped slashes", "json",
      ["a.example", "b.example", "app.example"].flatMap { host in
        ["https:\\/\\/\(host)\\/x", "https:\\/\\/\(host)\\/y", "https://\(host)/x"].map {
          line(#""url":"\#($0)","status":200,"user_agent":"\#(agent)","acao":"https://other.example""#)
        }
      }
    ),
    (
      "targets whose host stands elsewhere than others'", "json",
      [
        "http:/a.example/x", "http:/app.example/x", "http:///a.example/x", "http:///app.example/x",
        "https://app.example/x",
        "https://:/x", "https://@/x", "app.example:443", "a.example:443", "*", "?x", "x",
      ].map { line(#""url":"\#($0)","status":200,"user_agent":"\#(agent)","acao":"https://other.example""#) }
    ),
    (
      "hosts that are none", "json",
      ["app.example", "\\\\", "\\/", "app.example/x", ":443", "@app.example", "?", "[::1]"].flatMap { host in
        ["/x", "//app.example/x", "/b.example/y"].map {
          line(#""scheme":"https","host":"\#(host)","uri":"\#($0)","status":200,"acao":"https://other.example""#)
        }
      }
    ),
    (
      "absent, empty, blacked out, not logged", "json",
      [#""acao":"-","#, #""acao":"","#, #""acao":"[REDACTED]","#, "", #""acao":null,"#].flatMap { allowed in
        [#""acac":"true""#, #""acac":"-""#, #""vary":"Origin""#].map {
          line(#""host":"api.example","uri":"/x","status":200,"user_agent":"\#(agent)",\#(allowed)\#($0)"#)
        }
      }
    ),
    (
      "fields in several lines", "caddy",
      [
        #""User-Agent":["\#(agent)"],"Referer":["https://app.example/a"]"#,
        #""User-Agent":["\#(agent)","x"],"Referer":["https://app.example/a","https://evil.example/"]"#,
        #""User-Agent":["-"],"Referer":["-"]"#, #""User-Agent":[""],"Referer":[]"#, #""Accept":["*/*"]"#,
        #""User-Agent":["\#(agent)"],"Host":["other.example"]"#, #""User-Agent":[" \#(agent)"]"#,
      ].map(caddy)
    ),
    (
      "a host beside the header fields", "json",
      ["a.example", "b.example", "app.example"].flatMap { host in
        ["/p", "/q"].map {
          #"{"time":1741774532418,"host":"lb1","method":"GET","url":"\#($0)","status":200,"remote_ip":"10.0.0.9","#
            + #""reqHeaders":{"Host":"\#(host)","Origin":"https://app.example"},"#
            + #""resHeaders":{"Access-Control-Allow-Origin":"https://other.example"}}"#
        }
      }
    ),
    (
      "texts with space around them", "json",
      ["\(agent)", " \(agent)", "\(agent) ", "\(agent)\\t", " "].flatMap { agent in
        ["https://app.example/a", " https://app.example/a", ""].map {
          line(#""host":"api.example","uri":"/x","status":200,"user_agent":"\#(agent)","referer":"\#($0)""#)
        }
      }
    ),
    (
      "redirects, and origins of other lines in them", "json",
      ["https://u:p@app.example/", "https://api.example/x/", "/x/", "https://b.example/"].flatMap { location in
        ["https://app.example", "https://b.example", "null"].flatMap { origin in
          ["/x", "/y?z"].map {
            #"{"msec":1741737611.693,"remote_addr":"10.0.0.1","method":"GET","origin":"\#(origin)","scheme":"https","#
              + #""host":"api.example","uri":"\#($0)","status":302,"location":"\#(location)","acao":"\#(origin)"}"#
          }
        }
      }
    ),
  ]

  /// Every order in which two of them meet, from a fresh start each time.
  @Test(arguments: lookalikes)
  func `lines that only look alike`(_ name: String, _ format: String, _ lines: [String]) throws {
    let format = try #require(LogFormatCatalogue.format(named: format))
    for keep in [LogOptions.Keep.cors, .all] {
      for first in lines {
        let text = ([first] + lines + lines).joined(separator: "\n")
        let short = try Self.rows(format, text, keep: keep, usesParts: true)
        let long = try Self.rows(format, text, keep: keep, usesParts: false)
        #expect(!long.rows.isEmpty)
        let differing = zip(short.rows, long.rows).first { $0 != $1 }
        #expect(short.rows == long.rows, "\(String(describing: differing))")
      }
    }
  }

  @Test func `space around a text is not stored`() throws {
    let format = try #require(LogFormatCatalogue.format(named: "json"))
    let text = Self.line(
      #""host":"api.example","uri":"/x","status":200,"user_agent":" x ","referer":"\thttps://a.example/ ""#)
    let found = try Self.rows(format, text, usesParts: true).rows.joined()
    #expect(found.contains(.text("x")) && found.contains(.text("https://a.example/")))
  }

  @Test func `columns that change in the middle`() throws {
    let format = try #require(LogFormatCatalogue.format(named: "w3c"))
    let fields = "#Fields: date time c-ip cs-method cs-uri-stem cs-host sc-status cs(Origin)"
    let row = "2025-03-12 10:00:00 10.0.0.1 GET /x api.example 200 https://app.example"
    let (with, without) = ("\(fields) sc(Access-Control-Allow-Origin)\n\(row) -\n", "\(fields)\n\(row)\n\(row)\n")
    for text in [with + without, without + with, with + without + with] {
      #expect(try Self.rows(format, text, usesParts: true).rows == Self.rows(format, text, usesParts: false).rows)
    }
  }
}
