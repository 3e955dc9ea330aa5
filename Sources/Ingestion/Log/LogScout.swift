import Evidence
import Scanning

/// Looks through a log for preflights alone, before it and others are read: lines without `OPTIONS` in them are passed over unread.
package struct LogScout: ~Copyable {
  private struct Nowhere: LogSink {
    mutating func receive(_ line: LoggedLine, _ context: LineContext) -> Bool { true }
    mutating func receive(_ exchange: Exchange, _ line: LoggedLine, _ context: LineContext) {}
    mutating func receive(_ problem: IngestProblem) {}
  }

  private var reader: LogReader
  private var splitter: LineSplitter
  /// Whether a line may say what the columns of the next ones are.
  private let readsAll: Bool
  private var sink = Nowhere()

  /// Goes on from what other logs of the run were found to announce.
  package init(_ format: LogFormat, options: LogOptions) {
    reader = LogReader(format, options: options, notesPreflights: true)
    splitter = LineSplitter(maximumLength: options.maximumLineLength, line: 1, offset: 0)
    if case .columns = format.layout { readsAll = true } else { readsAll = false }
  }

  /// What this log, and those before it, announce.
  package var announced: AnnouncedElsewhere { reader.announced }

  package mutating func read(_ chunk: Span<UInt8>) {
    if readsAll { return reader.read(chunk, into: &sink) }
    chunk.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      var position = 0
      if splitter.isPending {
        let end = LogBytes.findFar(0x0A, base, 0, bytes.count)
        splitter.append(base, end)
        guard end < bytes.count else { return }
        takePending()
        position = end + 1
      }
      while position < bytes.count {
        let found = LogScout.options(base, position, bytes.count)
        let start = LogScout.lineStart(base, position, found)
        let end = LogBytes.findFar(0x0A, base, found, bytes.count)
        guard end < bytes.count else {
          splitter.append(base + start, bytes.count - start)
          return
        }
        take(UnsafeRawBufferPointer(start: base + start, count: end + 1 - start))
        position = end + 1
      }
    }
  }

  /// Reads the last line, if no line feed ended it.
  package mutating func finish() {
    if splitter.isPending { takePending() }
    reader.finish(into: &sink)
  }

  private mutating func takePending() {
    let line = splitter.take()
    if !line.isTooLong {
      line.bytes.withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress, LogScout.options(base, 0, bytes.count) < bytes.count else { return }
        take(bytes)
        take(UnsafeRawBufferPointer(start: LogScout.lineFeed.utf8Start, count: 1))
      }
    }
    splitter.giveBack(line.bytes)
  }

  private static let lineFeed: StaticString = "\n"

  private mutating func take(_ bytes: UnsafeRawBufferPointer) {
    reader.read(Span(_unsafeBytes: bytes), into: &sink)
  }

  /// Where the next `OPTIONS` stands, or the end.
  private static func options(_ base: UnsafeRawPointer, _ from: Int, _ end: Int) -> Int {
    let name: StaticString = "OPTIONS"
    var index = from
    while true {
      index = LogBytes.findFar(UInt8(ascii: "O"), base, index, end)
      guard index + name.utf8CodeUnitCount <= end else { return end }
      if LogBytes.equal(base, index, UnsafeRawPointer(name.utf8Start), 0, count: name.utf8CodeUnitCount) {
        return index
      }
      index += 1
    }
  }

  private static func lineStart(_ base: UnsafeRawPointer, _ from: Int, _ found: Int) -> Int {
    var start = found
    while start > from, base.load(fromByteOffset: start - 1, as: UInt8.self) != 0x0A { start -= 1 }
    return start
  }
}
