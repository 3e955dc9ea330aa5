/// The formats of `analyze` and `report`.
package enum ReportFormat: String, CaseIterable, Sendable {
  case text, json, ndjson, csv, markdown, html

  /// Row formats carry one row of `verdicts` for each failure, and are written by a `TableWriter`; the others by
  /// `FindingsReport`. `nil` for those.
  package var tableFormat: TableFormat? {
    switch self {
    case .ndjson: .ndjson
    case .csv: .csv
    case .text, .json, .markdown, .html: nil
    }
  }
}
