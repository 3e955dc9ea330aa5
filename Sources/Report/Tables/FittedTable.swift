import Correlator

/// A text table whose columns fit a width, found from its first rows.
struct FittedTable {
  private let columns: [String]
  private let width: Int
  private let sample: Int
  private let frame: TableFrame
  private var held: [[Cell]] = []
  private var widths: [Int]?
  private var isNumeric: [Bool] = []

  init(columns: [String], width: Int, sample: Int, frame: TableFrame) {
    self.columns = columns
    self.width = width
    self.sample = sample
    self.frame = frame
  }

  mutating func row(_ cells: [Cell], into sink: inout some TextOutputStream) {
    if let widths {
      sink.write(line(cells, widths))
      return
    }
    held.append(cells)
    if held.count >= sample { release(into: &sink) }
  }

  mutating func finish(into sink: inout some TextOutputStream) {
    if widths == nil { release(into: &sink) }
    if let widths { sink.write(frame.line(frame.bottom, widths)) }
  }

  private mutating func release(into sink: inout some TextOutputStream) {
    let texts = held.map { $0.map { VisibleText.escaped($0.display) } }
    isNumeric = columns.indices.map { index in
      held.contains { $0[index] != .null } && held.allSatisfy { $0[index] == .null || $0[index].isNumber }
    }
    let natural = columns.indices.map { index in
      max(1, DisplayWidth.of(VisibleText.escaped(columns[index])), texts.map { DisplayWidth.of($0[index]) }.max() ?? 0)
    }
    let fitted = FittedTable.shrink(natural, into: width - frame.width(columns: columns.count))
    widths = fitted
    sink.write(frame.line(frame.top, fitted))
    sink.write(line(columns.map(Cell.text), fitted))
    sink.write(frame.line(frame.middle, fitted))
    for cells in held { sink.write(line(cells, fitted)) }
    held = []
  }

  /// Takes from the widest columns, evenly, until all fit; none gets narrower than it is readable at.
  static func shrink(_ natural: [Int], into room: Int) -> [Int] {
    let total = natural.reduce(0, +)
    guard total > room, !natural.isEmpty else { return natural }
    let least = max(4, min(8, room / natural.count))
    // The greatest width that, given to every wider column, fits.
    var low = least
    var high = natural.max() ?? least
    while low < high {
      let middle = (low + high + 1) / 2
      if natural.reduce(0, { $0 + min($1, middle) }) <= room { low = middle } else { high = middle - 1 }
    }
    var widths = natural.map { min($0, low) }
    // What is left over goes to the first columns that were cut.
    var left = room - widths.reduce(0, +)
    for index in widths.indices where left > 0 && widths[index] < natural[index] {
      widths[index] += 1
      left -= 1
    }
    return widths
  }

  private func line(_ cells: [Cell], _ widths: [Int]) -> String {
    let padded = zip(cells.indices, cells).map { index, cell in
      let text = DisplayWidth.fit(VisibleText.escaped(cell.display), widths[index])
      return isNumeric[index] && cell.isNumber
        ? DisplayWidth.padLeft(text, widths[index]) : DisplayWidth.pad(text, widths[index])
    }
    return frame.row(padded)
  }
}
