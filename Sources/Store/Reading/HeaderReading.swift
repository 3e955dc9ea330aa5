import Evidence
import Fetch

/// One side's headers out of their row: what `HeaderSet` wrote, read back as evidence.
///
/// Fields without a column are known by name alone. Names come back in lower case where HTTP/2 or later carried them, else as
/// servers usually spell them, and in the order of the columns.
struct HeaderReading {
  private let columns: [KnownField]
  private let keepsCase: Bool
  private let duplicates: HeaderRecord.Duplicates

  init(_ columns: [KnownField], version: HTTPVersion, duplicates: HeaderRecord.Duplicates) {
    self.columns = columns
    keepsCase = version != .http2 && version != .http3
    self.duplicates = duplicates
  }

  /// - Parameters:
  ///   - values: By column; several values of a field joined by line feeds.
  ///   - recorded: `all`, or the names that the recorder writes.
  ///   - others: Names of fields that have no column.
  /// - Returns: The side as evidence.
  func record(_ values: [String?], recorded: String?, others: String?) -> HeaderRecord {
    var record = HeaderRecord(duplicates: duplicates)
    for (field, value) in zip(columns, values) {
      guard let value else { continue }
      if value == "[redacted]" {
        record.redacted.insert(field)
        continue
      }
      for line in value.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
        record.list.fields.append(HeaderField(name: spelled(field), known: field, value: String(Substring(line))))
      }
    }
    for name in others?.utf8.split(separator: 0x0A) ?? [] {
      record.list.append(name: String(Substring(name)), value: "")
    }
    record.coverage = HeaderReading.coverage(recorded)
    return record
  }

  private static func coverage(_ recorded: String?) -> HeaderRecord.Coverage {
    if recorded == "all" { return .all }
    var fields = FieldSet()
    for name in recorded?.utf8.split(separator: 0x0A) ?? [] {
      if let field = KnownField(name: Substring(name)) { fields.insert(field) }
    }
    return .only(fields)
  }

  private func spelled(_ field: KnownField) -> String {
    keepsCase ? field.usualName : field.name
  }
}
