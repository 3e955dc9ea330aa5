import Ingestion
import Testing

struct HARSnifferTests {
  static func look(_ bytes: [UInt8]) -> HARSniffer.Verdict { HARSniffer.look(at: bytes.span) }

  @Test(arguments: harFixtureNames)
  func `every fixture is told to be a HAR`(name: String) throws {
    guard case .har = HARSnifferTests.look(Array(try harFixture(name).prefix(HARSniffer.prefixLength))) else {
      Issue.record("\(name) was not recognised")
      return
    }
  }

  @Test(arguments: [
    #"{"log":{"#, #"[{"log":{"#, "\u{FEFF} {\"log\": {", #"cb({"log":{"#, #"{"comment":"x","entries":["#,
    #"{"request":{"method""#, #"{"pageref":"p","startedDateTime":"2026"#, #"{"version":8,"type":"context-options""#,
    #"{"type":"resource-snapshot","snapshot":{"#, #"{"creator":{"#,
  ])
  func `a HAR shows at its beginning`(text: String) {
    guard case .har = HARSnifferTests.look(Array(text.utf8)) else {
      Issue.record("\(text) was not recognised")
      return
    }
  }

  @Test(arguments: [
    (#"{"time":"2026-03-01","request":"GET / HTTP/1.1","status":200}"#, HARSniffer.Verdict.otherJSON),
    (#"{"level":"info","request":{"#, .har(because: "it begins with an entry's request")),
    ("{}", .otherJSON), ("[1,2]", .otherJSON), (#"{"log":"text"}"#, .otherJSON), ("", .notJSON),
    (#"127.0.0.1 - - [23/Nov/2026:18:49:51 +0000] "GET / HTTP/1.1" 200 5"#, .notJSON),
    ("#Fields: date time", .notJSON), ("<html>{</html>", .notJSON), ("[23/Nov/2026] x", .notJSON),
    ("10.0.0.1 [x] {", .notJSON), ("{not json", .notJSON),
  ])
  func `logs and other texts are told apart`(text: String, verdict: HARSniffer.Verdict) {
    #expect(HARSnifferTests.look(Array(text.utf8)) == verdict)
  }

  @Test func `UTF-16 is no obstacle`() {
    let bytes = "\u{FEFF}{\"log\":{".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    #expect(HARSnifferTests.look(bytes) == .har(because: "it has a log"))
  }
}
