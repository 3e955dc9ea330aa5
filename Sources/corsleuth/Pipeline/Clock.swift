import Glibc
import Store

/// The only place that asks what time it is: everything else is told.
enum Clock {
  /// Microseconds since 1970, UTC.
  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }

  static func writing(keepSecrets: Bool) -> StoreWriter.Options {
    StoreWriter.Options(now: now, keepSecrets: keepSecrets)
  }
}
