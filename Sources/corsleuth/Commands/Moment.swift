import ArgumentParser
import Scanning

/// Moments as users write them.
enum Moment {
  /// Microseconds since 1970, UTC.
  static func parse(_ text: String, now: Int64) throws -> Int64 {
    let units: [Character: Int64] = ["m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    if let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()), count >= 0 {
      // What reaches behind the year 0000 ends there: no time that is read is older.
      let (age, isBeyond) = count.multipliedReportingOverflow(by: unit * 1_000_000)
      let oldest = Timestamp.range.lowerBound
      return isBeyond ? oldest : max(oldest, now - age)
    }
    for candidate in [
      text, text + "T00:00:00Z", text.hasSuffix("Z") ? String(text.dropLast()) + ":00Z" : text + ":00Z",
    ] {
      if let time = Array(candidate.utf8).withUnsafeBufferPointer({ Timestamp(iso8601: Span(_unsafeElements: $0)) }) {
        return time.microseconds
      }
    }
    throw ValidationError("'\(text)' is no time; write 2026-11-23, 2026-11-23T18:00Z, or 36h for 36 hours ago")
  }
}
