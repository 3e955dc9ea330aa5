/// The lines around a text table's cells, as data.
struct TableFrame {
  /// A horizontal line: what stands at its left end, fills it, crosses the columns' gaps, and stands at its right end.
  struct Rule {
    let left: String
    let fill: Character
    let cross: String
    let right: String
  }

  let top: Rule?
  let middle: Rule
  let bottom: Rule?
  /// Before, between and behind the cells of a row.
  let left: String
  let gap: String
  let right: String

  static let box = TableFrame(
    top: Rule(left: "┌─", fill: "─", cross: "─┬─", right: "─┐"),
    middle: Rule(left: "├─", fill: "─", cross: "─┼─", right: "─┤"),
    bottom: Rule(left: "└─", fill: "─", cross: "─┴─", right: "─┘"), left: "│ ", gap: " │ ", right: " │")

  static let ascii = TableFrame(top: dashes, middle: dashes, bottom: dashes, left: "| ", gap: " | ", right: " |")

  static let none = TableFrame(
    top: nil, middle: Rule(left: "", fill: "-", cross: "  ", right: ""), bottom: nil, left: "", gap: "  ", right: "")

  private static let dashes = Rule(left: "+-", fill: "-", cross: "-+-", right: "-+")

  /// What it takes of a line's width.
  func width(columns: Int) -> Int { left.count + gap.count * (columns - 1) + right.count }

  /// Nothing where the frame has no such line.
  func line(_ rule: Rule?, _ widths: [Int]) -> String {
    guard let rule else { return "" }
    let parts = widths.map { String(repeating: rule.fill, count: $0) }
    return rule.left + parts.joined(separator: rule.cross) + rule.right + "\n"
  }

  func row(_ cells: [String]) -> String {
    var line = left + cells.joined(separator: gap) + right
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }
}
