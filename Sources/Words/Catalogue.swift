/// The patterns in another language, by the English ones: the files `ko/*.po`, in gettext's format.
package enum Catalogue {
  /// Each file by its name, for whoever wants to know where a translation stands.
  package static let koreanFiles: [(name: String, entries: [(pattern: String, translation: String)])] = [
    ("reasons.po", PackageResources.reasons_po), ("root-causes.po", PackageResources.root_causes_po),
    ("fixes.po", PackageResources.fixes_po), ("evidence.po", PackageResources.evidence_po),
    ("report.po", PackageResources.report_po), ("page.po", PackageResources.page_po),
    ("changes.po", PackageResources.changes_po),
  ].map { (name: $0.0, entries: entries(of: String(decoding: $0.1, as: UTF8.self))) }

  static let korean: [String: String] = Dictionary(
    koreanFiles.flatMap(\.entries).map { ($0.pattern, $0.translation) }, uniquingKeysWith: { first, _ in first })

  /// The pairs of `msgid` and `msgstr`; a string may go on in the lines below.
  static func entries(of text: String) -> [(pattern: String, translation: String)] {
    var entries: [(pattern: String, translation: String)] = []
    var isPattern = false
    for line in text.split(separator: "\n") {
      guard let quote = line.firstIndex(of: "\""), line.last == "\"", !line.hasPrefix("#") else { continue }
      let string = unescaped(line[quote...].dropFirst().dropLast())
      if line.hasPrefix("msgid ") {
        entries.append((string, ""))
        isPattern = true
      } else if line.hasPrefix("msgstr ") {
        isPattern = false
        entries[entries.count - 1].translation = string
      } else if isPattern {
        entries[entries.count - 1].pattern += string
      } else {
        entries[entries.count - 1].translation += string
      }
    }
    return entries
  }

  private static func unescaped(_ string: Substring) -> String {
    var text = ""
    var isEscaped = false
    for character in string {
      if !isEscaped, character == "\\" {
        isEscaped = true
      } else {
        text.append(character)
        isEscaped = false
      }
    }
    return text
  }
}
