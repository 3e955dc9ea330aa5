import Correlator
import Words

/// As GitHub's Markdown, for tickets and pull requests.
struct WhatIfMarkdown {
  private(set) var lines: [String] = []

  init(_ findings: WhatIfFindings, limit: Int, _ say: Language) {
    let words = WhatIfWords(findings: findings)
    lines = ["# \(say("What if"))", "", "**\(say(words.sentence))**", ""]
    for change in findings.changes.prefix(WhatIfReport.changesShown) {
      lines.append("- \(MarkdownText.cell(say(WhatIfWords.change(change))))")
    }
    let more = findings.changes.count - WhatIfReport.changesShown
    if more > 0 { lines.append("- \(say("and \(Moments.count(more, "change")) of the same kind elsewhere"))") }
    if !findings.problems.isEmpty {
      let columns: [Message] = ["failures", "now", "with the change"]
      lines += ["", "| | \(columns.map { say($0) }.joined(separator: " | ")) |", "| --- | ---: | --- | --- |"]
    }
    for row in findings.ranked.prefix(limit) {
      let place = WhatIfMarkdown.place(row.identity, MarkdownText.codeCell)
      let now = WhatIfWords.failure(row.identity.reason, row.problem.example.phase)
      let ends = row.problem.rankedEnds.map {
        "\(Moments.count($0.count)) \(MarkdownText.cell(say(WhatIfWords.of($0.end))))"
      }
      lines.append(
        "| \(say(place)) | \(Moments.count(row.problem.failures)) | \(MarkdownText.cell(say(now))) | "
          + "\(ends.joined(separator: "<br>")) |")
    }
    if findings.problems.count > limit {
      lines += ["", say("\(Moments.count(findings.problems.count - limit, "more problem")) not shown.")]
    }
    guard !findings.broken.isEmpty else { return }
    lines += ["", "## \(say("What would break"))", ""]
    for row in findings.rankedBroken.prefix(limit) {
      let failure = MarkdownText.cell(say(WhatIfWords.failure(row.identity.reason, row.broken.phase)))
      let place = WhatIfMarkdown.place(row.identity, MarkdownText.code)
      lines.append("- \(say("\(place): \(WhatIfWords.counts(row.broken)) by \(failure)"))")
    }
  }

  private static func place(_ identity: ProblemIdentity, _ code: (String) -> String) -> Message {
    let request = code("\(identity.method) \(identity.endpoint)")
    return identity.origin.isEmpty ? "\(request)" : "\(request) from \(code(identity.origin))"
  }
}
