import Scanning

extension ExchangeBuilder {
  /// When a line's request began and ended, in microseconds, as far as its format tells.
  @inline(__always)
  func times(_ line: LogLine, _ time: LogTime) -> (start: Int64, duration: Int64?, end: Int64?) {
    let duration = line.value(.duration).flatMap { LogDuration.microseconds(line.base, $0, durationUnit) }
    let isStart = line.value(.startTime) != nil || line.value(.endTime) == nil && format.timeMeaning == .start
    guard isStart else {
      // A log line is written when its request is over, unless its format says otherwise.
      return (time.microseconds - (duration ?? 0), duration, time.microseconds)
    }
    if let end = line.value(.endTime).flatMap({ LogTime(line.base, $0.lowerBound, $0.upperBound) }) {
      return (time.microseconds, max(0, end.microseconds - time.microseconds), end.microseconds)
    }
    return (time.microseconds, duration, duration.map { time.microseconds + $0 })
  }
}
