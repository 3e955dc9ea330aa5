import Fetch

/// Durations as logs write them: `0.004`, `4`, `12ms`, `0.012s`, `1741µs`.
enum LogDuration {
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
    case .seconds: return whole &* 1_000_000 &+ fraction / 1000
    case .milliseconds: return whole * 1000 + fraction / 1_000_000
    case .microseconds: return whole
    case .nanoseconds: return whole / 1000
    case .unknown: return hasPoint ? whole &* 1_000_000 &+ fraction / 1000 : nil
    }
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
