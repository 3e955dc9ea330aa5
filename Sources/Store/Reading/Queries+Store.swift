package import Correlator
package import Queries

extension Cell {
  init(_ value: Query.Value) {
    switch value {
    case .integer(let number): self = .int(number)
    case .real(let number): self = .real(number)
    case .text(let text): self = .text(text)
    }
  }
}

extension StoreReader {
  /// Runs a ready query with these values, which `Query.bindings` makes of what the user gave.
  @discardableResult
  package func rows(
    _ query: Query, _ values: [String: Query.Value] = [:], limits: Limits = Limits(),
    columns: ([String]) -> Void = { _ in }, row: ([Cell]) -> Void
  ) throws(StoreError) -> Outcome {
    try rows(query.sql, values.mapValues(Cell.init), limits: limits, columns: columns, row: row)
  }
}
