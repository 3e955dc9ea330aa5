/// One value of a row, in SQLite's five kinds: what the store reads and the report writes.
package enum Cell: Hashable, Sendable {
  case null
  case int(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])

  package init(_ value: String?) { self = value.map(Cell.text) ?? .null }

  package init(_ value: Int64?) { self = value.map(Cell.int) ?? .null }
}
