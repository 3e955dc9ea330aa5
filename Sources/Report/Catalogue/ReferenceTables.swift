import Correlator
import Words

/// The catalogue as Markdown tables, for the README; a test compares them with it.
package enum ReferenceTables {
  /// The fifteen reasons: key and address, what it means, Chromium's names, what to change.
  package static var reasons: String {
    table(
      ["reason", "what happened", "Chromium's name", "what to change"],
      Reason.all.map { reason in
        [
          "[\(reason.key.rawValue)](\(reason.mdnAddress))", MarkdownText.prose(reason.title.english),
          reason.chromiumErrors.map { "`\($0.rawValue)`" }.joined(separator: "<br>"),
          MarkdownText.prose(reason.remedy.english),
        ]
      })
  }

  package static var rootCauses: String {
    table(
      ["root cause", "what happened", "how it comes about"],
      RootCause.all.map {
        ["`\($0.key)`", MarkdownText.prose($0.title.english), MarkdownText.prose($0.meaning.english)]
      })
  }

  private static func table(_ header: [String], _ rows: [[String]]) -> String {
    let lines = [header, header.map { _ in "---" }] + rows
    return lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }
}
