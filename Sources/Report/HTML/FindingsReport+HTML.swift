package import Correlator
import Evidence

extension FindingsReport {
  /// How many problems a page shows in full, unless asked otherwise: `StoreReader.findings(limit:)`.
  package static let usualProblemsOfAPage = 200

  /// One page that opens offline, loads and sends nothing, and is under five megabytes whatever the findings hold: it says
  /// what it leaves out.
  ///
  /// Charts and faults come from `findings.overview`; without one they are left out.
  package static func writeHTML(
    _ findings: Findings, _ options: ReportOptions = ReportOptions(), into sink: inout some TextOutputStream
  ) {
    HTMLReport(findings, options).write(into: &sink)
  }
}

extension Findings {
  /// What a client is here: a capture names none, and is one by itself.
  var clientNoun: String { namesClients ? "client" : "capture" }

  var namesClients: Bool { sources.contains { $0.kind == .log } }
}
