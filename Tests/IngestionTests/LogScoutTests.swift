import Evidence
import Ingestion
import Testing

/// A preflight in one server's log, its request in another's.
@Suite struct LogScoutTests {
  static func line(_ request: String, _ second: Int, client: String = "10.0.0.1") -> String {
    let agent = "Mozilla/5.0 (X11; Linux x86_64) Chrome/141.0.0.0"
    return #"\#(client) - - [12/Mar/2025:0\#(second / 3600):\#(10 + second / 60 % 50):\#(10 + second % 50) +0000] "#
      + #""\#(request) HTTP/2.0" 200 5 "-" "\#(agent)""# + "\n"
  }

  static let combined = LogFormatCatalogue.format(named: "combined")

  static func announced(_ log: String, chunk: Int = 1 << 16, after earlier: AnnouncedElsewhere = AnnouncedElsewhere())
    throws
    -> AnnouncedElsewhere
  {
    var options = LogOptions()
    options.announced = earlier
    var scout = LogScout(try #require(combined), options: options)
    let bytes = Array(log.utf8)
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      scout.read(bytes.span.extracting(start..<min(bytes.count, start + chunk)))
    }
    scout.finish()
    return scout.announced
  }

  static func kept(_ log: String, beside announced: AnnouncedElsewhere) throws -> [String] {
    var options = LogOptions()
    options.announced = announced
    return LogReading(Array(log.utf8), as: try #require(combined), options: options).exchanges.map(\.url)
  }

  static let preflights = (0..<40).map { index in
    line("GET /page/\(index)", index * 60) + line("OPTIONS /a/\(index)", index * 60)
      + line("GET /static/OPTIONS", index * 60)
  }.joined()

  @Test(arguments: [1, 7, 100, 1000, 1 << 16])
  func `finds every preflight, wherever chunks end`(_ chunk: Int) throws {
    let announced = try Self.announced(Self.preflights, chunk: chunk)
    let requests = (0..<40).map { Self.line("GET /a/\($0)", $0 * 60 + 1) }.joined()
    #expect(try Self.kept(requests, beside: announced).count == 40)
    #expect(announced.lacksOrigin)
  }

  @Test func `a preflight's last line needs no end`() throws {
    let announced = try Self.announced(String(Self.line("OPTIONS /a", 1).dropLast()))
    #expect(try Self.kept(Self.line("POST /a", 2), beside: announced) == ["/a"])
  }

  @Test func `tells clients, targets and hours apart`() throws {
    let announced = try Self.announced(Self.line("OPTIONS /a", 1))
    #expect(try Self.kept(Self.line("GET /a", 7000), beside: announced) == ["/a"])
    #expect(try Self.kept(Self.line("GET /b", 2), beside: announced) == [])
    #expect(try Self.kept(Self.line("GET /a", 2, client: "10.0.0.2"), beside: announced) == [])
    #expect(try Self.kept(Self.line("GET /a", 5 * 3600), beside: announced) == [])
    #expect(try Self.kept(Self.line("GET /a", 2), beside: AnnouncedElsewhere()) == [])
  }

  @Test func `goes on from other logs`() throws {
    let first = try Self.announced(Self.line("OPTIONS /a", 1))
    let both = try Self.announced(Self.line("OPTIONS /b", 1), after: first)
    #expect(try Self.kept(Self.line("GET /a", 2) + Self.line("GET /b", 2), beside: both) == ["/a", "/b"])
  }
}
