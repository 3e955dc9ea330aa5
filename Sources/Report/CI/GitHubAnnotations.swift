import Correlator
import Words

/// Workflow commands of GitHub Actions: what is printed so appears beside the run.
enum GitHubAnnotations {
  static func lines(_ findings: Findings, _ baseline: Baseline) -> [String] {
    var lines = findings.problems.map { problem in
      let problem = CIProblem(problem)
      let isAccepted = baseline.accepts(problem.identity)
      var properties = ["title=" + property(problem.verdict.reason?.rawValue ?? "CORS")]
      properties.append("file=" + property(problem.view.problem.source))
      if let line = problem.line { properties.append("line=\(line)") }
      let command = isAccepted ? "notice" : "error"
      return
        "::\(command) \(properties.joined(separator: ","))::\(data((isAccepted ? "Accepted: " : "") + problem.message))"
    }
    if findings.problemsLeftOut > 0 {
      let more = Moments.count(findings.problemsLeftOut, "more problem").english
      lines.append("::warning::\(more) not shown")
    }
    if findings.problems.isEmpty { lines.append("::notice::\(data(Answer(findings).sentence.english))") }
    return lines
  }

  /// A message: what would end the line, and the escape itself, are escaped.
  private static func data(_ text: String) -> String { escaped(text, also: []) }

  /// A property's value: what would end it, too.
  private static func property(_ text: String) -> String { escaped(text, also: [":", ","]) }

  private static func escaped(_ text: String, also separators: Set<Unicode.Scalar>) -> String {
    var out = ""
    for scalar in VisibleText.escaped(text).unicodeScalars {
      if scalar == "%" || scalar == "\r" || scalar == "\n" || separators.contains(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        out += "%" + (digits.count == 1 ? "0" : "") + digits
      } else {
        out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
