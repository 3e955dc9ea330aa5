import Correlator
import Report
import Testing
import Words

@Suite("What is explained") struct CatalogueTests {
  @Test(arguments: ReasonKey.allCases) func `an explanation says all that its reason holds`(_ key: ReasonKey) throws {
    let reason = try #require(Reason.of(key))
    let text = Explanation(reason).text(width: 10_000)
    for part in [reason.title, reason.meaning, reason.evidence, reason.remedy, reason.clause] {
      #expect(text.contains(part.english))
    }
    #expect(text.contains(reason.mdnAddress))
    for configuration in reason.configurations { #expect(text.contains("\n\(configuration.server)\n")) }
    #expect(text.contains(reason.firefoxMessage))
  }

  @Test func `an explanation of a reason`() throws {
    let reason = try #require(Reason.of(.missingAllowOrigin))
    try expectGolden(Explanation(reason).text(width: 80), "explain-missing-allow-origin.txt")
    try expectGolden(Explanation(reason, server: .nginx).markdown, "explain-missing-allow-origin-nginx.md")
  }

  @Test func `an explanation of a root cause`() throws {
    let cause = try #require(RootCause.of("preflight-auth-gate"))
    #expect(Explanation(cause).text().hasPrefix("preflight-auth-gate: OPTIONS has to log in, and cannot\n"))
  }

  @Test(arguments: [80, 60]) func `the list names every reason and every cause`(width: Int) {
    let list = Explanation.list(width: width)
    for key in Reason.all.map(\.key.rawValue) + RootCause.all.map(\.key) { #expect(list.contains("  \(key)")) }
    #expect(list.split(separator: "\n").allSatisfy { DisplayWidth.of($0) <= width })
  }

  @Test func `the tables for the README and the store`() throws {
    try expectGolden(ReferenceTables.reasons + "\n" + ReferenceTables.rootCauses, "reference-tables.md")
  }
}
