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

  @Test
  func `names are unique`() {
    let names = LogFormatCatalogue.all.map(\.name)
    #expect(Set(names).count == names.count)
  }
}
