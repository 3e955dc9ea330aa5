import Correlator
import Files
import Report
import Store

/// Writes the report over a store.
struct Reporting {
  let reader: StoreReader
  let options: ReportingOptions
  let filter: FindingsFilter

  /// - Returns: How many failures `--fail-on` names; 0 where it was not given.
  func run() throws -> Int {
    let pipeline = try CIReporting(reader, filter, options.accepting)
    let output = try Output(options.output)
    var sink = output
    if let format = options.format.tableFormat {
      try writeRows(as: format, into: &sink)
    } else {
      let isPage = options.format == .html
      let limit = options.format.isForPipelines ? .unlimited : options.limit
      let findings = try reader.findings(filter, by: options.by, limit: limit, withOverview: isPage)
      switch options.format {
      case .json: FindingsReport.writeJSON(findings, into: &sink)
      case .markdown: FindingsReport.writeMarkdown(findings, options.layout, into: &sink)
      case .html: FindingsReport.writeHTML(findings, options.layout, into: &sink)
      case .junit, .sarif, .github, .openmetrics: pipeline.write(findings, as: options.format, into: &sink)
      case .text, .ndjson, .csv: FindingsReport.writeText(findings, options.layout, into: &sink)
      }
    }
    try output.finish()
    if options.failsOnNew, case let failures = try pipeline.newFailures(), failures > 0 { return failures }
    guard let reasons = try options.failReasons() else { return 0 }
    return try reader.count(filter, reasons: reasons)
  }

  /// One row for each failure, with the columns of the contract.
  private func writeRows(as format: TableFormat, into sink: inout Output) throws {
    var writer: TableWriter?
    try reader.failures(filter) { columns in
      writer = TableWriter(columns: columns, format: format)
      writer?.begin(into: &sink)
    } row: { cells in
      writer?.row(cells, into: &sink)
    }
    writer?.finish(into: &sink)
  }
}
