/// Numbers and literals of JSON.
@usableFromInline
package enum JSONScalar {
  /// Whether the bytes are a number of JSON's grammar, or a literal that exporters write.
  @usableFromInline
  package static func isKnown(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    switch bytes[range.lowerBound] {
    case UInt8(ascii: "t"): spells("true", bytes, range)
    case UInt8(ascii: "f"): spells("false", bytes, range)
    case UInt8(ascii: "n"): spells("null", bytes, range)
    case UInt8(ascii: "N"): spells("NaN", bytes, range)
    case UInt8(ascii: "I"): spells("Infinity", bytes, range)
    default: isNumber(bytes, range) || spells("-Infinity", bytes, range)
    }
  }

  @inline(__always)
  private static func spells(_ text: StaticString, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    for index in 0..<range.count where bytes[range.lowerBound + index] != text.utf8Start[index] { return false }
    return true
  }

  /// RFC 8259 §6, but for leading zeros, which hand-made files have.
  private static func isNumber(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    func digits() -> Bool {
      let start = at
      while at < range.upperBound, bytes[at] &- 0x30 < 10 { at += 1 }
      return at > start
    }
    guard !range.isEmpty else { return false }
    if bytes[at] == UInt8(ascii: "-") { at += 1 }
    guard digits() else { return false }
    if at < range.upperBound, bytes[at] == UInt8(ascii: ".") {
      at += 1
      guard digits() else { return false }
    }
    if at < range.upperBound, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < range.upperBound, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
      guard digits() else { return false }
    }
    return at == range.upperBound
  }

  /// The number that the bytes spell; `nil` where they spell none, or none that is finite.
  package static func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
    // Most numbers are short decimals: no allocation, and exact as long as the digits fit a Double's 53 bits.
    var mantissa: UInt64 = 0
    var scale = 0
    var sawPoint = false
    var at = range.lowerBound
    let isNegative = at < range.upperBound && bytes[at] == UInt8(ascii: "-")
    if isNegative { at += 1 }
    let start = at
    while at < range.upperBound {
      let byte = bytes[at]
      if byte &- 0x30 < 10 {
        mantissa = mantissa &* 10 &+ UInt64(byte &- 0x30)
        if sawPoint { scale += 1 }
      } else if byte == UInt8(ascii: "."), !sawPoint {
        sawPoint = true
      } else {
        break
      }
      at += 1
    }
    if at == range.upperBound, at - start > (sawPoint ? 1 : 0), at - start <= 16, mantissa < 1 << 53 {
      let value = Double(mantissa) / powersOfTen[scale]
      return isNegative ? -value : value
    }
    guard range.count < 400, isNumber(bytes, range) else { return nil }
    let value = bytes.extracting(range).withUnsafeBufferPointer { Double(String(decoding: $0, as: UTF8.self)) }
    return value.flatMap { $0.isFinite ? $0 : nil }
  }

  private static let powersOfTen: [Double] = (0...16).map { exponent in
    (0..<exponent).reduce(1.0) { product, _ in product * 10 }
  }
}
