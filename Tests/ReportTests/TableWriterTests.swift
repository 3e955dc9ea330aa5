import Correlator
import Foundation
import Report
import Testing

@Suite("Tables") struct TableWriterTests {
  static let hostile = [
    "", " ", "plain", "a,b", "say \"hi\"", "two\nlines", "cr\rlf\r\n", "tab\there", "|pipe|", "\u{1B}[31mred",
    "\u{0}nul",
    "\u{202E}rtl", "名前", "👩‍👩‍👧", "e\u{301}", "\u{10FFFF}", "\\ backslash", "=1+1", "`code`", "<b>", "\u{2028}",
    "\u{FEFF}bom",
  ]

  static func table() -> Table {
    Table(
      columns: ["id", "text \"quoted\"", "number", "maybe"],
      rows: hostile.enumerated().map { index, text in
        [
          .int(Int64(index)), .text(text), .real(Double(index) / 3),
          index % 2 == 0 ? .null : .text(String(text.reversed())),
        ]
      })
  }

  static func written(_ table: Table, _ format: TableFormat, width: Int = 80) -> String {
    var text = ""
    table.write(as: format, width: width, into: &text)
    return text
  }

  @Test func `CSV reads back`() {
    let table = Self.table()
    let records = CSVReader.records(Self.written(table, .csv))
    #expect(records.first == table.columns.map { CSVReader.Field(text: $0, isQuoted: $0.contains("\"")) })
    #expect(records.count == table.rows.count + 1)
    for (record, row) in zip(records.dropFirst(), table.rows) {
      #expect(record.map(\.text) == row.map(\.plain))
      // NULL and the empty text are told apart.
      for (field, cell) in zip(record, row) where field.text.isEmpty { #expect(field.isQuoted == (cell != .null)) }
    }
  }

  @Test func `CSV ends records as RFC 4180 says`() {
    let table = Table(columns: ["a", "b"], rows: [[.int(1), .text("x\"y")]])
    #expect(Self.written(table, .csv) == "a,b\r\n1,\"x\"\"y\"\r\n")
  }

  @Test func `JSON reads back`() throws {
    let table = Self.table()
    let parsed = try JSONSerialization.jsonObject(with: Data(Self.written(table, .json).utf8))
    let objects = try #require(parsed as? [[String: Any]])
    #expect(objects.count == table.rows.count)
    for (object, row) in zip(objects, table.rows) { try Self.expect(object, table.columns, row) }
  }

  @Test func `NDJSON reads back line by line`() throws {
    let table = Self.table()
    let lines = Self.written(table, .ndjson).split(separator: "\n")
    #expect(lines.count == table.rows.count)
    for (line, row) in zip(lines, table.rows) {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      try Self.expect(object, table.columns, row)
    }
  }

  private static func expect(_ object: [String: Any], _ columns: [String], _ row: [Cell]) throws {
    #expect(object.count == columns.count)
    for (name, cell) in zip(columns, row) {
      switch cell {
      case .null: #expect(object[name] is NSNull)
      case .int(let value): #expect((object[name] as? NSNumber)?.int64Value == value)
      case .real(let value): #expect((object[name] as? NSNumber)?.doubleValue == value)
      case .text(let value):
        #expect((object[name] as? String).map { Array($0.unicodeScalars) } == Array(value.unicodeScalars))
      case .blob: Issue.record("no blob in this table")
      }
    }
  }

  @Test func `no rows are an empty array`() {
    let empty = Table(columns: ["a"], rows: [])
    #expect(Self.written(empty, .json) == "[]\n")
    #expect(Self.written(empty, .ndjson) == "")
    #expect(Self.written(empty, .csv) == "a\r\n")
  }

  @Test func `values of every kind`() {
    let table = Table(columns: ["a", "b", "c"], rows: [[.blob([0, 255]), .real(.nan), .real(1e300)]])
    #expect(Self.written(table, .ndjson) == "{\"a\": \"00ff\", \"b\": null, \"c\": 1e+300}\n")
    #expect(Self.written(table, .csv) == "a,b,c\r\n00ff,,1e+300\r\n")
  }

  @Test func `rows of the wrong length are fitted`() {
    let table = Table(columns: ["a", "b"], rows: [[.int(1)], [.int(1), .int(2), .int(3)]])
    #expect(Self.written(table, .csv) == "a,b\r\n1,\r\n1,2\r\n")
  }

  @Test func `Markdown keeps its cells`() {
    let lines = Self.written(Self.table(), .markdown).split(separator: "\n")
    #expect(lines.count == Self.table().rows.count + 2)
    // A bar that is not escaped would be a fifth column.
    for line in lines { #expect(line.replacing(#/\\\\|\\\|/#, with: "").count { $0 == "|" } == 5, "\(line)") }
  }

  @Test(arguments: [40, 60, 80, 200], [TableFormat.box, .table, .plain]) func `a text table fits its width`(
    width: Int, format: TableFormat
  ) {
    let lines = Self.written(Self.table(), format, width: width).split(separator: "\n")
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
    if format != .plain { #expect(Set(lines.map { DisplayWidth.of($0) }).count == 1) }
  }

  @Test func `a box table`() throws {
    try expectGolden(Self.written(Self.table(), .box, width: 70), "table-70.txt")
    try expectGolden(Self.written(Self.table(), .table, width: 70), "table-70-ascii.txt")
    try expectGolden(Self.written(Self.table(), .plain, width: 70), "table-70-plain.txt")
  }

  /// After the sample rows are written as they come, and cut to the widths found.
  @Test func `rows beyond the sample are streamed`() {
    var writer = TableWriter(columns: ["n"], format: .box, width: 20, sample: 2)
    var text = ""
    writer.begin(into: &text)
    writer.row([.text("one")], into: &text)
    #expect(text == "")
    writer.row([.text("two")], into: &text)
    #expect(text.contains("two"))
    writer.row([.text("three and more")], into: &text)
    writer.finish(into: &text)
    #expect(text == "┌─────┐\n│ n   │\n├─────┤\n│ one │\n│ two │\n│ t…e │\n└─────┘\n")
  }
}

/// A strict reader of RFC 4180, so that the writer is held to the format and not to itself.
enum CSVReader {
  struct Field: Equatable {
    var text: String
    var isQuoted: Bool
  }

  static func records(_ text: String) -> [[Field]] {
    var records: [[Field]] = []
    var record: [Field] = []
    var field = Field(text: "", isQuoted: false)
    var isInside = false
    let scalars = Array(text.unicodeScalars)
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      if isInside {
        if scalar == "\"", next == "\"" {
          field.text.unicodeScalars.append(scalar)
          index += 1
        } else if scalar == "\"" {
          isInside = false
        } else {
          field.text.unicodeScalars.append(scalar)
        }
      } else if scalar == "\"" {
        isInside = true
        field.isQuoted = true
      } else if scalar == "," || scalar == "\r" && next == "\n" {
        record.append(field)
        field = Field(text: "", isQuoted: false)
        if scalar == "\r" {
          records.append(record)
          record = []
          index += 1
        }
      } else {
        field.text.unicodeScalars.append(scalar)
      }
      index += 1
    }
    return records
  }
}
