import Correlator
import Foundation
import FoundationXML
import Report
import Testing

@Suite("Reports for CI") struct CIReportTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var findings: @Sendable () -> Findings
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "shop", findings: Samples.shop), Case(name: "hostile", findings: Samples.hostile),
    Case(name: "nothing-failed", findings: Samples.nothingFailed),
  ]

  private static func text(_ body: (inout String) -> Void) -> String {
    var text = ""
    body(&text)
    return text
  }

  /// Of the shop's problems the first is accepted.
  static var baseline: Baseline { Baseline(Set(Samples.shop().problems.prefix(1).map(\.identity))) }

  @Test(arguments: cases) func `JUnit XML`(_ sample: Case) throws {
    let text = Self.text { CIReport.writeJUnit(sample.findings(), into: &$0) }
    try expectGolden(text, "ci-\(sample.name).junit.xml")
    #expect(XMLParser(data: Data(text.utf8)).parse())
  }

  @Test(arguments: cases) func `SARIF`(_ sample: Case) throws {
    let text = Self.text { CIReport.writeSARIF(sample.findings(), version: "1.2.3", into: &$0) }
    try expectGolden(text, "ci-\(sample.name).sarif")
    #expect(try JSONSerialization.jsonObject(with: Data(text.utf8)) is [String: Any])
  }

  @Test(arguments: cases) func `GitHub's annotations, a line each`(_ sample: Case) throws {
    let text = Self.text { CIReport.writeGitHub(sample.findings(), into: &$0) }
    try expectGolden(text, "ci-\(sample.name).github.txt")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count == max(1, sample.findings().problems.count))
    #expect(lines.allSatisfy { $0.hasPrefix("::") })
  }

  @Test(arguments: cases) func `OpenMetrics`(_ sample: Case) throws {
    let text = Self.text { CIReport.writeOpenMetrics(sample.findings(), into: &$0) }
    try expectGolden(text, "ci-\(sample.name).openmetrics.txt")
    #expect(text.hasSuffix("\n# EOF\n"))
  }

  @Test func `what the baseline accepts is no failure anywhere`() {
    let findings = Samples.shop()
    let junit = Self.text { CIReport.writeJUnit(findings, baseline: Self.baseline, into: &$0) }
    #expect(junit.contains("<testsuites name=\"corsleuth\" tests=\"3\" failures=\"2\" errors=\"0\" skipped=\"1\">"))
    let github = Self.text { CIReport.writeGitHub(findings, baseline: Self.baseline, into: &$0) }
    #expect(github.split(separator: "\n").map { $0.prefix { $0 != " " } } == ["::notice", "::error", "::error"])
    let sarif = Self.text {
      CIReport.writeSARIF(findings, version: "1", baseline: Self.baseline, into: &$0)
    }
    #expect(sarif.components(separatedBy: "\"baselineState\": \"new\"").count == 3)
    #expect(sarif.components(separatedBy: "\"baselineState\": \"unchanged\"").count == 2)
    #expect(sarif.components(separatedBy: "\"suppressions\"").count == 2)
  }

  @Test func `without a baseline, nothing is said of what was there before`() {
    let sarif = Self.text { CIReport.writeSARIF(Samples.shop(), version: "1", into: &$0) }
    #expect(!sarif.contains("baselineState"))
  }

  @Test func `a baseline is sorted, and names each problem by its parts`() throws {
    let identities = Set(Samples.shop().problems.map(\.identity))
    let text = Self.text { Baseline(identities).write(into: &$0) }
    try expectGolden(text, "ci-baseline.json")
    for identity in identities { #expect(Baseline(identities).accepts(identity)) }
    #expect(!Baseline().accepts(Samples.shop().problems[0].identity))
  }

  @Test func `a sample is not written twice`() {
    var findings = Samples.shop()
    // Of another phase, and so another problem, with the same labels.
    var twin = findings.problems[0]
    twin.example.phase = .response
    findings.problems.append(twin)
    let text = Self.text { CIReport.writeOpenMetrics(findings, into: &$0) }
    let samples = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.prefix { $0 != " " } }
    #expect(Set(samples).count == samples.count)
    #expect(text.contains("reason=\"CORSMissingAllowOrigin\"} 18\n"))
  }
}
