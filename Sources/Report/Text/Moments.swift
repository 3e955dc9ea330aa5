import Words

/// Times and amounts in words.
enum Moments {
  /// `2026-11-24T07:49:33Z`, from microseconds since 1970.
  static func iso(_ microseconds: Int64) -> String {
    let seconds = floorDivide(microseconds, 1_000_000)
    let day = floorDivide(seconds, 86_400)
    let rest = seconds - day * 86_400
    let (year, month, date) = civil(day)
    return "\(digits(year, 4))-\(digits(month, 2))-\(digits(date, 2))T"
      + "\(digits(rest / 3600, 2)):\(digits(rest / 60 % 60, 2)):\(digits(rest % 60, 2))Z"
  }

  /// A day number as year, month and day of the Gregorian calendar, by eras of 400 years that begin in March.
  private static func civil(_ day: Int64) -> (Int64, Int64, Int64) {
    let shifted = day + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  private static func floorDivide(_ a: Int64, _ b: Int64) -> Int64 { a >= 0 ? a / b : (a + 1) / b - 1 }

  private static func digits(_ number: Int64, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }

  /// `20 min`, `3 h`, `12 d`: one unit, rounded down.
  static func duration(_ microseconds: Int64) -> Message {
    let second: Int64 = 1_000_000
    switch microseconds {
    case (2 * 86_400 * second)...: return "\(String(microseconds / (86_400 * second))) d"
    case (2 * 3600 * second)...: return "\(String(microseconds / (3600 * second))) h"
    case (2 * 60 * second)...: return "\(String(microseconds / (60 * second))) min"
    case second...: return "\(String(microseconds / second)) s"
    default: return "\(String(max(0, microseconds) / 1000)) ms"
    }
  }

  /// `12,345`.
  static func count(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var out = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { out += "," }
      out.append(digit)
    }
    return number < 0 ? "-" + out : out
  }

  /// `1 client`, `3 clients`.
  static func count(_ number: Int, _ noun: String) -> Message { Message(count: count(number), noun) }

  /// `1.2 MB`.
  static func bytes(_ number: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var value = number
    var unit = 0
    var tenths = number * 10
    while value >= 1000, unit < units.count - 1 {
      value /= 1000
      tenths /= 1000
      unit += 1
    }
    return unit == 0 || value >= 100 ? "\(value) \(units[unit])" : "\(tenths / 10).\(tenths % 10) \(units[unit])"
  }
}
