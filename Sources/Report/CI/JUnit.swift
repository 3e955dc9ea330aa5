import Correlator
import Evidence
import Words

/// JUnit's XML: every problem is a test that failed; one that the baseline accepts was skipped.
enum JUnit {
  static func document(_ findings: Findings, _ baseline: Baseline) -> String {
    let problems = findings.problems.map(CIProblem.init)
    var servers: [String] = []
    var byServer: [String: [CIProblem]] = [:]
    for problem in problems {
      let server = problem.verdict.targetOrigin ?? problem.verdict.endpoint
      if byServer[server] == nil { servers.append(server) }
      byServer[server, default: []].append(problem)
    }
    let accepted = problems.count { baseline.accepts($0.identity) }
    let tests = max(1, problems.count)
    var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    xml += "<testsuites name=\"corsleuth\" tests=\"\(tests)\" failures=\"\(problems.count - accepted)\" errors=\"0\" "
    xml += "skipped=\"\(accepted)\">\n"
    for server in servers { xml += suite(server, byServer[server] ?? [], baseline) }
    if problems.isEmpty { xml += passing(findings) }
    return xml + "</testsuites>\n"
  }

  private static func suite(_ server: String, _ problems: [CIProblem], _ baseline: Baseline) -> String {
    let accepted = problems.count { baseline.accepts($0.identity) }
    var xml = "  <testsuite name=\"\(XMLText.escaped(server))\" tests=\"\(problems.count)\" "
    xml += "failures=\"\(problems.count - accepted)\" errors=\"0\" skipped=\"\(accepted)\">\n"
    for problem in problems { xml += testCase(problem, isAccepted: baseline.accepts(problem.identity)) }
    return xml + "  </testsuite>\n"
  }

  private static func testCase(_ problem: CIProblem, isAccepted: Bool) -> String {
    let reason = problem.verdict.reason?.rawValue ?? "not told"
    let name = XMLText.escaped("\(problem.request) [\(reason)]")
    let group = XMLText.escaped("cors.\(reason)")
    let message = XMLText.escaped(problem.message)
    var xml = "    <testcase classname=\"\(group)\" name=\"\(name)\">\n"
    if isAccepted {
      xml += "      <skipped message=\"accepted by the baseline: \(message)\"/>\n"
    } else {
      xml += "      <failure type=\"\(XMLText.escaped(reason))\" message=\"\(message)\">\(details(problem))</failure>\n"
    }
    return xml + "    </testcase>\n"
  }

  private static func details(_ problem: CIProblem) -> String {
    let verdict = problem.verdict
    var lines = [problem.view.title.english, problem.view.counts.english, "example: \(verdict.url)"]
    lines.append("recorded in \(problem.view.problem.source), entry \(verdict.anchor.entry)")
    lines += verdict.evidence.map { "\($0.fact): \($0.value) (\($0.from))" }
    lines.append(problem.view.certainty.english)
    if let fix = problem.view.offeredFix { lines.append("fix: \(fix.english)") }
    if let address = problem.view.reason?.mdnAddress { lines.append(address) }
    return lines.map(XMLText.escaped).joined(separator: "\n")
  }

  /// A run without a failure has to show that it ran.
  private static func passing(_ findings: Findings) -> String {
    let name = XMLText.escaped(Answer(findings).sentence.english)
    return """
        <testsuite name="corsleuth" tests="1" failures="0" errors="0" skipped="0">
          <testcase classname="cors" name="\(name)"/>
        </testsuite>

      """
  }
}
