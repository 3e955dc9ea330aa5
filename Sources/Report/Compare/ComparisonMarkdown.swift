import Correlator
import Words

/// As GitHub's Markdown, for pull requests.
struct ComparisonMarkdown {
  private(set) var lines: [String] = []

  init(_ comparison: Comparison, limit: Int, _ say: Language) {
    let columns: [Message] = ["request", "origin", "reason", "before", "after"]
    lines = [
      "# \(say("CORS, before and after"))", "", "**\(say(ComparisonWords.sentence(comparison)))**", "",
      MarkdownText.cell(say(ComparisonWords.totals(comparison))),
    ]
    for group in ComparisonWords.groups(comparison) {
      lines += [
        "", "## \(say(ComparisonWords.title(group.change)))", "",
        "| \(columns.map { say($0) }.joined(separator: " | ")) |",
        "| --- | --- | --- | --- | --- |",
      ]
      for row in group.rows.prefix(limit) {
        let cells = [
          MarkdownText.codeCell("\(row.identity.method) \(row.identity.endpoint)"),
          row.identity.origin.isEmpty ? "" : MarkdownText.codeCell(row.identity.origin),
          MarkdownText.cell(row.identity.reason), say(ComparisonWords.rate(row.old)),
          say(ComparisonWords.rate(row.new)),
        ]
        lines.append("| \(cells.joined(separator: " | ")) |")
      }
      if group.rows.count > limit { lines += ["", say("and \(Moments.count(group.rows.count - limit)) more")] }
    }
  }
}
