/// How a report is laid out.
package struct ReportOptions: Sendable {
  /// What the summary puts first; the order of problems is the store's.
  package enum Grouping: String, CaseIterable, Sendable {
    case cause, origin, endpoint
  }

  /// Columns of the terminal: 32 or more.
  package var width: Int
  package var style: Style
  package var grouping: Grouping
  /// Rows of each summary that are shown; the rest is counted.
  package var groupRows: Int

  package init(width: Int = 80, style: Style = .plain, grouping: Grouping = .cause, groupRows: Int = 10) {
    self.width = max(32, width)
    self.style = style
    self.grouping = grouping
    self.groupRows = groupRows
  }
}
