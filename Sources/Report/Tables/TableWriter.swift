package import Correlator

/// How rows are written.
package enum TableFormat: String, CaseIterable, Sendable {
  /// A table of box-drawing characters that fits a width.
  case box
  /// The same of ASCII characters.
  case table
  /// Columns separated by spaces, no lines: for narrow screens and `grep`.
  case plain
  /// RFC 4180, with a header line; NULL is nothing, an empty text `""`.
  case csv
  /// An array of objects.
  case json
  /// One object for each line.
  case ndjson
  /// A table of GitHub's Markdown.
  case markdown
}

/// Writes rows one by one: nothing of what was written is kept.
///
/// A `box`, `table` or `plain` one first holds back `sample` rows to fit its columns, and then streams too; cells that come later
/// and do not fit are cut in the middle.
package struct TableWriter {
  package let columns: [String]
  package let format: TableFormat
  private var count = 0
  private var fitted: FittedTable

  package init(columns: [String], format: TableFormat, width: Int = 80, sample: Int = 200) {
    self.columns = columns
    self.format = format
    fitted = FittedTable(columns: columns, width: width, sample: sample, frame: format.frame)
  }

  package mutating func begin(into sink: inout some TextOutputStream) {
    switch format {
    case .csv: sink.write(CSV.line(columns.map(Cell.text)))
    case .json: sink.write("[")
    case .markdown:
      sink.write("| " + columns.map(MarkdownText.cell).joined(separator: " | ") + " |\n")
      sink.write("|" + columns.map { _ in " --- |" }.joined() + "\n")
    case .ndjson, .box, .table, .plain: break
    }
  }

  /// Writes one row; cells beyond the columns are dropped, and missing ones are NULL.
  package mutating func row(_ cells: [Cell], into sink: inout some TextOutputStream) {
    var cells = Array(cells.prefix(columns.count))
    while cells.count < columns.count { cells.append(.null) }
    switch format {
    case .csv: sink.write(CSV.line(cells))
    case .json: sink.write((count == 0 ? "\n  " : ",\n  ") + JSONText.object(columns, cells))
    case .ndjson: sink.write(JSONText.object(columns, cells) + "\n")
    case .markdown:
      sink.write("| " + cells.map { MarkdownText.cell($0.plain) }.joined(separator: " | ") + " |\n")
    case .box, .table, .plain: fitted.row(cells, into: &sink)
    }
    count += 1
  }

  package mutating func finish(into sink: inout some TextOutputStream) {
    switch format {
    case .json: sink.write(count == 0 ? "]\n" : "\n]\n")
    case .box, .table, .plain: fitted.finish(into: &sink)
    case .csv, .ndjson, .markdown: break
    }
  }
}

extension TableFormat {
  fileprivate var frame: TableFrame {
    switch self {
    case .box: .box
    case .table: .ascii
    case .plain, .csv, .json, .ndjson, .markdown: .none
    }
  }
}
