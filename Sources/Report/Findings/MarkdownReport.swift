import Correlator
import Evidence

/// The report as GitHub's Markdown, for tickets and pull requests.
struct MarkdownReport {
  private(set) var lines: [String] = []
  /// The configurations written so far, by their lines, with the problem that has them.
  private var configured: [String: Int] = [:]

  init(_ findings: Findings, _ options: ReportOptions) {
    let answer = Answer(findings)
    lines = ["# CORS report", "", "**\(answer.sentence)**"]
    for note in answer.notes { lines += ["", note] }
    if let period = Answer.period(findings.firstSeen, findings.lastSeen) { lines += ["", period] }
    if findings.blocked > 0 {
      for group in GroupBars.ordered(findings, options.grouping) where !group.rows.isEmpty {
        addGroup(group.title, group.rows, options.groupRows)
      }
    }
    for (index, problem) in findings.problems.enumerated() {
      addProblem(index + 1, ProblemView(problem, namesSource: findings.sources.count > 1))
    }
    if findings.problemsLeftOut > 0 {
      lines += ["", "\(Moments.count(findings.problemsLeftOut, "more problem")) not shown."]
    }
    addSources(findings.sources)
  }

  private mutating func addSources(_ sources: [SourceSummary]) {
    guard !sources.isEmpty else { return }
    lines += ["", sources.count == 1 ? "## Source" : "## Sources", ""]
    for source in sources.prefix(SourceLines.limit) {
      lines.append("- \(MarkdownText.code(source.path)): \(MarkdownText.cell(SourceLines.summary(source)))")
    }
    if let rest = SourceLines.rest(sources) { lines.append("- \(rest)") }
    let notes = SourceLines.notes(sources)
    if !notes.isEmpty { lines += ["", "What they cannot show:", ""] + notes.map { "- \(MarkdownText.cell($0))" } }
  }

  private mutating func addGroup(_ title: String, _ rows: [Findings.Group], _ limit: Int) {
    lines += [
      "", "## \(title)", "", "| | failures | requests | clients | last seen |", "| --- | ---: | ---: | ---: | --- |",
    ]
    for row in rows.prefix(limit) {
      let key = row.key.isEmpty ? "(not told)" : MarkdownText.codeCell(row.key)
      let last = row.lastSeen.map(Moments.iso) ?? ""
      lines.append("| \(key) | \(row.failures) | \(row.requests) | \(row.clients) | \(last) |")
    }
    if rows.count > limit { lines += ["", "and \(Moments.count(rows.count - limit)) more"] }
  }

  private mutating func addProblem(_ rank: Int, _ view: ProblemView) {
    let link = view.reason.map { " ([\($0.key.rawValue)](\($0.mdnAddress)))" } ?? ""
    lines += ["", "## \(rank). \(MarkdownText.prose(view.title))\(link)", ""]
    lines.append("\(MarkdownText.cell(view.counts))\(view.period.map { ", \($0)" } ?? "")  ")
    lines.append(
      "from \(MarkdownText.code(view.verdict.origin ?? "(origin not recorded)")) to \(MarkdownText.code(view.verdict.endpoint))"
    )
    if let phase = view.phase { lines += ["", "Decided \(phase)."] }
    if let cause = view.cause { lines += ["", "**Cause:** \(MarkdownText.prose("\(cause.title). \(cause.meaning)"))"] }
    if let fix = view.offeredFix { lines += ["", "**Fix:** \(MarkdownText.cell(fix))"] }
    if let tried = view.tried { lines += ["", MarkdownText.cell(tried)] }
    if let configuration = view.configuration { addConfiguration(configuration, rank, view) }
    for side in view.sides { addSide(side) }
    addFacts("Recorded too", view.recorded)
    addFacts("Inferred", view.inferred)
    lines += ["", view.certainty]
    if let engines = view.engines { lines += ["", "Engines: \(engines)."] }
    if let error = view.verdict.chromiumError { lines += ["", "Chromium calls it `\(error.rawValue)`."] }
  }

  private mutating func addConfiguration(_ one: Reason.Configuration, _ rank: Int, _ view: ProblemView) {
    if let other = configured[one.lines] {
      lines += ["", "The configuration for \(one.server) is the same as that of \(other)."]
      return
    }
    configured[one.lines] = rank
    lines += ["", "As configuration for \(one.server):", "", MarkdownText.block(one.lines), "", "What it opens:", ""]
    lines += SecurityNotes.of(view.context, view.reason).map { "- \(MarkdownText.cell($0))" }
  }

  private mutating func addSide(_ side: ProblemView.Side) {
    lines += [
      "", "**\(MarkdownText.cell(side.title))** \(MarkdownText.code(side.place))", "", "| | field | value |",
      "| --- | --- | --- |",
    ]
    for (index, line) in (side.request + side.response).enumerated() {
      let direction = index < side.request.count ? "sent" : "answered"
      let value = line.isNote ? line.value : MarkdownText.codeCell(line.value)
      let cells = line.decided ? "**\(line.name)** | \(value) ← decided" : "\(line.name) | \(value)"
      lines.append("| \(direction) | \(cells) |")
    }
  }

  private mutating func addFacts(_ title: String, _ facts: [Fact]) {
    guard !facts.isEmpty else { return }
    lines += ["", "\(title):", ""]
    for fact in facts {
      let source = MarkdownText.cell(ProblemView.source(of: fact))
      lines.append("- \(MarkdownText.cell(fact.fact)): \(MarkdownText.code(fact.value))\(source)")
    }
  }
}
