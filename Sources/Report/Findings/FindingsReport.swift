package import Correlator

/// A report over findings, in the formats that are documents; row formats are a `TableWriter`'s.
package enum FindingsReport {
  package static func writeText(
    _ findings: Findings, _ options: ReportOptions = ReportOptions(), into sink: inout some TextOutputStream
  ) {
    sink.write(TextReport(findings, options).lines.map { $0 + "\n" }.joined())
  }

  package static func writeMarkdown(
    _ findings: Findings, _ options: ReportOptions = ReportOptions(), into sink: inout some TextOutputStream
  ) {
    sink.write(MarkdownReport(findings, options).lines.map { $0 + "\n" }.joined())
  }

  /// The document `corsleuth-report/1`; its keys are stable.
  package static func writeJSON(_ findings: Findings, into sink: inout some TextOutputStream) {
    JSONReport.document(findings).write(into: &sink)
    sink.write("\n")
  }
}
