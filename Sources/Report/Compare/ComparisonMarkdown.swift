import Correlator

/// As GitHub's Markdown, for pull requests.
struct ComparisonMarkdown {
  private(set) var lines: [String] = []

  init(_ comparison: Comparison, limit: Int) {
    lines = [
      "# CORS, before and after", "", "**\(ComparisonWords.sentence(comparison))**", "",
      MarkdownText.cell(ComparisonWords.totals(comparison)),
    ]
    for group in ComparisonWords.groups(comparison) {
      lines += [
        "", "## \(ComparisonWords.title(group.change))", "", "| request | origin | reason | before | after |",
        "| --- | --- | --- | --- | --- |",
      ]
      for row in group.rows.prefix(limit) {
        let cells = [
          MarkdownText.codeCell("\(row.identity.method) \(row.identity.endpoint)"),
          row.identity.origin.isEmpty ? "" : MarkdownText.codeCell(row.identity.origin),
          MarkdownText.cell(row.identity.reason), ComparisonWords.rate(row.old), ComparisonWords.rate(row.new),
        ]
        lines.append("| \(cells.joined(separator: " | ")) |")
      }
      if group.rows.count > limit { lines += ["", "and \(Moments.count(group.rows.count - limit)) more"] }
    }
  }
}
