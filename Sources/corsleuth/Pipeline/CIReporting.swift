import ArgumentParser
import Correlator
import Report
import Store

/// Writes what pipelines read, and tells what is new to them.
struct CIReporting {
  let reader: StoreReader
  let filter: FindingsFilter
  let baseline: Baseline?

  init(_ reader: StoreReader, _ filter: FindingsFilter, _ options: BaselineOptions) throws {
    self.reader = reader
    self.filter = filter
    baseline = try options.baseline.map { path in try BaselineFile.read(path) }
    if let path = options.writeBaseline { try writeBaseline(path) }
  }

  func write(_ findings: Findings, as format: ReportFormat, into sink: inout Output) {
    let accepted = baseline ?? Baseline()
    switch format {
    case .junit: CIReport.writeJUnit(findings, baseline: accepted, into: &sink)
    case .sarif:
      CIReport.writeSARIF(findings, version: Corsleuth.configuration.version, baseline: baseline, into: &sink)
    case .github: CIReport.writeGitHub(findings, baseline: accepted, into: &sink)
    case .openmetrics: CIReport.writeOpenMetrics(findings, into: &sink)
    case .text, .json, .ndjson, .csv, .markdown, .html: break
    }
  }

  /// Failures of problems that the baseline does not accept; without one, all.
  func newFailures() throws(StoreError) -> Int {
    let accepted = baseline ?? Baseline()
    return try reader.population(named: "", filter).problems.reduce(0) { sum, problem in
      sum + (accepted.accepts(problem.key) ? 0 : problem.value.failures)
    }
  }

  private func writeBaseline(_ path: String) throws {
    let problems = Set(try reader.population(named: "", filter).problems.keys)
    let output = try Output(path)
    var sink = output
    Baseline(problems).write(into: &sink)
    try output.finish()
  }
}
