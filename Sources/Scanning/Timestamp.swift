/// An instant, and how it was written.
package struct Timestamp: Equatable, Sendable {
  /// Microseconds since 1970-01-01T00:00:00Z.
  package var microseconds: Int64
  /// The smallest step that its spelling can show, in microseconds; at least 1.
  package var granularity: Int64
  /// Whether it said its offset from UTC; without one it is read as UTC.
  package var hasZone: Bool

  package init(microseconds: Int64, granularity: Int64, hasZone: Bool) {
    self.microseconds = microseconds
    self.granularity = granularity
    self.hasZone = hasZone
  }

  /// What four digits of a year can say, in microseconds: SQLite shows no other.
  package static let range: Range<Int64> = -62_167_219_200_000_000..<253_402_300_800_000_000

  /// Reads `2026-11-23T18:49:51.008Z` (RFC 3339, ISO 8601), all of it.
  ///
  /// `T`, `t` or a space between date and time; no fraction, or any number of digits; `Z`, `±hh:mm`, `±hhmm`, `±hh`, or no zone; in UTC a year from 0000 to 9999.
  package init?(iso8601 bytes: Span<UInt8>) {
    var reader = DigitReader()
    guard let year = reader.number(bytes, 4), reader.take(UInt8(ascii: "-"), bytes),
      let month = reader.number(bytes, 2), reader.take(UInt8(ascii: "-"), bytes),
      let day = reader.number(bytes, 2), reader.at < bytes.count
    else { return nil }
    let separator = bytes[reader.at]
    guard separator | 0x20 == UInt8(ascii: "t") || separator == 0x20 else { return nil }
    reader.at += 1
    guard let time = reader.time(bytes), let days = Civil.days(year, month, day) else { return nil }
    let (fraction, granularity) = reader.fraction(bytes)
    if reader.at < bytes.count, bytes[reader.at] == 0x20 { reader.at += 1 }
    guard let zone = reader.zone(bytes), reader.at == bytes.count else { return nil }
    let microseconds = (Int64(days) * 86_400 + Int64(time) - Int64(zone.seconds)) * 1_000_000 + fraction
    guard Timestamp.range.contains(microseconds) else { return nil }
    self.init(microseconds: microseconds, granularity: granularity, hasZone: zone.isGiven)
  }

  /// Reads a number of seconds, milliseconds, microseconds or nanoseconds since 1970, told by its digits as in a log.
  package init?(sinceEpoch bytes: Span<UInt8>) {
    let time = bytes.withUnsafeBytes { bytes in bytes.baseAddress.flatMap { LogTime.epoch($0, 0, bytes.count) } }
    guard let time else { return nil }
    self.init(microseconds: time.microseconds, granularity: time.granularity, hasZone: true)
  }

  /// `2026-11-23T18:49:51.008000Z`, in UTC.
  package static func iso8601(microseconds: Int64) -> String {
    let second: Int64 = 1_000_000
    let fraction = (microseconds % second + second) % second
    let seconds = (microseconds - fraction) / second
    let time = Int((seconds % 86_400 + 86_400) % 86_400)
    let date = Civil.date(days: Int((seconds - Int64(time)) / 86_400))
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))T\(padded(time / 3600, 2))"
      + ":\(padded(time / 60 % 60, 2)):\(padded(time % 60, 2)).\(padded(Int(fraction), 6))Z"
  }
}

/// A place in a date.
private struct DigitReader {
  var at = 0

  mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  mutating func number(_ bytes: Span<UInt8>, _ width: Int) -> Int? {
    guard at + width <= bytes.count else { return nil }
    var value = 0
    for index in at..<at + width {
      let digit = bytes[index] &- 0x30
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    at += width
    return value
  }

  /// Seconds since midnight of `hh:mm:ss`; a leap second counts as the next second.
  mutating func time(_ bytes: Span<UInt8>) -> Int? {
    guard let hour = number(bytes, 2), take(UInt8(ascii: ":"), bytes), let minute = number(bytes, 2),
      take(UInt8(ascii: ":"), bytes), let second = number(bytes, 2), hour < 24, minute < 60, second <= 60
    else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// Microseconds of a fraction, and the step that its digits can show.
  mutating func fraction(_ bytes: Span<UInt8>) -> (Int64, Int64) {
    guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: ".") || bytes[at] == UInt8(ascii: ","),
      bytes[at + 1] &- 0x30 < 10
    else { return (0, 1_000_000) }
    at += 1
    var value: Int64 = 0
    var step: Int64 = 1_000_000
    while at < bytes.count, bytes[at] &- 0x30 < 10 {
      if step > 1 {
        step /= 10
        value += Int64(bytes[at] &- 0x30) * step
      }
      at += 1
    }
    return (value, step)
  }

  /// Seconds east of UTC.
  mutating func zone(_ bytes: Span<UInt8>) -> (seconds: Int, isGiven: Bool)? {
    guard at < bytes.count else { return (0, false) }
    let sign = bytes[at]
    at += 1
    if sign | 0x20 == UInt8(ascii: "z") { return (0, true) }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let hours = number(bytes, 2), hours < 24 else {
      return nil
    }
    _ = take(UInt8(ascii: ":"), bytes)
    let minutes = at == bytes.count ? 0 : number(bytes, 2)
    guard let minutes, minutes < 60 else { return nil }
    let offset = hours * 3600 + minutes * 60
    return (sign == UInt8(ascii: "-") ? -offset : offset, true)
  }
}

/// The proleptic Gregorian calendar, counted in days since 1970-01-01.
enum Civil {
  private static let monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  /// `nil` for a day that the calendar does not have.
  static func days(_ year: Int, _ month: Int, _ day: Int) -> Int? {
    guard (1...12).contains(month) else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    guard day >= 1, day <= monthLengths[month - 1] + (month == 2 && isLeap ? 1 : 0) else { return nil }
    // Years that begin in March put the leap day last, and make months a linear function.
    let shifted = month > 2 ? year : year - 1
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let era = shifted >= 0 ? shifted / 400 : (shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func date(days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let position = (5 * dayOfYear + 2) / 153
    let month = position < 10 ? position + 3 : position - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * position + 2) / 5 + 1)
  }
}
