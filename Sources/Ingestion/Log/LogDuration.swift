import Fetch

/// Durations as logs write them: `0.004`, `4`, `12ms`, `0.012s`, `1741µs`.
enum LogDuration {
  /// More than this, in microseconds, is no duration: thirty years.
  private static let longest: Int64 = 1_000_000_000_000_000

  static func microseconds(_ base: UnsafeRawPointer, _ range: Range<Int>, _ unit: DurationUnit) -> Int64? {
    var whole: Int64 = 0
    var fraction: Int64 = 0
    var scale: Int64 = 1_000_000_000
    var hasPoint = false
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = base.load(fromByteOffset: index, as: UInt8.self)
      if byte.isASCIIDigit {
        if hasPoint {
          if scale > 1 {
            scale /= 10
            fraction += Int64(byte - 48) * scale
          }
        } else {
          guard whole < 1_000_000_000_000_000 else { return nil }
          whole = whole * 10 + Int64(byte - 48)
        }
      } else if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else {
        break
      }
      index += 1
    }
    guard index > range.lowerBound else { return nil }
    switch written(base, index..<range.upperBound) ?? unit {
    case .seconds: return sum(whole, 1_000_000, fraction)
    case .milliseconds: return sum(whole, 1000, fraction)
    case .microseconds: return sum(whole, 1, 0)
    case .nanoseconds: return whole / 1000
    case .unknown: return hasPoint ? sum(whole, 1_000_000, fraction) : nil
    }
  }

  /// `whole` of a unit of so many microseconds, and billionths of the unit.
  private static func sum(_ whole: Int64, _ unit: Int64, _ billionths: Int64) -> Int64? {
    whole <= longest / unit ? whole * unit + billionths * unit / 1_000_000_000 : nil
  }

  private static func written(_ base: UnsafeRawPointer, _ range: Range<Int>) -> DurationUnit? {
    guard let first = range.first else { return nil }
    switch base.load(fromByteOffset: first, as: UInt8.self) {
    case UInt8(ascii: "s"): return .seconds
    case UInt8(ascii: "m"): return .milliseconds
    case UInt8(ascii: "u"), 0xC2, 0xCE: return .microseconds
    case UInt8(ascii: "n"): return .nanoseconds
    default: return nil
    }
  }
}
