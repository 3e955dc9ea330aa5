import Correlator

extension Connection {
  /// Who asks what of whom, by `subject_id`.
  func subjects() throws(StoreError) -> [Int64: Subject] {
    let rows = try prepare(
      """
      SELECT su.id, og.value, ep.value, me.value FROM subject su LEFT JOIN text og ON og.id = su.origin
        LEFT JOIN text ep ON ep.id = su.endpoint LEFT JOIN text me ON me.id = su.method
      """)
    var found: [Int64: Subject] = [:]
    while try rows.step() {
      found[rows.int(0)] = Subject(
        origin: rows.text(1) ?? "", endpoint: rows.text(2) ?? "", method: rows.text(3) ?? "")
    }
    return found
  }
}
