import Correlator
import Evidence
import Ingestion
import Store
import Testing

/// A line whose parts the store knows is stored without an exchange made of it: the row has to be the same.
@Suite struct StoredLinesTests {
  /// Puts lines into a store, by their parts where that is allowed and possible.
  private struct Sink: LogSink {
    let target: Import
    let usesParts: Bool
    var direct = 0

    mutating func receive(_ exchange: Exchange, _ context: LineContext) {
      let endpoint = "of " + exchange.url.prefix { $0 != "?" && $0 != "#" }
      #expect(throws: Never.self) {
        try target.add(exchange, endpoint: endpoint, parts: usesParts ? context.parts : nil)
      }
    }

    mutating func receive(bystander line: LoggedLine) -> Bool {
      guard usesParts, (try? target.add(line)) == true else { return false }
      direct += 1
      return true
    }

    mutating func receive(_ problem: IngestProblem) {}
  }

  private static func rows(_ format: LogFormat, _ text: String, usesParts: Bool) throws -> (rows: [[Cell]], direct: Int)
  {
    let writer = try StoreWriter(.temporary, options: StoreWriter.Options(now: 0, key: StoreKey(k0: 1, k1: 2)))
    let sha256 = String(repeating: "ab", count: 32)
    let target = try #require(try writer.begin(source: "log", sha256: sha256))
    var sink = Sink(target: target, usesParts: usesParts)
    var options = LogOptions()
    options.keep = .all
    options.seed = 7
    var reader = LogReader(format, options: options)
    let bytes = Array(text.utf8)
    reader.read(bytes.span, into: &sink)
    reader.finish(into: &sink)
    try target.finish(
      SourceSummary(path: "log", sha256: sha256, kind: "log", format: "", bytes: 0, read: 0, kept: 0, rejected: 0))
    let stored = try writer.close()
    var rows: [[Cell]] = []
    _ = try stored.rows("SELECT * FROM exchanges ORDER BY entry") { rows.append($0) }
    return (rows, sink.direct)
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
    #expect(long.rows.count == 2 * lines.count * lines.count)
    #expect(short.direct > short.rows.count / 3)
  }
}
