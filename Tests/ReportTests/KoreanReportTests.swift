import Correlator
import Report
import Testing
import Words

/// Reports for Korean readers: the same, in other words.
@Suite("A Korean report") struct KoreanReportTests {
  static let samples = GoldenReportTests.cases.filter { $0.name != "hostile" }

  /// With the fixes as a store gives them: made by the catalogue.
  private static func findings(_ sample: GoldenReportTests.Case) -> Findings {
    var findings = sample.findings()
    for index in findings.problems.indices {
      let problem = findings.problems[index]
      findings.problems[index].fix = problem.example.reason.flatMap(Reason.of)?.fix(FixContext(problem))
    }
    return findings
  }

  /// What the samples made up, and no catalogue can know.
  private static func withoutKeptSentences(_ findings: Findings) -> Findings {
    func stripped(_ problem: Findings.Problem) -> Findings.Problem {
      var problem = problem
      problem.example.evidence = []
      problem.example.fix = nil
      return problem
    }
    var findings = findings
    findings.problems = findings.problems.map(stripped)
    findings.sources.indices.forEach { findings.sources[$0].blindSpots = [] }
    var faults = findings.overview?.faults ?? []
    for index in faults.indices { faults[index].example = stripped(faults[index].example) }
    findings.overview?.faults = faults
    return findings
  }

  private static func text(_ findings: Findings, _ language: Language) -> String {
    var text = ""
    FindingsReport.writeText(findings, ReportOptions(width: 80, language: language), into: &text)
    return text
  }

  private static func markdown(_ findings: Findings, _ language: Language) -> String {
    var text = ""
    FindingsReport.writeMarkdown(findings, ReportOptions(language: language), into: &text)
    return text
  }

  private static func page(_ findings: Findings, _ language: Language) -> HTMLPage {
    var text = ""
    FindingsReport.writeHTML(findings, ReportOptions(language: language), into: &text)
    return HTMLPage(text)
  }

  @Test func `a text report fits its width`() throws {
    let text = Self.text(Self.findings(try #require(Self.samples.first)), .korean)
    #expect(text.split(separator: "\n").filter { DisplayWidth.of($0) > 80 } == [])
    try expectGolden(text, "shop-ko.txt")
  }

  @Test func `a Markdown report`() throws {
    try expectGolden(Self.markdown(Self.findings(try #require(Self.samples.first)), .korean), "shop-ko.md")
  }

  @Test func `a page says that it is in Korean, and is`() throws {
    let page = Self.page(HTMLSamples.capture(), .korean)
    #expect(page.errors == [])
    #expect(page.all("html").first?.attributes["lang"] == "ko")
    try expectGolden(page.words.joined(separator: "\n") + "\n", "capture-ko.html.txt")
  }

  @Test(arguments: samples) func `no English words are left over`(_ sample: GoldenReportTests.Case) {
    let findings = Self.withoutKeptSentences(Self.findings(sample))
    for report in [Self.text, Self.markdown] {
      let english = Set(Self.lines(report(findings, .english)))
      #expect(Self.lines(report(findings, .korean)).filter { english.contains($0) && Self.isProse($0) } == [])
    }
  }

  @Test(arguments: [HTMLSamples.capture, HTMLSamples.log, HTMLSamples.everything])
  func `no English words are left over on a page`(sample: @Sendable () -> Findings) {
    let findings = Self.withoutKeptSentences(sample())
    let english = Set(Self.page(findings, .english).words)
    #expect(Self.page(findings, .korean).words.filter { english.contains($0) && Self.isProse($0) } == [])
  }

  @Test func `explanations, changes and comparisons`() throws {
    var text = Explanation(try #require(Reason.of(.missingAllowOrigin)), server: .nginx, in: .korean).text()
    try expectGolden(text, "explain-missing-allow-origin-ko.txt")
    text = ""
    WhatIfReport.writeText(WhatIfReportTests.findings, limit: 10, ReportOptions(language: .korean), into: &text)
    try expectGolden(text, "whatif-ko.txt")
    text = ""
    ComparisonReport.writeMarkdown(ComparisonReportTests.comparison, limit: 10, in: .korean, into: &text)
    try expectGolden(text, "compare-ko.md")
  }

  @Test(
    arguments: [
      (.disabled, "WebKit: 없음: WebKit에는 그런 설정이 없습니다"), (.originHeaderNotAdded, "WebKit: 고유한 메시지 없음"),
      (.didNotSucceed, "WebKit: 전송 오류가 먼저 나온 다음: Fetch API cannot load URL due to"),
      (.methodNotFound, "WebKit: Method M is not allowed by Access-Control-Allow-Methods."),
    ] as [(ReasonKey, String)])
  func `what a browser prints stays, what is said of it does not`(key: ReasonKey, line: String) throws {
    let text = Explanation(try #require(Reason.of(key)), in: .korean).text(width: 200)
    #expect(text.contains("\n  \(line)"))
  }

  @Test func `keys are the same in every language`() {
    let list = Explanation.list(in: .korean)
    for key in Reason.all.map(\.key.rawValue) + RootCause.all.map(\.key) { #expect(list.contains("  \(key)")) }
  }

  /// The lines outside fences: configuration is in no language.
  private static func lines(_ report: String) -> [Substring] {
    report.replacing(/```\n.*?\n```/.dotMatchesNewlines(), with: "").split(separator: "\n")
  }

  /// Two words of small letters in a row, which no key, name or address has: but for commands, and what a browser prints.
  private static func isProse(_ line: some StringProtocol) -> Bool {
    let line = String(line).replacing(/`[^`]*`|corsleuth explain.*|^Reason: .*/, with: "")
    return line.contains(/\b[a-z]{2,} [a-z]{2,}\b/)
  }
}
