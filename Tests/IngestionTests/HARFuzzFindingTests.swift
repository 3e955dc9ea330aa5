import Evidence
import Ingestion
import Testing

/// What `make fuzz` found once, so that it stays mended.
struct HARFuzzFindingTests {
  @Test(arguments: ["[}", "[:", "[1}]", "[ } , {\"log\": {\"entries\": []}}]"])
  func `a bracket or colon astray in a list at the root is passed over`(text: String) {
    let result = readHAR(Array(text.utf8))
    #expect(result.summary.kept == 0)
    #expect(result.sink.problems.contains { $0.code == .badJSON })
  }

  @Test(arguments: [1, 7, 64, 4096])
  func `an entry that swallowed others is broken, although what is left is valid JSON`(chunk: Int) {
    let entry = { (number: Int) in
      #"{"startedDateTime":"2026-03-01T10:00:00Z","request":{"method":"GET","url":"http://a.example/\#(number)"}}"#
    }
    let result = readHAR(
      #"{"log":{"entries":[{"startedDateTime":"2026-03-01T10:00:00Z","_lost":["# + entry(1) + "]}," + entry(2) + "]}}",
      chunk: chunk)
    #expect(result.sink.problems.first?.code == .badJSON)
    #expect(result.sink.exchanges.map(\.url).contains("http://a.example/2"))
  }
}
