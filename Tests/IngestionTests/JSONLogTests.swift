import Evidence
import Ingestion
import Testing

@Suite("Reading JSON lines")
struct JSONLogTests {
  /// One object a line, each written another way; what a reader remembers of one line must not bear on what it reads in the next.
  static let layouts: [String] = [
    #"{"time":"2025-03-12T00:00:11Z","method":"PUT","uri":"/0","status":200,"origin":"https://a.example"}"#,
    #"{"time":"2025-03-12T00:00:11Z","method":"PUT","uri":"/1","status":200,"origin":"https://a.example"}"#,
    #"{"time": "2025-03-12T00:00:11Z", "method": "PUT", "uri": "/2", "status": 200, "origin": "https://a.example"}"#,
    #"{"time":"2025-03-12T00:00:11Z","method":  "PUT","uri":\#t"/3","status": 200,"origin": "https://a.example"}"#,
    #"{"time":"2025-03-12T00:00:11Z" ,"method":"PUT" , "uri":"/4","status":"200" ,"origin":"https://a.example" }"#,
    #"{ "status":200,"uri":"/5","method":"PUT","time":"2025-03-12T00:00:11Z","x":null,"origin":"https://a.example"}"#,
    #"{"x":"","time":"2025-03-12T00:00:11Z","method":"PUT","uri":"\/6","status":200,"origin":"https:\/\/a.example"}"#,
    #"{"x":{"y":[1,"}"]},"time":"2025-03-12T00:00:11Z","method":"PUT","uri":"/7","status":200,"origin":"https://a.example"},"#,
    #"{"a_name_of_more_bytes_than_are_compared_at_once":"1","time":"2025-03-12T00:00:11Z","method":"PUT","#
      + #""uri":"/8","status":200,"origin":"https://a.example"}"#,
    #"{"time":"2025-03-12T00:00:11Z","method":"PUT","uri":"/9","uri":"/else","status":200,"origin":"https://a.example"}"#,
  ]

  @Test
  func `a JSON line is read alike whatever the line before looked like`() throws {
    let json = try #require(LogFormatCatalogue.format(named: "json"))
    for (first, before) in Self.layouts.enumerated() {
      for (second, line) in Self.layouts.enumerated() {
        let reading = LogReading([before, before, line, line, before].joined(separator: "\n"), as: json)
        #expect(reading.problems.isEmpty)
        #expect(reading.exchanges.map(\.url) == [first, first, second, second, first].map { "/\($0)" })
        #expect(reading.exchanges.allSatisfy { $0.status == 200 && $0.field("req:origin") == "https://a.example" })
      }
    }
  }

  @Test(arguments: ["1.7907e+12", "1.7907E12", "1.7907e9", "1790700000", "17907e5", #""1.7907e9""#])
  func `a moment is read however its number is written`(moment: String) throws {
    let json = try #require(LogFormatCatalogue.format(named: "json"))
    for line in [
      #"{"time":\#(moment),"method":"PUT","uri":"/","status":200}"#,
      #"{"method":"PUT","uri":"/","status":200,"time": \#(moment) }"#,
    ] {
      let reading = LogReading(line, as: json)
      #expect(reading.problems.isEmpty)
      #expect(reading.exchanges.first?.startedAt == 1_790_700_000_000_000)
    }
  }

  @Test
  func `a list with an object on each of its lines`() throws {
    let json = try #require(LogFormatCatalogue.format(named: "json"))
    let reading = LogReading("[\(Self.layouts[0]),\n\(Self.layouts[1])]\n", as: json)
    #expect(reading.problems.isEmpty)
    #expect(reading.exchanges.map(\.url) == ["/0", "/1"])
  }

  @Test
  func `an address by Elastic's names`() throws {
    let json = try #require(LogFormatCatalogue.format(named: "json"))
    let line =
      #"{"@timestamp":"2025-03-12T00:00:11Z","http":{"request":{"method":"PUT"},"response":{"status_code":200}},"url":{"original":"/a?b=1","domain":"api.example.com"},"source":{"ip":"203.0.113.7"}}"#
    let exchange = try #require(LogReading(line, as: json).exchanges.first)
    #expect(exchange.url == "/a?b=1")
    #expect(exchange.field("host") == "api.example.com")
    #expect(exchange.client == "203.0.113.7")
  }

  @Test(arguments: [
    #"{"time":"2025-03-12T00:00:11Z","method":"PUT","uri":"/0","status":200 "origin":"https://a.example"}"#,
    #"{"time":"2025-03-12T00:00:11Z","method":"PUT","uri":"/0","status":200,"origin":"https://a.example""#,
    #"{"time":"2025-03-12T00:00:11Z","method":"PUT","uri":"/0","status":200,,"origin":"https://a.example"}"#,
    #"{"time":"2025-03-12T00:00:11Z","method":"PUT","uri":"/0""status":200,"origin":"https://a.example"}"#,
    #"{"time":"2025-03-12T00:00:11Z","method":"PUT","uri":"/0","status":"origin":"https://a.example"}"#,
    #"{"time":"2025-03-12T00:00:11Z","method":"PUT","uri":"/0","status":200,"origin":"https://a.example\"}"#,
    #"{"time":"2025-03-12T00:00:11Z","method":"PUT","uri":"/0","status":200,"origin""#,
  ])
  func `a damaged JSON line is rejected, though the one before was whole`(line: String) throws {
    let json = try #require(LogFormatCatalogue.format(named: "json"))
    let reading = LogReading([Self.layouts[0], line, Self.layouts[1]].joined(separator: "\n"), as: json)
    #expect(reading.problems.map(\.code) == [.badJSON])
    #expect(reading.exchanges.map(\.url) == ["/0", "/1"])
  }
}
