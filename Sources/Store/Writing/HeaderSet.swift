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
      let isColumn =
        field.known.map { requestPositions[Int($0.rawValue)] >= 0 || HeaderColumns.requestAlone.contains($0) } ?? false
      if isColumn { continue }
      let name = field.name.asciiLowercased()
      if !others.contains(name) { others.append(name) }
    }
    return columns(of: record, HeaderColumns.request, at: requestPositions, redaction)
      + [.text(recorded(record)), others.isEmpty ? .null : .text(others.joined(separator: "\n"))]
  }

  static func responseRow(_ record: HeaderRecord, _ redaction: Redaction) -> [Cell] {
    columns(of: record, HeaderColumns.response, at: responsePositions, redaction) + [.text(recorded(record))]
  }

  /// The values of these fields, each at its position; one pass over what was recorded, which is mostly less.
  private static func columns(
    of record: HeaderRecord, _ fields: [KnownField], at positions: [Int], _ redaction: Redaction
  ) -> [Cell] {
    var cells = [Cell](repeating: .null, count: fields.count)
    for field in record.list.fields {
      guard let known = field.known, case let position = positions[Int(known.rawValue)], position >= 0,
        !record.redacted.contains(known)
      else { continue }
      let value = redaction.value(field.value.trimmedHTTPWhitespace, of: known)
      if case .text(let before) = cells[position] {
        cells[position] = .text(before + "\n" + value)
      } else {
        cells[position] = .text(value)
      }
    }
    for (position, field) in fields.enumerated() where record.redacted.contains(field) {
      cells[position] = .text(redacted)
    }
    return cells
  }

  private static let redacted = "[redacted]"

  static func value(of field: KnownField, in record: HeaderRecord, _ redaction: Redaction) -> String? {
    if record.redacted.contains(field) { return redacted }
    let values = record.list.values(field)
    return values.isEmpty ? nil : values.map { redaction.value(String($0), of: field) }.joined(separator: "\n")
  }

  private static func recorded(_ record: HeaderRecord) -> String {
    guard case .only(let fields) = record.coverage else { return "all" }
    return KnownField.allCases.filter(fields.contains).map(\.name).joined(separator: "\n")
  }
}
