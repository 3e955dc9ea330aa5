import Correlator

/// As GitHub's Markdown, for tickets and pull requests.
struct WhatIfMarkdown {
  private(set) var lines: [String] = []

  init(_ findings: WhatIfFindings, limit: Int) {
    let words = WhatIfWords(findings: findings)
    lines = ["# What if", "", "**\(words.sentence)**", ""]
    for change in findings.changes.prefix(WhatIfReport.changesShown) {
      lines.append("- \(MarkdownText.cell(WhatIfWords.change(change)))")
    }
    let more = findings.changes.count - WhatIfReport.changesShown
    if more > 0 { lines.append("- and \(Moments.count(more, "change")) of the same kind elsewhere") }
    if !findings.problems.isEmpty {
      lines += ["", "| | failures | now | with the change |", "| --- | ---: | --- | --- |"]
    }
    for row in findings.ranked.prefix(limit) {
      let place = "\(row.identity.method) \(row.identity.endpoint)"
      let from = row.identity.origin.isEmpty ? "" : " from \(MarkdownText.codeCell(row.identity.origin))"
      let now = WhatIfWords.failure(row.identity.reason, row.problem.example.phase)
      let ends = row.problem.rankedEnds.map {
        "\(Moments.count($0.count)) \(MarkdownText.cell(WhatIfWords.of($0.end)))"
      }
      lines.append(
        "| \(MarkdownText.codeCell(place))\(from) | \(Moments.count(row.problem.failures)) | \(MarkdownText.cell(now)) | "
          + "\(ends.joined(separator: "<br>")) |")
    }
    if findings.problems.count > limit {
      lines += ["", "\(Moments.count(findings.problems.count - limit, "more problem")) not shown."]
    }
    guard !findings.broken.isEmpty else { return }
    lines += ["", "## What would break", ""]
    for row in findings.rankedBroken.prefix(limit) {
      let failure = MarkdownText.cell(WhatIfWords.failure(row.identity.reason, row.broken.phase))
      let place = MarkdownText.code("\(row.identity.method) \(row.identity.endpoint)")
      let from = MarkdownText.code(row.identity.origin)
      lines.append(
        "- \(place) from \(from): \(Moments.count(row.broken.breaks)) would, \(Moments.count(row.broken.mayBreak)) may "
          + "fail by \(failure)")
    }
  }
}
