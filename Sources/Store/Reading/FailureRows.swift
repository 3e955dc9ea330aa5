package import Correlator

extension StoreReader {
  /// The rows of the view `failures` that pass the filter, in the order of time.
  package func failures(
    _ filter: FindingsFilter = FindingsFilter(), columns: ([String]) -> Void, row: ([Cell]) -> Void
  ) throws(StoreError) {
    let (condition, values) = filter.condition(reasonsToo: true)
    let parameters = Dictionary(uniqueKeysWithValues: values.enumerated().map { (String($0.offset + 1), $0.element) })
    try rows(
      """
      SELECT * FROM failures WHERE verdict_id IN (SELECT v.id FROM verdict v
        WHERE v.decision = \(Schema.blocked)\(condition)) ORDER BY started_at, verdict_id
      """, parameters, columns: columns, row: row)
  }
}
