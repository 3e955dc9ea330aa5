extension LogTime {
  /// `1.7907123e+12`, as programs write floats: seconds, milliseconds, microseconds or nanoseconds by the digits that it stands for.
  ///
  /// Zeros at its end are not written, so that a second is taken for its last digit where that is coarser.
  static func exponential(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> LogTime? {
    func byte(_ at: Int) -> UInt8 { at < end ? base.load(fromByteOffset: at, as: UInt8.self) : 0 }
    var at = start
    var mantissa: Int64 = 0
    func takeDigits(_ limit: Int) -> Int {
      let first = at
      while at - first < limit, byte(at) &- 48 < 10 {
        mantissa = mantissa * 10 + Int64(byte(at) &- 48)
        at += 1
      }
      return at - first
    }
    guard byte(at) != UInt8(ascii: "0") else { return nil }
    let whole = takeDigits(17)
    var decimals = 0
    if whole > 0, byte(at) == UInt8(ascii: ".") {
      at += 1
      decimals = takeDigits(18 - whole)
      // What a float's last digits add is less than is kept.
      while byte(at) &- 48 < 10 { at += 1 }
    }
    guard whole > 0, byte(at) | 0x20 == UInt8(ascii: "e") else { return nil }
    at += byte(at + 1) == UInt8(ascii: "+") ? 2 : 1
    guard byte(at) &- 48 < 10, end - at <= 2 else { return nil }
    var exponent = 0
    while at < end {
      let digit = byte(at) &- 48
      guard digit < 10 else { return nil }
      exponent = exponent * 10 + Int(digit)
      at += 1
    }
    let unit: Int
    switch whole + exponent {
    case 8...11: unit = 6
    case 12...14: unit = 3
    case 15...17: unit = 0
    case 18...19: unit = -3
    default: return nil
    }
    let power = exponent - decimals + unit
    let scale = (0..<abs(power)).reduce(Int64(1)) { product, _ in product * 10 }
    return LogTime(
      microseconds: power < 0 ? mantissa / scale : mantissa * scale,
      granularity: power < 0 ? 1 : min(scale, 1_000_000))
  }
}
