package import Correlator
package import Words

/// How a report is laid out.
package struct ReportOptions: Sendable {
  /// Columns of the terminal: 32 or more.
  package var width: Int
  package var style: Style
  /// What the summary puts first; the order of problems is the store's.
  package var grouping: Findings.Grouping
  /// Rows of each summary that are shown; the rest is counted.
  package var groupRows: Int
  package var language: Language

  package init(
    width: Int = 80, style: Style = .plain, grouping: Findings.Grouping = .cause, groupRows: Int = 10,
    language: Language = .english
  ) {
    self.width = max(32, width)
    self.style = style
    self.grouping = grouping
    self.groupRows = groupRows
    self.language = language
  }
}
