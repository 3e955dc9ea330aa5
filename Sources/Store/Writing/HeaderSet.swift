import Correlator
import Evidence
import Fetch

/// One side's headers as a row: a column for each field, several values of one field joined by a line feed.
///
/// A line feed cannot occur in a field's value (RFC 9110 §5.5), so every value can be told again. `recorded` is `all`
/// where the recorder writes every field down, else the names it writes: a field beyond them is not known to be absent.
/// A value that the recorder blacked out is `[redacted]`.
enum HeaderSet {
  static let requestPositions = HeaderColumns.positions(HeaderColumns.request)
  static let responsePositions = HeaderColumns.positions(HeaderColumns.response)

  static func requestRow(_ record: HeaderRecord, _ redaction: Redaction) -> [Cell] {
    var others: [String] = []
    for field in record.list.fields {
      let isColumn = field.known.map { HeaderColumns.request.contains($0) || HeaderColumns.requestAlone.contains($0) }
      let name = field.name.asciiLowercased()
      if isColumn != true, !others.contains(name) { others.append(name) }
    }
    return HeaderColumns.request.map { Cell(value(of: $0, in: record, redaction)) }
      + [.text(recorded(record)), others.isEmpty ? .null : .text(others.joined(separator: "\n"))]
  }

  static func responseRow(_ record: HeaderRecord, _ redaction: Redaction) -> [Cell] {
    HeaderColumns.response.map { Cell(value(of: $0, in: record, redaction)) } + [.text(recorded(record))]
  }

  static func value(of field: KnownField, in record: HeaderRecord, _ redaction: Redaction) -> String? {
    let values = record.list.values(field)
    if values.isEmpty || record.redacted.contains(field) {
      return record.redacted.contains(field) ? "[redacted]" : nil
    }
    return values.map { redaction.value(String($0), of: field) }.joined(separator: "\n")
  }

  private static func recorded(_ record: HeaderRecord) -> String {
    guard case .only(let fields) = record.coverage else { return "all" }
    return KnownField.allCases.filter(fields.contains).map(\.name).joined(separator: "\n")
  }
}
