import Correlator
import Words

/// On a terminal, from far to near.
struct WhatIfText {
  private(set) var lines: [String] = []
  private let style: Style
  private let width: Int
  private let say: Language

  init(_ findings: WhatIfFindings, limit: Int, _ options: ReportOptions) {
    style = options.style
    width = options.width
    say = options.language
    let words = WhatIfWords(findings: findings)
    add(words.sentence, role: .heading)
    let shown = findings.changes.prefix(WhatIfReport.changesShown)
    for change in shown { add("Change: \(WhatIfWords.change(change))", hanging: 2) }
    let more = findings.changes.count - shown.count
    if more > 0 { add("and \(Moments.count(more, "change")) of the same kind elsewhere") }
    if !words.tally.isEmpty { lines.append("") }
    for line in words.tally { add("\(DisplayWidth.padLeft(Moments.count(line.count), 8))  \(line.words)", hanging: 10) }
    for (index, row) in findings.ranked.prefix(limit).enumerated() { addProblem(index + 1, row.identity, row.problem) }
    if findings.problems.count > limit {
      add("")
      add("\(Moments.count(findings.problems.count - limit, "more problem")) not shown: --all shows them.")
    }
    addBroken(findings, limit: limit)
  }

  private mutating func addProblem(
    _ rank: Int, _ identity: ProblemIdentity, _ problem: WhatIfFindings.Problem
  ) {
    let number = "\(rank) "
    let indent = number.count
    add("")
    add("\(number)\(identity.method) \(identity.endpoint)", role: .heading, hanging: indent)
    let origin: Message = identity.origin.isEmpty ? "(origin not recorded)" : "\(identity.origin)"
    add("from \(origin)", indent: indent)
    let now = WhatIfWords.failure(identity.reason, problem.example.phase)
    add("\(Moments.count(problem.failures, "failure")) by \(now), problem \(identity.id)", indent: indent)
    for row in problem.rankedEnds {
      let mark = row.end.effect == .passes ? "✓" : row.end.effect == .untouched ? "·" : "→"
      add("\(mark) \(Moments.count(row.count)) \(WhatIfWords.of(row.end))", indent: indent, hanging: 2)
    }
  }

  private mutating func addBroken(_ findings: WhatIfFindings, limit: Int) {
    guard !findings.broken.isEmpty else { return }
    add("")
    add("What would break", role: .heading)
    for row in findings.rankedBroken.prefix(limit) {
      add("\(row.identity.method) \(row.identity.endpoint) from \(row.identity.origin)", indent: 2, hanging: 2)
      let failure = WhatIfWords.failure(row.identity.reason, row.broken.phase)
      let mark = row.broken.breaks > 0 ? "✗" : "?"
      add("\(mark) \(WhatIfWords.counts(row.broken)) by \(failure)", indent: 4, role: .blocked, hanging: 2)
    }
  }

  private mutating func add(_ message: Message, indent: Int = 0, role: Style.Role? = nil, hanging: Int = 0) {
    let margin = String(repeating: " ", count: indent)
    let visible = VisibleText.escaped(say(message))
    let lead = visible.prefix { $0 == " " }
    let wrapped = DisplayWidth.wrap(visible, width - indent - max(hanging, lead.count))
    for (index, line) in wrapped.enumerated() {
      let hang = index == 0 ? String(lead) : String(repeating: " ", count: hanging)
      lines.append(margin + hang + (role.map { style($0, line) } ?? line))
    }
  }
}
