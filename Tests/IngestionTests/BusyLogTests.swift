import Evidence
import Ingestion
import Testing

/// Thousands of preflights in a second: each is held in mind until its request has come.
@Suite struct BusyLogTests {
  private struct Nowhere: LogSink {
    mutating func receive(_ line: LoggedLine, _ context: LineContext) -> Bool { true }
    mutating func receive(_ exchange: Exchange, _ line: LoggedLine, _ context: LineContext) {}
    mutating func receive(_ problem: IngestProblem) {}
  }

  @Test(arguments: [1_000, 80_000])
  func `nearly every request that a preflight was made for is kept`(clients: Int) throws {
    let format = try #require(LogFormatCatalogue.format(named: "combined"))
    var options = LogOptions()
    options.keep = .cors
    var reader = LogReader(format, options: options)
    var sink = Nowhere()
    for (method, second) in [("OPTIONS", 10), ("GET", 18)] {
      for client in 0..<clients {
        let address = "10.\(client >> 16).\(client >> 8 & 255).\(client & 255)"
        let clock = "10:00:\(second + client * 8 / clients)"
        let line =
          #"\#(address) - - [12/Mar/2025:\#(clock) +0000] "\#(method) /a HTTP/2.0" 200 0 "-" "Mozilla/5.0 (X11)""#
          + "\n"
        let bytes = Array(line.utf8)
        reader.read(bytes.span, into: &sink)
      }
    }
    reader.finish(into: &sink)
    let (kept, all) = (reader.tally.kept, 2 * clients)
    #expect(kept + reader.tally.counted == all)
    #expect(all - kept <= all / 500, "\(all - kept) of \(all) were lost")
  }
}
