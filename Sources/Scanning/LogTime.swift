/// Moments as access logs write them, told from their shape.
///
/// `12/Mar/2025:10:15:32 +0000`, `2025-03-12T10:15:32.413Z`, `2025-03-12 10:15:32`, `2025/03/12 10:15:32`, and seconds, milliseconds, microseconds
/// or nanoseconds since 1970 by their number of digits, with an exponent or without. A moment without a zone is taken for UTC.
package struct LogTime: Equatable, Sendable {
  /// Microseconds since 1970-01-01T00:00:00Z.
  package var microseconds: Int64
  /// The size of the last digit written, in microseconds: 1 where it is finer.
  package var granularity: Int64

  package init(microseconds: Int64, granularity: Int64) {
    self.microseconds = microseconds
    self.granularity = granularity
  }

  /// Reads the moment that fills `base[start..<end]`; `nil` where it is none of the shapes.
  package init?(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) {
    var digits = LogDigits(base: base, at: start, end: end)
    guard end - start >= 8 else {
      guard let time = LogTime.exponential(base, start, end) else { return nil }
      self = time
      return
    }
    if digits.peek(2) == UInt8(ascii: "/") {
      guard let time = LogTime.commonLog(&digits) else { return nil }
      self = time
    } else if digits.peek(4) == UInt8(ascii: "-") || digits.peek(4) == UInt8(ascii: "/") {
      guard let time = LogTime.iso(&digits) else { return nil }
      self = time
    } else {
      guard let time = LogTime.epoch(base, start, end) else { return nil }
      self = time
    }
  }

  private static func commonLog(_ digits: inout LogDigits) -> LogTime? {
    guard let day = digits.number(2), digits.skip(UInt8(ascii: "/")), let month = digits.monthName(),
      digits.skip(UInt8(ascii: "/")), let year = digits.number(4),
      digits.skip(UInt8(ascii: ":")) || digits.skip(UInt8(ascii: " "))
    else { return nil }
    return clock(&digits, year, month, day)
  }

  private static func iso(_ digits: inout LogDigits) -> LogTime? {
    let mark = digits.peek(4)
    guard let year = digits.number(4), digits.skip(mark), let month = digits.number(2),
      digits.skip(mark), let day = digits.number(2),
      digits.skip(UInt8(ascii: "T")) || digits.skip(UInt8(ascii: " ")) || digits.skip(UInt8(ascii: "t"))
        || digits.skip(UInt8(ascii: "\t"))
    else { return nil }
    return clock(&digits, year, month, day)
  }

  private static func clock(_ digits: inout LogDigits, _ year: Int, _ month: Int, _ day: Int) -> LogTime? {
    guard (1...12).contains(month), (1...31).contains(day), let hour = digits.number(2),
      digits.skip(UInt8(ascii: ":")), let minute = digits.number(2), digits.skip(UInt8(ascii: ":")),
      let second = digits.number(2), hour < 25, minute < 60, second < 61
    else { return nil }
    let (fraction, granularity) = digits.fraction()
    guard let zone = digits.zone() else { return nil }
    let days = daysFromCivil(year, month, day)
    let seconds = days * 86400 + hour * 3600 + minute * 60 + second - zone * 60
    let microseconds = Int64(seconds) * 1_000_000 + fraction
    return Timestamp.range.contains(microseconds) ? LogTime(microseconds: microseconds, granularity: granularity) : nil
  }

  static func epoch(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> LogTime? {
    if let time = secondsAndMilliseconds(base, start, end) { return time }
    var index = start
    var value: Int64 = 0
    if end - start >= 8, let digits = LogDigits.eight(base, start) { (value, index) = (digits, start + 8) }
    while index < end, index - start < 18 {
      let digit = base.load(fromByteOffset: index, as: UInt8.self) &- 48
      guard digit < 10 else { break }
      value = value * 10 + Int64(digit)
      index += 1
    }
    // Of nanoseconds the last digit is past what is kept, and may be one too many for 64 bits.
    if index - start == 18, index < end, base.load(fromByteOffset: index, as: UInt8.self) &- 48 < 10 {
      value /= 100
      index += 1
    } else if index - start == 18 {
      value /= 1000
    }
    let count = index - start
    var digits = LogDigits(base: base, at: index, end: end)
    let (fraction, granularity) = digits.fraction()
    guard digits.isAtEnd else { return exponential(base, start, end) }
    switch count {
    case 8...11: return LogTime(microseconds: value * 1_000_000 + fraction, granularity: granularity)
    case 12...14:
      return LogTime(microseconds: value * 1000 + fraction / 1000, granularity: max(1, granularity / 1000))
    case 15...17: return LogTime(microseconds: value, granularity: 1)
    case 18...19: return LogTime(microseconds: value, granularity: 1)
    default: return nil
    }
  }

  /// `1741737611.693`, which nginx writes as `$msec`: no two lines of such a log need have the same.
  @inline(__always)
  private static func secondsAndMilliseconds(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> LogTime? {
    guard end &- start == 14, let seconds = LogDigits.eight(base, start) else { return nil }
    let rest = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: start &+ 6, as: UInt64.self))
    // Two digits that are known by now, two more, the point, and three.
    guard rest & 0xF0F0_F0FF_F0F0_F0F0 == 0x3030_302E_3030_3030,
      (rest &+ 0x0606_0600_0606_0606) & 0xF0F0_F0FF_F0F0_F0F0 == 0x3030_302E_3030_3030
    else { return nil }
    func digit(_ place: UInt64) -> Int64 { Int64(truncatingIfNeeded: rest &>> (place &* 8) & 15) }
    let milliseconds = digit(5) &* 100 &+ digit(6) &* 10 &+ digit(7)
    return LogTime(
      microseconds: (seconds &* 100 &+ digit(2) &* 10 &+ digit(3)) &* 1_000_000 &+ milliseconds &* 1000,
      granularity: 1000)
  }

  /// Days since 1970-01-01 of a date in the proleptic Gregorian calendar.
  static func daysFromCivil(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468
  }
}

/// A position among the bytes of a moment.
struct LogDigits {
  let base: UnsafeRawPointer
  var at: Int
  let end: Int

  var isAtEnd: Bool { at >= end }

  /// The number of eight digits at `at`, worked out two, four and eight at a time; `nil` where not all are digits.
  @inline(__always)
  static func eight(_ base: UnsafeRawPointer, _ at: Int) -> Int64? {
    var word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    let (highs, zeros) = (0xF0F0_F0F0_F0F0_F0F0 as UInt64, 0x3030_3030_3030_3030 as UInt64)
    guard word & highs == zeros, (word &+ 0x0606_0606_0606_0606) & highs == zeros else { return nil }
    word = ((word & ~highs) &* (10 << 8 | 1)) >> 8
    word = ((word & 0x00FF_00FF_00FF_00FF) &* (100 << 16 | 1)) >> 16
    word = ((word & 0x0000_FFFF_0000_FFFF) &* (10_000 << 32 | 1)) >> 32
    return Int64(truncatingIfNeeded: word)
  }

  func peek(_ offset: Int) -> UInt8 {
    at + offset < end ? base.load(fromByteOffset: at + offset, as: UInt8.self) : 0
  }

  @inline(__always)
  mutating func skip(_ byte: UInt8) -> Bool {
    guard peek(0) == byte, at < end else { return false }
    at += 1
    return true
  }

  @inline(__always)
  mutating func number(_ count: Int) -> Int? {
    guard at + count <= end else { return nil }
    var value = 0
    for offset in 0..<count {
      let digit = base.load(fromByteOffset: at + offset, as: UInt8.self) &- 48
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    at += count
    return value
  }

  mutating func monthName() -> Int? {
    guard at + 3 <= end else { return nil }
    let name = UInt32(peek(0) | 0x20) << 16 | UInt32(peek(1) | 0x20) << 8 | UInt32(peek(2) | 0x20)
    let month: Int
    switch name {
    case 0x6A616E: month = 1
    case 0x666562: month = 2
    case 0x6D6172: month = 3
    case 0x617072: month = 4
    case 0x6D6179: month = 5
    case 0x6A756E: month = 6
    case 0x6A756C: month = 7
    case 0x617567: month = 8
    case 0x736570: month = 9
    case 0x6F6374: month = 10
    case 0x6E6F76: month = 11
    case 0x646563: month = 12
    default: return nil
    }
    at += 3
    return month
  }

  /// Microseconds behind a `.` or `,`, and the size of the last digit.
  mutating func fraction() -> (Int64, Int64) {
    guard at + 1 < end, peek(0) == UInt8(ascii: ".") || peek(0) == UInt8(ascii: ","), peek(1) &- 48 < 10 else {
      return (0, 1_000_000)
    }
    at += 1
    var value: Int64 = 0
    var unit: Int64 = 1_000_000
    while at < end, peek(0) &- 48 < 10 {
      if unit > 1 {
        unit /= 10
        value += Int64(peek(0) &- 48) * unit
      }
      at += 1
    }
    return (value, unit)
  }

  /// Minutes east of UTC: 0 where none is written, `nil` where something else follows.
  mutating func zone() -> Int? {
    _ = skip(UInt8(ascii: " "))
    if isAtEnd { return 0 }
    if skip(UInt8(ascii: "Z")) || skip(UInt8(ascii: "z")) { return isAtEnd ? 0 : nil }
    if end - at == 3, peek(0) == UInt8(ascii: "U") || peek(0) == UInt8(ascii: "G") { return 0 }
    let isWest = peek(0) == UInt8(ascii: "-")
    guard skip(UInt8(ascii: "+")) || skip(UInt8(ascii: "-")), let hours = number(2) else { return nil }
    _ = skip(UInt8(ascii: ":"))
    let minutes = isAtEnd ? 0 : number(2)
    guard let minutes, isAtEnd else { return nil }
    return isWest ? -(hours * 60 + minutes) : hours * 60 + minutes
  }
}
