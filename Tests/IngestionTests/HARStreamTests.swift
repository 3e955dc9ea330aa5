import Evidence
import Fetch
import Ingestion
import Testing

/// How a HAR is cut into pieces, wrapped, or damaged must not matter more than it has to.
struct HARStreamTests {
  @Test(arguments: harFixtureNames, [1, 2, 7, 63, 4096])
  func `the size of the chunks changes nothing`(name: String, chunk: Int) throws {
    let bytes = try harFixture(name)
    #expect(readHAR(bytes, chunk: chunk).everything == readHAR(bytes).everything)
  }

  static let entry =
    #"{"startedDateTime":"2026-03-01T10:00:00.000Z","request":{"method":"GET","url":"http://a.example/1"}}"#

  @Test(arguments: [
    #"{"log":{"entries":[E,E]}}"#, #"{"entries":[E,E]}"#, "[E,E]", "E\nE\n", "E E",
    #"{"log":{"entries":[E]}}{"log":{"entries":[E]}}"#,
    "[{\"log\":{\"entries\":[E]}},{\"entries\":[E]}]", #"onInputData({"log":{"entries":[E,E]}});"#,
    "\u{FEFF}{\"log\":{\"entries\":[E,E]}}",
    #"{"comment":{"entries":[1]},"log":{"other":[[{}]],"n":-1.5,"entries":[E , E ,]}}"#,
    "{\"version\":8,\"type\":\"context-options\"}\n{\"type\":\"resource-snapshot\",\"snapshot\":E}\n{\"type\":\"resource-snapshot\",\"snapshot\":E}",
  ])
  func `every wrapping that goes round is opened`(text: String) {
    let result = readHAR(text.replacing("E", with: HARStreamTests.entry))
    #expect(result.summary.kept == 2)
    #expect(result.problems.isEmpty)
    #expect(!result.summary.isTruncated)
    #expect(result.sink.exchanges.map(\.locator.entry) == [1, 2])
  }

  @Test(arguments: [false, true])
  func `UTF-16 is read, with and without its mark`(isBigEndian: Bool) {
    let text = #"{"log":{"entries":[{"request":{"method":"GET","url":"http://a.example/é😀"}}]}}"#
    for mark in ["", "\u{FEFF}"] {
      let bytes = (mark + text).utf16.flatMap { unit in
        isBigEndian ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
      }
      for chunk in [1, 3, 4096] {
        #expect(readHAR(bytes, chunk: chunk).sink.exchanges.map(\.url) == ["http://a.example/é😀"])
      }
    }
  }

  @Test(arguments: [1, 1000, 1 << 18])
  func `a body is passed over whatever its size, and however it is chunked`(chunk: Int) {
    let size = chunk == 1 ? 40_000 : 3_000_000
    let body = String(repeating: #"x\"}]{[\u00e9"#, count: size / 14)
    let long = String(repeating: "é", count: 20_000)
    let text =
      #"{"log":{"entries":[{"request":{"method":"POST","url":"http://a.example/?q="# + long
      + #"","headers":[{"name":"Origin","value":"http://b.example"}],"postData":{"text":""# + body
      + #""}},"response":{"status":200,"content":{"text":""# + body
      + #""},"headers":[{"name":"Vary","value":"Origin"}]},"_webSocketMessages":[{"data":""# + body
      + #""}],"startedDateTime":"2026-03-01T10:00:00Z"}]}}"#
    let result = readHAR(text, chunk: chunk)
    #expect(result.counts == "1 read, 1 kept, 0 rejected")
    #expect(result.problems.isEmpty)
    let exchange = result.sink.exchanges.first
    #expect(exchange?.status == 200)
    #expect(exchange?.response.list.get(.vary) == "Origin")
    #expect(exchange?.startedAt != nil)
    // Longer strings are cut, always at the same place.
    #expect(exchange?.url.utf8.count == 16_384)
  }

  @Test func `a cut file gives every whole entry and says that it was cut`() throws {
    let bytes = try harFixture("devtools-http1-sanitised.har")
    let whole = readHAR(bytes).lines
    var kept: Set<Int> = []
    for end in stride(from: 0, to: bytes.count - 12, by: 37) {
      let result = readHAR(Array(bytes.prefix(end)))
      #expect(result.summary.isTruncated == (end > 0))
      #expect(result.problems.contains { $0.hasPrefix("truncated-input") } == (end > 0))
      #expect(result.lines.map { $0.prefix(20) } == whole.prefix(result.summary.kept).map { $0.prefix(20) })
      kept.insert(result.summary.kept)
    }
    #expect(kept.isSuperset(of: 0...7))
  }

  @Test func `a broken entry costs itself and its neighbour at most`() {
    let good = HARStreamTests.entry
    let broken = [
      good.replacing("\"GET\"", with: "\"GET"), good.replacing("}}", with: "}"), good.replacing("}}", with: "}}}"),
      good.replacing(":", with: ";"), good.replacing("\"url\"", with: "\"url\": ["), "\"\"\"",
      good.replacing("{\"method", with: "\"method"), "{{{", "]", "}",
    ]
    for piece in broken {
      let text = "{\"log\":{\"entries\":[\(good),\(piece),\(good),\(good),\(good)]}}"
      let result = readHAR(text)
      #expect(result.summary.kept >= 3, "\(piece): \(result.problems)")
      #expect(!result.problems.isEmpty, "\(piece)")
      #expect(readHAR(text, chunk: 1).everything == result.everything, "\(piece)")
    }
  }

  @Test func `nesting ten thousand deep is refused with a sentence`() {
    let deep = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
    let text =
      #"{"log":{"entries":[{"request":{"method":"GET","url":"http://a.example/","x":"# + deep + "}},"
      + HARStreamTests.entry
      + "]}}"
    for chunk in [1, 1 << 18] {
      let result = readHAR(text, chunk: chunk)
      #expect(result.problems == ["too-deep 1: Entry 1 is nested more than 512 deep."])
      #expect(result.summary.kept == 1)
    }
    #expect(readHAR(deep).problems.count == 1)
  }

  @Test(arguments: [
    ("", "unknown-format"), ("hello", "unknown-format"), ("{}", "unknown-format"), (#"{"log":{}}"#, "unknown-format"),
    ("[1,2]", "unknown-format"), ("<html></html>", "unknown-format"), (#"{"a":{"b":1}}"#, "unknown-format"),
    (#"{"log":{"entries":[]"#, "truncated-input"), ("{", "truncated-input"),
  ])
  func `what is no HAR is said to be none`(text: String, code: String) {
    let result = readHAR(text)
    #expect(result.sink.problems.map(\.code.rawValue) == [code])
    #expect(result.summary.read == 0)
  }

  @Test(arguments: [1, 5, 4096])
  func `an exporter named by a string is named all the same`(chunk: Int) {
    let result = readHAR(#"{"log":{"creator":"Optic capture command","entries":[]}}"#, chunk: chunk)
    #expect(result.profile == "Optic capture command: any by unknown, no preflights, no browser")
  }

  @Test func `an empty list of entries is a HAR without trouble`() {
    let result = readHAR(#"{"log":{"entries":[]}}"#)
    #expect(result.problems.isEmpty)
  }

  @Test func `an exporter and pages behind the entries still count`() throws {
    let pages = #""pages":[{"id":"p1","title":"https://shop.example/cart"}]"#
    let creator = #""creator":{"name":"Firefox","version":"140.0"}"#
    let entry = #"{"pageref":"p1","request":{"method":"GET","url":"http://a.example/"},"response":{"status":0}}"#
    let short = readHAR("{\"log\":{\"entries\":[\(entry)],\(pages),\(creator)}}")
    #expect(short.profile == "Firefox 140.0: firefox by firefox")
    #expect(short.sink.exchanges.map(\.pageOrigin) == ["https://shop.example"])
    #expect(short.summary.latePageOrigins.isEmpty)
    let many = Array(repeating: entry, count: 5000).joined(separator: ",")
    let long = readHAR("{\"log\":{\"entries\":[\(many)],\(pages),\(creator)}}")
    let page = try #require(long.sink.pages.first ?? nil)
    #expect(long.summary.kept == 5000)
    #expect(long.summary.latePageOrigins == [page: "https://shop.example"])
  }
}
