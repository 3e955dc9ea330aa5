package import Evidence

/// The ids of rows: 31 bits of the source's SHA-256 above 32 bits of the entry's number.
///
/// So ids follow the content alone: the order of imports, the machine and the time do not matter, rows of one source are
/// neighbours, and stores can be merged.
package enum RowID {
  /// The largest entry that an id can hold.
  static let maximumEntry = 0xFFFF_FFFF

  /// The ids that a source of this digest may have, the preferred one first.
  ///
  /// A later one is taken only where another digest in the store has the same 31 bits.
  ///
  /// - Parameter sha256: 64 hexadecimal digits.
  /// - Returns: Eight ids, or none where the digits are not hexadecimal.
  static func sources(sha256: String) -> [Int64] {
    let digits = Array(sha256.utf8)
    return stride(from: 0, through: digits.count - 8, by: 8).compactMap { start in
      UInt32(String(decoding: digits[start..<start + 8], as: UTF8.self), radix: 16).map { Int64($0 & 0x7FFF_FFFF) }
    }
  }

  /// - Returns: `nil` for an entry beyond `maximumEntry`.
  @inline(__always)
  static func row(source: Int64, entry: Int) -> Int64? {
    entry >= 0 && entry <= maximumEntry ? source << 32 | Int64(entry) : nil
  }

  /// The id of an item's row in `exchanges`, or of the verdict anchored there; `nil` where the digest is not one.
  package static func of(_ locator: Locator, sha256: String) -> Int64? {
    sources(sha256: sha256).first.flatMap { row(source: $0, entry: locator.entry) }
  }
}
