import Correlator
import Report

/// Column names and rows, where all of them are at hand.
struct Table: Hashable, Sendable {
  var columns: [String]
  var rows: [[Cell]]

  init(columns: [String], rows: [[Cell]]) {
    self.columns = columns
    self.rows = rows
  }

  func write(as format: TableFormat, width: Int = 80, into sink: inout some TextOutputStream) {
    var writer = TableWriter(columns: columns, format: format, width: width)
    writer.begin(into: &sink)
    for row in rows { writer.row(row, into: &sink) }
    writer.finish(into: &sink)
  }
}
