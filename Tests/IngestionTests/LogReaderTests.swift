import Evidence
import Fetch
import Ingestion
import Testing

private func format(_ name: String) throws -> LogFormat { try #require(LogFormatCatalogue.format(named: name)) }

@Suite("Reading access logs")
struct LogReaderTests {
  static let browser = "Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0"
  static let bot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"

  private static func line(
    _ second: Int, _ request: String, referer: String = "-", agent: String = browser, client: String = "10.0.0.1",
    tail: String = ""
  ) -> String {
    let clock = "10:\(second / 60 + 10):\(second % 60 + 10)".prefix(8)
    return
      #"\#(client) - - [12/Mar/2025:\#(clock) +0000] "\#(request) HTTP/1.1" 200 5 "\#(referer)" "\#(agent)"\#(tail)"#
      + "\n"
  }

  @Test(arguments: [
    // The line, and whether it is kept when it stands alone in a combined log.
    (line(0, "OPTIONS /a", referer: "https://app.example.com/"), true),
    (line(0, "OPTIONS /a"), true),
    (line(0, "OPTIONS *", referer: "https://app.example.com/"), false),
    (line(0, "OPTIONS /a", agent: bot), false),
    (line(0, "OPTIONS /a", agent: "curl/8.5.0"), false),
    (line(0, "GET /a", referer: "https://www.google.com/"), false),
    (line(0, "POST /a", referer: "https://app.example.com/"), false),
    (line(0, "DELETE /a"), true),
    (line(0, "DELETE /a", agent: "curl/8.5.0"), false),
    // With the request's own headers.
    (line(0, "OPTIONS /a", tail: #" origin="https://a.example" acrm="-""#), true),
    (line(0, "OPTIONS /a", tail: #" origin="-" acrm="-""#), false),
    (line(0, "OPTIONS /a", agent: "curl/8", tail: #" origin="https://a.example" acrm="PUT""#), true),
    (line(0, "GET /a", tail: #" origin="-""#), false),
    (line(0, "PUT /a", tail: #" origin="-""#), false),
    (line(0, "GET /a", tail: #" origin="https://a.example""#), true),
    (line(0, "GET /a", tail: #" origin="null" host="b.example""#), true),
    (line(0, "POST /a", tail: #" origin="https://b.example" host="b.example""#), false),
    (line(0, "POST /a", tail: #" origin="https://b.example:8443" host="b.example:9000""#), true),
    (line(0, "POST /a", tail: #" origin="http://b.example" host="b.example" scheme=https"#), true),
    (line(0, "GET /a", tail: #" sec_fetch_site="cross-site" sec_fetch_mode="cors""#), true),
    (line(0, "GET /a", tail: #" sec_fetch_site="cross-site" sec_fetch_mode="navigate""#), false),
    (line(0, "PUT /a", tail: #" sec_fetch_site="same-origin""#), false),
  ])
  func `a line alone`(line: String, isKept: Bool) throws {
    let reading = LogReading(line, as: try format("combined"), keep: .cors)
    #expect(reading.tally.kept == (isKept ? 1 : 0))
    #expect(reading.tally.read == 1)
    #expect(reading.tally.rejected == 0)
  }

  @Test
  func `a preflight brings what follows it: by client and target, or by its origin`() throws {
    let log =
      Self.line(0, "GET /early", referer: "https://app.example.com/")
      + Self.line(1, "OPTIONS /a?x=1", referer: "https://app.example.com/")
      + Self.line(2, "GET /a?x=1")
      + Self.line(3, "GET /a?x=2")
      + Self.line(4, "GET /a?x=1", client: "10.0.0.2")
      + Self.line(5, "POST /b", referer: "https://app.example.com/page")
      + Self.line(6, "GET /c", referer: "https://other.example.com/")
    let reading = LogReading(log, as: try format("combined"), keep: .cors)
    #expect(reading.exchanges.map(\.locator.entry) == [2, 3, 6])
    #expect(reading.tally.counted == 4)
    #expect(reading.tally.options == 1)
  }

  @Test
  func `one's own host is no foreign origin`() throws {
    let log =
      Self.line(0, "OPTIONS /a", referer: "https://www.example.com/")
      + Self.line(1, "PUT /a", referer: "https://www.example.com/")
    #expect(LogReading(log, as: try format("combined"), keep: .cors, ownHosts: ["www.example.com"]).tally.kept == 0)
    #expect(LogReading(log, as: try format("combined"), keep: .cors).tally.kept == 2)
  }

  @Test
  func `a host without a port is another origin once a preflight shows it`() throws {
    let tail = #" origin="http://localhost:3000" host="localhost""#
    let get = Self.line(1, "GET /a", tail: tail + #" acrm="-""#)
    let preflight = Self.line(0, "OPTIONS /b", tail: tail + #" acrm="PUT""#)
    #expect(LogReading(get, as: try format("combined"), keep: .cors).tally.kept == 0)
    #expect(LogReading(preflight + get, as: try format("combined"), keep: .cors).tally.kept == 2)
  }

  @Test
  func `what is not kept is counted by hour, endpoint, method and status`() throws {
    let log = Self.line(0, "GET /users/1") + Self.line(1, "GET /users/2?x=1") + Self.line(2, "POST /users")
    let reading = LogReading(log, as: try format("combined"), keep: .cors)
    let hour: Int64 = 1_741_773_600_000_000
    #expect(
      reading.traffic == [
        TrafficRow(hour: hour, endpoint: "/users", method: "POST", status: 200, count: 1),
        TrafficRow(hour: hour, endpoint: "/users/{id}", method: "GET", status: 200, count: 2),
      ])
  }

  @Test
  func `the table of counts is bounded, and learns crowded places`() throws {
    var options = LogOptions()
    options.maximumEndpoints = 300
    var reader = LogReader(try format("combined"), options: options)
    var sink = LogCollector()
    for round in 0..<3 {
      for index in 0..<500 {
        let word = String(UnicodeScalar(UInt8(97 + index % 26))) + String(UnicodeScalar(UInt8(97 + index / 26)))
        let path = index % 5 == 0 ? "/api/cart" : "/shop/\(word)kettle/\(round)"
        reader.read(Array(Self.line(0, "GET \(path)").utf8).span, into: &sink)
      }
    }
    let endpoints = Set(reader.traffic.map(\.endpoint))
    #expect(endpoints.contains("/shop/{value}/{id}"))
    #expect(endpoints.contains("/api/cart"))
    #expect(endpoints.count <= 300)
    #expect(reader.traffic.reduce(0) { $0 + $1.count } == reader.tally.counted)
  }

  @Test(arguments: [
    #"1.2.3.4 - - [12/Mar/2025:10:15:32 +0000] "\x16\x03\x01" 400 157 "-" "-""#,
    #"1.2.3.4 - - [12/Mar/2025:10:15:32 +0000] "GET /sp ace" 400 157 "-" "-""#,
    #"1.2.3.4 - - [12/Mar/2025:10:15:32 +0000] "-" 408 - "-" "-""#,
    #"1.2.3.4 - - [12/Mar/2025:10:15:32 +0000] "" 400 0 "-" "-""#,
    #"1.2.3.4 - - [12/Mar/2025:10:15:32 +0000] "GET / HTTP/1.1" 000 0 "-" "-""#,
    #"1.2.3.4 - - [12/Mar/2025:10:15:32 +0000] "GET / HTTP/1.1" - 0 "-" "\\""#,
    #"1.2.3.4 - - [12/Mar/2025:10:15:32 +0000] "GET abcdefghi//81 HTTP/1.1" 400 0 "-" "-""#,
    #"1.2.3.4 - - [12/Mar/2025:10:15:32 +0000] "GET http:// HTTP/1.1" 400 0 "-" "-""#,
    #"1.2.3.4 - - [12/Mar/2025:10:15:32 +0000] "GET ://a/b HTTP/1.1" 400 0 "-" "-""#,
  ])
  func `odd lines are read all the same`(line: String) throws {
    let reading = LogReading(line, as: try format("combined"), keep: .cors)
    #expect(reading.problems.map(\.why) == [])
    #expect(reading.tally.counted == 1)
    #expect(LogReading(line, as: try format("combined"), keep: .all).tally.kept == 1)
  }

  @Test(arguments: [
    ("nonsense", IngestProblem.Code.badLine),
    (#"1.2.3.4 - - [99/Mar/2025:10:15:32 +0000] "GET / HTTP/1.1" 200 5 "-" "-""#, .badTimestamp),
    (#"1.2.3.4 - - [12/Mar/2025:10:15:32 +0000] "GET / HTTP/1.1" OK 5 "-" "-""#, .badLine),
  ])
  func `a line that cannot be read is a row of the problems`(line: String, code: IngestProblem.Code) throws {
    let good = Self.line(0, "GET /")
    let reading = LogReading(good + line + "\n" + good, as: try format("combined"))
    #expect(reading.problems.map(\.code) == [code])
    #expect(reading.problems.first?.locator == Locator(entry: 2, offset: good.utf8.count))
    #expect(reading.tally.kept == 2)
    #expect(reading.tally.rejected == 1)
  }

  @Test
  func `carriage returns, NULs, blank lines, a mark of UTF-8, bytes that are none, and a cut last line`() throws {
    let good = Self.line(0, "GET /a")
    var bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Array(good.dropLast().utf8) + [0x0D, 0x0A, 0x0A, 0, 0, 0]
    bytes += Array(good.utf8)
    bytes += Array(Self.line(1, "GET /\u{1}", agent: "x").utf8).map { $0 == 1 ? 0xFF : $0 }
    bytes += Array(good.utf8.prefix(40))
    let reading = LogReading(bytes, as: try format("combined"))
    #expect(reading.tally.kept == 3)
    #expect(reading.tally.passed == 1)
    #expect(reading.problems.map(\.code) == [.truncated])
    #expect(reading.exchanges.map(\.url) == ["/a", "/a", "/\u{FFFD}"])
  }

  @Test
  func `a line of megabytes is rejected and costs no memory`() throws {
    var options = LogOptions()
    options.maximumLineLength = 1000
    var reader = LogReader(try format("combined"), options: options)
    var sink = LogCollector()
    let flood = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 16)
    for _ in 0..<100 { reader.read(flood.span, into: &sink) }
    reader.read(Array(("\n" + Self.line(0, "OPTIONS /a")).utf8).span, into: &sink)
    #expect(sink.problems.map(\.code) == [.tooLong])
    #expect(sink.exchanges.map(\.locator) == [Locator(entry: 2, offset: 6_553_601)])
  }

  @Test(
    arguments: [
      ("0.004", 4000), ("31536000.5", 31_536_000_500_000), ("9999999999", nil), ("999999999999999", nil),
      ("9999999999999999999999", nil),
    ] as [(String, Int64?)])
  func `a duration beyond all bounds is none`(_ text: String, _ duration: Int64?) throws {
    for unit in ["", "ms", "us"] {
      let line =
        #"{"time":"2025-03-12T00:00:11Z","method":"PUT","uri":"/x","status":200,"request_time":"\#(text)\#(unit)"}"#
      let reading = LogReading(line, as: try format("json"))
      #expect(reading.exchanges.count == 1)
      if unit.isEmpty { #expect(reading.exchanges.first?.duration == duration, "\(text)") }
    }
  }

  @Test
  func `a secret does not get into a sample`() throws {
    let reading = LogReading("Authorization: Bearer abc123", as: try format("combined"))
    #expect(reading.problems.first?.sample == "Authorization…")
  }

  @Test
  func `a log that has grown is read on from where reading stopped`() throws {
    let log = Array((Self.line(0, "PUT /a") + Self.line(1, "PUT /b") + Self.line(2, "PUT /c")).utf8)
    let cut = log.count - 30
    var sink = LogCollector()
    var first = LogReader(try format("combined"))
    first.read(log.span.extracting(0..<cut), into: &sink)
    var second = LogReader(try format("combined"), from: first.position)
    second.read(log.span.extracting(first.position.offset..<log.count), into: &sink)
    second.finish(into: &sink)
    let whole = LogReading(log, as: try format("combined"))
    #expect(sink.exchanges.map(\.locator) == whole.exchanges.map(\.locator))
    #expect(sink.exchanges.map(\.url) == ["/a", "/b", "/c"])
  }

  @Test(arguments: LogFormatCatalogue.all.map(\.name))
  func `any bytes in any chunks are read the same, and every line is accounted for`(name: String) throws {
    let format = try format(name)
    var random = SplitMix(state: 42)
    for _ in 0..<6 {
      var bytes = Array(format.samples.map(\.text).joined(separator: "\n").utf8)
      bytes += [0x0A] + bytes
      for _ in 0..<Int(random.next() % 12) {
        let index = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 3 {
        case 0: bytes[index] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.insert(contentsOf: Array("\"{\\[,:\n".utf8), at: index)
        default: bytes.removeSubrange(index..<min(bytes.count, index + 5))
        }
      }
      let whole = LogReading(bytes, as: format)
      let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).count
      #expect(whole.tally.read == whole.exchanges.count + whole.problems.count)
      #expect(whole.tally.read + whole.tally.passed <= lines)
      #expect(whole.tally.read + whole.tally.passed >= lines - 1)
      for chunk in [1, 7, 64] {
        let parts = LogReading(bytes, as: format, chunk: chunk)
        #expect(parts.tally == whole.tally)
        #expect(parts.problems == whole.problems)
        #expect(parts.exchanges.map(\.url) == whole.exchanges.map(\.url))
        #expect(parts.exchanges.map(\.locator) == whole.exchanges.map(\.locator))
      }
    }
  }
}

/// A seeded source of numbers.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
