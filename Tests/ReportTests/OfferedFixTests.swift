import Correlator
import Report
import Testing

@Suite struct `What trying a fix came to` {
  typealias Writer = @Sendable (Findings, inout String) -> Void

  static let formats: [(String, Writer)] = [
    ("text", { FindingsReport.writeText($0, into: &$1) }),
    ("markdown", { FindingsReport.writeMarkdown($0, into: &$1) }),
    ("json", { FindingsReport.writeJSON($0, into: &$1) }), ("html", { FindingsReport.writeHTML($0, into: &$1) }),
    ("junit", { CIReport.writeJUnit($0, into: &$1) }), ("github", { CIReport.writeGitHub($0, into: &$1) }),
    ("sarif", { CIReport.writeSARIF($0, version: "1", into: &$1) }),
  ]

  static func findings(_ conclusion: FixCheck.Conclusion) -> Findings {
    var problem = HTMLSamples.refused()
    problem.check = FixCheck(steps: [], conclusion: conclusion)
    return HTMLSamples.findings([problem])
  }

  @Test(arguments: formats.indices) func `decides in every format whether it is offered`(_ index: Int) {
    let (name, write) = Self.formats[index]
    for (conclusion, isOffered) in [
      (FixCheck.Conclusion.passes, true), (.open, true), (.fails(.missingAllowOrigin, .response), false),
    ] {
      var text = ""
      write(Self.findings(conclusion), &text)
      #expect(text.contains("Let OPTIONS pass before authentication.") == isOffered, "\(name): \(conclusion)")
      if !isOffered { #expect(!text.contains("add_header"), "\(name) has configuration for it") }
    }
  }
}
