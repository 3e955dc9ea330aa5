package import Correlator
import Evidence
import Words

/// Reports for machines that run pipelines and watch over services.
///
/// A problem that the baseline accepts is told as such, and never as an error.
package enum CIReport {
  /// JUnit's XML, as Jenkins, GitLab and others read it: a suite for each asked server, a case for each problem.
  package static func writeJUnit(
    _ findings: Findings, baseline: Baseline = Baseline(), into sink: inout some TextOutputStream
  ) {
    sink.write(JUnit.document(findings, baseline))
  }

  /// SARIF 2.1.0 (OASIS), as code scanning reads it: a rule for each reason, a result for each problem.
  ///
  /// `version` is the program's own. With a baseline, each result says whether it is new or was there before; without one,
  /// nothing is said of it.
  package static func writeSARIF(
    _ findings: Findings, version: String, baseline: Baseline? = nil, into sink: inout some TextOutputStream
  ) {
    SARIF(version: version, baseline: baseline).document(findings).write(into: &sink)
    sink.write("\n")
  }

  /// GitHub's workflow commands: an annotation for each problem.
  package static func writeGitHub(
    _ findings: Findings, baseline: Baseline = Baseline(), into sink: inout some TextOutputStream
  ) {
    sink.write(GitHubAnnotations.lines(findings, baseline).map { $0 + "\n" }.joined())
  }

  /// OpenMetrics text, which Prometheus' textfile collector reads too.
  package static func writeOpenMetrics(_ findings: Findings, into sink: inout some TextOutputStream) {
    sink.write(OpenMetrics.exposition(findings))
  }
}

/// What every pipeline is told of a problem, in the same words.
struct CIProblem {
  let view: ProblemView
  let identity: ProblemIdentity

  init(_ problem: Findings.Problem) {
    view = ProblemView(problem)
    identity = problem.identity
  }

  var verdict: Verdict { view.verdict }

  /// `PUT https://api.example.com/users/{id} from https://app.example.com`.
  var request: String {
    "\(verdict.method) \(verdict.endpoint) from \(verdict.origin ?? "(origin not recorded)")"
  }

  /// One line: what failed, how often, and what to change.
  var message: String {
    var text = "\(request): \(view.title.english). \(view.counts.english)."
    if let cause = view.cause { text += " Cause: \(cause.title.english)." }
    if let fix = view.offeredFix { text += " Fix: \(fix.english)" }
    return text
  }

  /// Lines of a log have numbers; a HAR's entries are no lines.
  var line: Int? { isLog ? verdict.anchor.entry : nil }

  private var isLog: Bool { verdict.recordedBy == .server }
}
