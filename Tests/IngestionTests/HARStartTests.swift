import Evidence
import Scanning
import Testing

/// What entries' `startedDateTime` holds, beside the dates that it should.
struct HARStartTests {
  @Test(
    arguments: [
      (#""2026-11-23T18:49:51.008Z""#, "2026-11-23T18:49:51.008000Z", 1000),
      ("1795459791", "2026-11-23T18:49:51.000000Z", 1_000_000),
      ("1795459791.008", "2026-11-23T18:49:51.008000Z", 1000),
      ("1795459791008", "2026-11-23T18:49:51.008000Z", 1000),
      ("1795459791008.123", "2026-11-23T18:49:51.008123Z", 1),
      ("1795459791008123", "2026-11-23T18:49:51.008123Z", 1),
      ("1795459791008123456", "2026-11-23T18:49:51.008123Z", 1),
      ("1.795459791008e12", "2026-11-23T18:49:51.008000Z", 1000),
      (#""1795459791008""#, "2026-11-23T18:49:51.008000Z", 1000),
      (#""9999-12-31T23:59:59Z""#, "9999-12-31T23:59:59.000000Z", 1_000_000),
    ])
  func `numbers since 1970 are read as logs' are`(value: String, start: String, granularity: Int64) throws {
    let result = Self.read(value)
    let exchange = try #require(result.sink.exchanges.first)
    #expect(exchange.startedAt.map(Timestamp.iso8601(microseconds:)) == start)
    #expect(exchange.clockGranularity == granularity)
    #expect(result.problems == [])
  }

  @Test(
    arguments: [
      ("17", ""), ("-1795459791008", ""), ("true", ""), ("{}", ""), ("[1795459791]", ""), ("1e99", ""),
      (#""soon""#, "soon"), (#""12026-11-23T18:49:51Z""#, "12026-11-23T18:49:51Z"),
      (#""+012026-11-23T18:49:51Z""#, "+012026-11-23T18:49:51Z"),
      (#""9999-12-31T23:59:59-01:00""#, "9999-12-31T23:59:59-01:00"),
      (#""0000-01-01T00:00:00+01:00""#, "0000-01-01T00:00:00+01:00"),
    ])
  func `what is no date is counted, and the entry kept`(value: String, sample: String) {
    let result = Self.read(value)
    #expect(result.counts == "1 read, 1 kept, 0 rejected")
    #expect(result.problems == ["bad-timestamp 1: The start of entry 1 is no date."])
    #expect(result.sink.problems.first?.sample == sample)
    #expect(result.sink.exchanges.first?.startedAt == nil)
  }

  @Test(arguments: ["null", #""""#])
  func `where none was written none is lost`(value: String) {
    let result = Self.read(value)
    #expect(result.problems == [] && result.sink.exchanges.first?.startedAt == nil)
  }

  private static func read(_ value: String) -> HARResult {
    readHAR(
      #"{"log":{"entries":[{"startedDateTime":\#(value),"request":{"method":"GET","url":"https://a.example/"}}]}}"#)
  }
}
