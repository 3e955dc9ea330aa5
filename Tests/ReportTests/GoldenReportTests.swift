import Correlator
import Evidence
import Report
import Testing

@Suite("Reports") struct GoldenReportTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var findings: @Sendable () -> Findings
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "shop", findings: Samples.shop), Case(name: "hostile", findings: Samples.hostile),
    Case(name: "nothing-failed", findings: Samples.nothingFailed),
    Case(name: "nothing-cors", findings: Samples.nothingWasCORS),
    Case(name: "more-than-shown", findings: Samples.moreThanShown),
    Case(name: "many-sources", findings: Samples.manySources),
    Case(name: "several-sources", findings: Samples.severalSources),
  ]

  @Test(arguments: cases, [80, 60, 40]) func `a text report fits its width`(_ sample: Case, width: Int) throws {
    var text = ""
    FindingsReport.writeText(sample.findings(), ReportOptions(width: width), into: &text)
    // A command is never broken: it is there to be copied.
    let tooWide = text.split(separator: "\n").filter {
      DisplayWidth.of($0) > width && !$0.contains("corsleuth explain")
    }
    #expect(tooWide == [])
    try expectGolden(text, "\(sample.name)-\(width).txt")
  }

  @Test(arguments: cases) func `a Markdown report`(_ sample: Case) throws {
    var text = ""
    FindingsReport.writeMarkdown(sample.findings(), into: &text)
    try expectGolden(text, "\(sample.name).md")
  }

  @Test(arguments: cases) func `a JSON report`(_ sample: Case) throws {
    var text = ""
    FindingsReport.writeJSON(sample.findings(), into: &text)
    try expectGolden(text, "\(sample.name).json")
  }

  @Test func `a log without origins does not show that nothing failed`() {
    var findings = Samples.nothingWasCORS()
    findings.sources[0].kind = .log
    var text = ""
    FindingsReport.writeText(findings, ReportOptions(width: 200), into: &text)
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.hasPrefix("Nothing to judge: none of the 61 requests read shows that CORS applied to it."))
    #expect(words.contains("it may have failed unseen") && !words.contains("for another reason"))
  }

  @Test func `a text report in colour`() throws {
    var text = ""
    FindingsReport.writeText(Samples.shop(), ReportOptions(width: 80, style: .ansi), into: &text)
    try expectGolden(text, "shop-80-colour.txt")
  }

  @Test func `what is asked for comes first`() {
    var text = ""
    FindingsReport.writeText(Samples.shop(), ReportOptions(grouping: .endpoint), into: &text)
    let titles = text.split(separator: "\n").filter { $0.hasPrefix("By ") }
    #expect(titles == ["By endpoint", "By cause", "By origin"])
  }

  @Test(arguments: ["80", "60"]) func `colour changes nothing but colour`(width: String) {
    var plain = ""
    var coloured = ""
    let width = Int(width) ?? 0
    FindingsReport.writeText(Samples.hostile(), ReportOptions(width: width), into: &plain)
    FindingsReport.writeText(Samples.hostile(), ReportOptions(width: width, style: .ansi), into: &coloured)
    #expect(coloured.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == plain)
  }

  /// Whatever the input holds, no control, bidi or line-separating character of it reaches the output.
  @Test func `hostile input stays visible`() {
    var text = ""
    FindingsReport.writeText(Samples.hostile(), into: &text)
    FindingsReport.writeMarkdown(Samples.hostile(), into: &text)
    FindingsReport.writeJSON(Samples.hostile(), into: &text)
    let bad = text.unicodeScalars.filter { scalar in
      scalar != "\n" && [.control, .format, .lineSeparator].contains(scalar.properties.generalCategory)
    }
    #expect(bad.map { String($0.value, radix: 16) } == [])
  }
}
