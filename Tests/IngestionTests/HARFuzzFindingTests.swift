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
}
