import Correlator
import Evidence
import Words

/// The report as GitHub's Markdown, for tickets and pull requests.
struct MarkdownReport {
  private(set) var lines: [String] = []
  private let say: Language
  /// The configurations written so far, by their lines, with the problem that has them.
  private var configured: [String: Int] = [:]

  init(_ findings: Findings, _ options: ReportOptions) {
    say = options.language
    let answer = Answer(findings)
    lines = ["# \(say("CORS report"))", "", "**\(say(answer.sentence))**"]
    for note in answer.notes { lines += ["", say(note)] }
    if let period = Answer.period(findings.firstSeen, findings.lastSeen) { lines += ["", say(period)] }
    if findings.blocked > 0 {
      for group in GroupBars.ordered(findings, options.grouping) where !group.rows.isEmpty {
        addGroup(group.grouping.title, group.rows, options.groupRows)
      }
    }
    for (index, problem) in findings.problems.enumerated() {
      addProblem(index + 1, ProblemView(problem, namesSource: findings.sources.count > 1))
    }
    if findings.problemsLeftOut > 0 {
      lines += ["", say("\(Moments.count(findings.problemsLeftOut, "more problem")) not shown.")]
    }
    addSources(findings.sources)
  }

  private mutating func addSources(_ sources: [SourceSummary]) {
    guard !sources.isEmpty else { return }
    lines += ["", "## \(say(SourceLines.title(sources)))", ""]
    for source in sources.prefix(SourceLines.limit) {
      lines.append("- \(MarkdownText.code(source.path)): \(MarkdownText.cell(say(SourceLines.summary(source))))")
    }
    if let rest = SourceLines.rest(sources) { lines.append("- \(say(rest))") }
    let notes = SourceLines.notes(sources)
    if !notes.isEmpty {
      lines += ["", say("What they cannot show:"), ""] + notes.map { "- \(MarkdownText.cell(say($0)))" }
    }
  }

  private mutating func addGroup(_ title: Message, _ rows: [Findings.Group], _ limit: Int) {
    let columns: [Message] = ["failures", "requests", "clients", "last seen"]
    lines += [
      "", "## \(say(title))", "", "| | \(columns.map { say($0) }.joined(separator: " | ")) |",
      "| --- | ---: | ---: | ---: | --- |",
    ]
    for row in rows.prefix(limit) {
      let key = row.key.isEmpty ? say("(not told)") : MarkdownText.codeCell(row.key)
      let last = row.lastSeen.map(Moments.iso) ?? ""
      lines.append("| \(key) | \(row.failures) | \(row.requests) | \(row.clients) | \(last) |")
    }
    if rows.count > limit { lines += ["", say("and \(Moments.count(rows.count - limit)) more")] }
  }

  private mutating func addProblem(_ rank: Int, _ view: ProblemView) {
    let link = view.reason.map { " ([\($0.key.rawValue)](\($0.mdnAddress)))" } ?? ""
    lines += ["", "## \(rank). \(MarkdownText.prose(say(view.title)))\(link)", ""]
    lines.append("\(MarkdownText.cell(say(view.extent)))  ")
    let origin = MarkdownText.code(view.verdict.origin ?? say("(origin not recorded)"))
    lines.append(say("from \(origin) to \(MarkdownText.code(view.verdict.endpoint))"))
    if let phase = view.phase { lines += ["", say(phase)] }
    if let cause = view.cause {
      let words = MarkdownText.prose(say("\(cause.title). \(cause.meaning)"))
      lines += ["", "**\(say("Cause:"))** \(words)"]
    }
    if let fix = view.offeredFix { lines += ["", "**\(say("Fix:"))** \(MarkdownText.cell(say(fix)))"] }
    if let tried = view.tried { lines += ["", MarkdownText.cell(say(tried))] }
    if let configuration = view.configuration { addConfiguration(configuration, rank, view) }
    for side in view.sides { addSide(side) }
    addFacts("Recorded too", view.recorded)
    addFacts("Inferred", view.inferred)
    lines += ["", say(view.certainty)]
    if let engines = view.engines { lines += ["", say("Engines: \(engines).")] }
    if let error = view.verdict.chromiumError { lines += ["", say("Chromium calls it \("`\(error.rawValue)`").")] }
  }

  private mutating func addConfiguration(_ one: Reason.Configuration, _ rank: Int, _ view: ProblemView) {
    if let other = configured[one.lines] {
      lines += ["", say("The configuration for \(one.server) is the same as that of \(other).")]
      return
    }
    configured[one.lines] = rank
    lines += ["", say("As configuration for \(one.server):"), "", MarkdownText.block(one.lines)]
    lines += ["", "\(say("What it opens")):", ""]
    lines += SecurityNotes.of(view.context, view.reason).map { "- \(MarkdownText.cell(say($0)))" }
  }

  private mutating func addSide(_ side: ProblemView.Side) {
    lines += [
      "", "**\(MarkdownText.cell(say(side.title)))** \(MarkdownText.code(side.place))", "",
      "| | \(say("field")) | \(say("value")) |",
      "| --- | --- | --- |",
    ]
    for (index, line) in (side.request + side.response).enumerated() {
      let direction = index < side.request.count ? say("sent") : say("answered")
      let value = line.isNote ? say(line.value) : MarkdownText.codeCell(say(line.value))
      let cells = line.decided ? "**\(line.name)** | \(value) ← \(say("decided"))" : "\(line.name) | \(value)"
      lines.append("| \(direction) | \(cells) |")
    }
  }

  private mutating func addFacts(_ title: Message, _ facts: [Fact]) {
    guard !facts.isEmpty else { return }
    lines += ["", "\(say(title)):", ""]
    for fact in facts {
      let words = FactWords(fact)
      let source = MarkdownText.cell(say(words.bracketed))
      lines.append("- \(MarkdownText.cell(say(words.name))): \(MarkdownText.code(say(words.value)))\(source)")
    }
  }
}
