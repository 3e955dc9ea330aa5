/// The formats of `analyze` and `report`.
package enum ReportFormat: String, CaseIterable, Sendable {
  case text, json, ndjson, csv, markdown, html
  /// What pipelines and watchers read; `CIReport` writes them.
  case junit, sarif, github, openmetrics

  /// The format of rows, one of `verdicts` for each failure, which a `TableWriter` writes.
  ///
  /// `nil` for the formats that are documents, which `FindingsReport` writes.
  package var tableFormat: TableFormat? {
    switch self {
    case .ndjson: .ndjson
    case .csv: .csv
    case .text, .json, .markdown, .html, .junit, .sarif, .github, .openmetrics: nil
    }
  }
}
