/// Percent-encoding (URL, 1.3 *percent-encoded bytes*).
package enum PercentEncoding {
  /// Undoes `%XX`; what is no such sequence stays.
  package static func decoded(_ bytes: Span<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "%"), at + 2 < bytes.count, let high = bytes[at + 1].hexDigitValue,
        let low = bytes[at + 2].hexDigitValue
      {
        out.append(high << 4 | low)
        at += 3
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    return out
  }
}
