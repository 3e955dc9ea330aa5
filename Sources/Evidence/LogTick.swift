/// A run of a log's lines that were written at one time, as far as its clock tells.
package struct LogTick: Equatable, Sendable {
  /// Microseconds by which a line may be behind those before it, and still have been written after them: several servers that write
  /// into one log disagree on when a second ends, and a worker may be slow to write.
  private static let hesitation: Int64 = 1_000_000

  /// Microseconds since 1970-01-01T00:00:00Z.
  package private(set) var time: Int64
  /// Its first line.
  package private(set) var start: Int

  package init(_ time: Int64 = .min, start: Int = 0) {
    self.time = time
    self.start = start
  }

  /// Takes the next line: a run ends where the foremost clock goes on, or where a line is of long before.
  @inline(__always)
  package mutating func take(_ time: Int64, line: Int) {
    guard time > self.time || self.time - time > LogTick.hesitation else { return }
    self = LogTick(time, start: line)
  }
}
