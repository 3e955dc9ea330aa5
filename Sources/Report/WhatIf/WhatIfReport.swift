package import Correlator
package import Words

/// What a change would have done, as a document.
package enum WhatIfReport {
  /// At most `limit` problems are shown; the rest is counted.
  package static func writeText(
    _ findings: WhatIfFindings, limit: Int, _ options: ReportOptions = ReportOptions(),
    into sink: inout some TextOutputStream
  ) {
    let text = WhatIfText(findings, limit: limit, options)
    sink.write(text.lines.map { $0 + "\n" }.joined())
  }

  package static func writeMarkdown(
    _ findings: WhatIfFindings, limit: Int, in language: Language = .english, into sink: inout some TextOutputStream
  ) {
    sink.write(WhatIfMarkdown(findings, limit: limit, language).lines.map { $0 + "\n" }.joined())
  }

  /// The document `corsleuth-whatif/1`; its keys are stable.
  package static func writeJSON(_ findings: WhatIfFindings, into sink: inout some TextOutputStream) {
    WhatIfJSON.document(findings).write(into: &sink)
    sink.write("\n")
  }

  /// Changes shown before the rest is counted: a fix makes one for each place that fails.
  static let changesShown = 5
}
