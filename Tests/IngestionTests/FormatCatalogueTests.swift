import Evidence
import Fetch
import Ingestion
import Testing

@Suite("The catalogue of log formats")
struct FormatCatalogueTests {
  @Test(arguments: LogFormatCatalogue.all.map(\.name))
  func `every format reads its own samples`(name: String) throws {
    let format = try #require(LogFormatCatalogue.format(named: name))
    #expect(!format.samples.isEmpty)
    for sample in format.samples {
      let reading = LogReading(sample.text, as: format)
      #expect(reading.problems.map(\.why) == [])
      let exchange = try #require(reading.exchanges.first)
      for (field, value) in sample.expected {
        #expect(exchange.field(field) == value, "\(name): \(field)")
      }
    }
  }

  @Test(arguments: KnownField.allCases)
  func `a header field has a slot of its own on either side`(field: KnownField) {
    #expect(LogField.request(field).requestField == field)
    #expect(LogField.request(field).responseField == nil)
    #expect(LogField.response(field).responseField == field)
    #expect(LogField.response(field).requestField == nil)
    #expect(Int(LogField.response(field).slot) < LogField.slots)
  }

  @Test(arguments: LogFormatCatalogue.all.map(\.name))
  func `every format is told from its own samples`(name: String) throws {
    let format = try #require(LogFormatCatalogue.format(named: name))
    for sample in format.samples {
      let sniffer = LogSniffer(text: sample.text)
      #expect(sniffer.format?.name == name, "\(sample.text.prefix(80))")
    }
  }

  /// One line that was cut off fits the shorter format as well as all others do, whole or not.
  @Test(arguments: [
    "10.0.0.9 - - [25/Oct/2026:02:50:00 +0100] \"GET /r/7 HTTP/1.1\" 200 12",
    "10.0.0.9 - - [25/Oct/2026:02:50:00 +0100] \"GET /r/7 HTTP/1.1\" 200 12 \"https://app.x.ex",
  ])
  func `a line that was cut off does not cost the others their format`(cut: String) {
    let whole =
      #"10.0.0.9 - - [25/Oct/2026:02:50:00 +0100] "GET /r HTTP/1.1" 200 12 "https://app.x.example/" "Mozilla/5.0""#
    let lines = Array(repeating: whole, count: 30)
    #expect(LogSniffer(text: (lines + [cut]).joined(separator: "\n") + "\n").format?.name == "combined")
    #expect(LogSniffer(text: ([cut] + lines).joined(separator: "\n") + "\n").format?.name == "combined")
    let common = #"10.0.0.9 - - [25/Oct/2026:02:50:00 +0100] "GET /r HTTP/1.1" 200 12"#
    let mixed = Array(repeating: common, count: 10) + lines
    #expect(LogSniffer(text: mixed.joined(separator: "\n") + "\n").format?.name == "common")
  }

  @Test
  func `names are unique`() {
    let names = LogFormatCatalogue.all.map(\.name)
    #expect(Set(names).count == names.count)
  }
}
