import Correlator
import Words

/// The document `corsleuth-compare/1`.
enum ComparisonJSON {
  static let schema = "corsleuth-compare/1"

  static func document(_ comparison: Comparison) -> JSONValue {
    .object([
      ("schema", .string(schema)),
      ("sentence", .string(ComparisonWords.sentence(comparison).english)),
      ("old", named(comparison.oldName, comparison.old)),
      ("new", named(comparison.newName, comparison.new)),
      ("counts", .object(Comparison.Change.allCases.map { ($0.rawValue, .int(comparison.count($0))) })),
      ("problems", .array(comparison.rows.map(row))),
    ])
  }

  private static func named(_ name: String, _ side: Comparison.Side) -> JSONValue {
    .object([("name", .string(name)), ("failures", .int(side.failures)), ("requests", .int(side.requests))])
  }

  private static func row(_ row: Comparison.Row) -> JSONValue {
    .object([
      ("problem", .string(row.identity.id)), ("change", .string(row.change.rawValue)),
      ("origin", .string(row.identity.origin)), ("endpoint", .string(row.identity.endpoint)),
      ("method", .string(row.identity.method)),
      ("reason", row.identity.reason.isEmpty ? .null : .string(row.identity.reason)),
      ("old", side(row.old)), ("new", side(row.new)),
    ])
  }

  private static func side(_ side: Comparison.Side) -> JSONValue {
    .object([
      ("failures", .int(side.failures)), ("requests", .int(side.requests)), ("clients", .int(side.clients)),
    ])
  }
}
