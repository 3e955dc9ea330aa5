import Correlator
import Words

/// The report on a terminal, from far to near.
struct TextReport {
  private(set) var lines: [String] = []
  private let style: Style
  private let width: Int
  private let say: Language

  init(_ findings: Findings, _ options: ReportOptions) {
    style = options.style
    width = options.width
    say = options.language
    let answer = Answer(findings)
    add(answer.sentence, .heading)
    for note in answer.notes { add(note) }
    if let period = Answer.period(findings.firstSeen, findings.lastSeen) { add(period, .quiet) }
    // Of one problem the sums say nothing that it does not say itself.
    if findings.problems.count + findings.problemsLeftOut > 1 {
      for group in GroupBars.ordered(findings, options.grouping) where !group.rows.isEmpty {
        lines += [""] + GroupBars(style: style, width: width, limit: options.groupRows, say: say).lines(group)
      }
    }
    for (index, problem) in findings.problems.enumerated() {
      let view = ProblemView(problem, namesSource: findings.sources.count > 1)
      lines += [""] + ProblemText(style: style, width: width, say: say).lines(index + 1, view)
    }
    if findings.problemsLeftOut > 0 {
      lines.append("")
      add(
        "\(Moments.count(findings.problemsLeftOut, "more problem")) not shown: --all shows them, --top N the first N.")
    }
    if !findings.sources.isEmpty {
      lines += [""] + SourceLines(style: style, width: width, say: say).lines(findings.sources)
    }
  }

  private mutating func add(_ message: Message, _ role: Style.Role? = nil) {
    for line in DisplayWidth.wrap(say(message), width) { lines.append(role.map { style($0, line) } ?? line) }
  }
}
