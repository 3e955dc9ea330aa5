import Correlator
import Words

/// On a terminal, from far to near.
struct ComparisonText {
  private(set) var lines: [String] = []
  private let style: Style
  private let width: Int
  private let say: Language

  init(_ comparison: Comparison, limit: Int, _ options: ReportOptions) {
    style = options.style
    width = options.width
    say = options.language
    add(ComparisonWords.sentence(comparison), role: .heading)
    add(ComparisonWords.totals(comparison))
    for group in ComparisonWords.groups(comparison) {
      lines.append("")
      add(ComparisonWords.title(group.change), role: ComparisonText.role(group.change))
      for row in group.rows.prefix(limit) { addRow(row) }
      if group.rows.count > limit { add("and \(Moments.count(group.rows.count - limit)) more", indent: 2) }
    }
  }

  private static func role(_ change: Comparison.Change) -> Style.Role {
    switch change {
    case .new, .worse: .blocked
    case .fixed, .better: .allowed
    case .unchanged, .changed, .notSeen: .heading
    }
  }

  private mutating func addRow(_ row: Comparison.Row) {
    let reason: Message = row.identity.reason.isEmpty ? "reason not told" : "\(row.identity.reason)"
    add("\(row.identity.method) \(row.identity.endpoint)", indent: 2, hanging: 2)
    if !row.identity.origin.isEmpty { add("from \(row.identity.origin)", indent: 4) }
    add("\(reason): \(ComparisonWords.rate(row.old)) → \(ComparisonWords.rate(row.new))", indent: 4, hanging: 2)
  }

  private mutating func add(_ message: Message, indent: Int = 0, role: Style.Role? = nil, hanging: Int = 0) {
    let margin = String(repeating: " ", count: indent)
    for (index, line) in DisplayWidth.wrap(VisibleText.escaped(say(message)), width - indent - hanging).enumerated() {
      let hang = index == 0 ? "" : String(repeating: " ", count: hanging)
      lines.append(margin + hang + (role.map { style($0, line) } ?? line))
    }
  }
}
