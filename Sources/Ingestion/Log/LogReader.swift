package import Evidence
import Scanning

/// Reads an access log of one format, fed with its bytes in chunks of any size.
///
/// A line is classified on its bytes; strings are only made of lines that become exchanges. Memory does not grow with the
/// log: what is kept between lines are fixed tables, the counts of `traffic`, and the beginning of a line cut by a chunk.
package struct LogReader: ~Copyable {
  package let format: LogFormat
  package private(set) var tally = LogTally()
  private let options: LogOptions
  private var splitter: LineSplitter
  private var engine: LineEngine
  private var index: LineIndex
  /// Of a line within another one, where that is not a part of its bytes.
  private var innerIndex: LineIndex
  private var filter: CORSFilter
  private var table: TrafficTable
  private var problems: [IngestProblem.Code: Int] = [:]
  private var tick = LogTick()

  /// A reader of a log from its beginning, or from where an earlier one stopped: there the first byte it is fed belongs.
  package init(
    _ format: LogFormat, options: LogOptions = LogOptions(), from position: Locator = Locator(entry: 1, offset: 0)
  ) {
    self.init(format, options: options, from: position, notesPreflights: false)
  }

  /// `notesPreflights`: whether it is asked afterwards what the log announces.
  init(
    _ format: LogFormat, options: LogOptions, from position: Locator = Locator(entry: 1, offset: 0),
    notesPreflights: Bool
  ) {
    self.format = format
    self.options = options
    splitter = LineSplitter(
      maximumLength: options.maximumLineLength, line: position.entry, offset: position.offset)
    engine = LineEngine(format, seed: options.seed)
    index = LineIndex(engine.marks)
    innerIndex = LineIndex(engine.marks)
    filter = CORSFilter(
      ownHosts: options.ownHosts, remembered: options.remembered, announced: options.announced,
      notesPreflights: notesPreflights)
    table = TrafficTable(
      maximumEndpoints: options.maximumEndpoints, maximumRows: options.maximumTrafficRows, patterns: options.endpoints)
  }

  /// The first line that was not read yet, for reading on when the log has grown: a line without its end is read again.
  package var position: Locator { Locator(entry: splitter.line, offset: splitter.offset) }

  /// What this log announces, and what others were known to.
  var announced: AnnouncedElsewhere { filter.announced }

  /// What a log should know that goes on where this one ends.
  package var memory: LogMemory { filter.memory }

  /// What was only counted.
  package var traffic: [TrafficRow] { table.rows }

  /// Reads on: whole lines go to the sink, the rest waits for the next chunk.
  package mutating func read(_ chunk: Span<UInt8>, into sink: inout some LogSink) {
    chunk.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      var position = 0
      while position < bytes.count {
        guard splitter.isPending else {
          position &+= readLines(base + position, bytes.count &- position, into: &sink)
          continue
        }
        let end = LogBytes.findFar(0x0A, base, position, bytes.count)
        splitter.append(base + position, end - position)
        if end < bytes.count { flush(isCut: false, into: &sink) }
        position = end &+ 1
      }
    }
  }

  /// Reads whole lines of the first bytes, and puts a beginning aside whose end is not among them; how many bytes were taken.
  private mutating func readLines(_ base: UnsafeRawPointer, _ available: Int, into sink: inout some LogSink) -> Int {
    let count = min(available, LineIndex.window)
    buildIndex(base, count)
    let (lines, directives) = (index.lineCount, engine.directives)
    var start = 0
    for line in 0..<lines {
      let end = index.lineEnd(line)
      readWhole(index.line(base, start, end), isCut: false, into: &sink)
      splitter.advance(end &- start &+ 1)
      start = end &+ 1
      // What was found for other columns may be of no use.
      if engine.directives != directives { return start }
    }
    // What another window begins with needs no putting aside.
    guard start == 0 || count == available else { return start }
    if start < count { splitter.append(base + start, count - start) }
    return count
  }

  private mutating func buildIndex(_ base: UnsafeRawPointer, _ count: Int) {
    if index.marks != engine.marks { index = LineIndex(engine.marks) }
    index.build(base, count)
  }

  /// Reads the last line, if no line feed ended it.
  package mutating func finish(into sink: inout some LogSink) {
    if splitter.isPending { flush(isCut: true, into: &sink) }
  }

  private mutating func flush(isCut: Bool, into sink: inout some LogSink) {
    let line = splitter.take()
    if line.isTooLong {
      reject(.tooLong, "a line is longer than \(options.maximumLineLength) bytes", line.bytes, into: &sink)
    } else {
      line.bytes.withUnsafeBytes { bytes in
        if let base = bytes.baseAddress {
          buildIndex(base, bytes.count)
          readWhole(index.line(base, 0, bytes.count), isCut: isCut, into: &sink)
        } else {
          tally.passed += 1
        }
      }
    }
    splitter.advance(line.length + (isCut ? 0 : 1))
    splitter.giveBack(line.bytes)
  }

  @inline(__always)
  private mutating func readWhole(_ whole: IndexedLine, isCut: Bool, into sink: inout some LogSink) {
    if format.wrapping == .none {
      read(whole, isCut: isCut, into: &sink)
    } else {
      readWrapped(whole, isCut: isCut, into: &sink)
    }
  }

  /// Reads the line within a line; one that has nothing around it as it is.
  @inline(never)
  private mutating func readWrapped(_ whole: IndexedLine, isCut: Bool, into sink: inout some LogSink) {
    let bytes = UnsafeRawBufferPointer(start: whole.base, count: whole.count)
    if format.wrapping == .prefix {
      return read(whole.dropping(first: LinePrefix.end(bytes), last: 0), isCut: isCut, into: &sink)
    }
    guard let inner = format.wrapping.inner(bytes) else { return read(whole, isCut: isCut, into: &sink) }
    inner.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, !bytes.isEmpty else {
        tally.passed += 1
        return
      }
      if innerIndex.marks != engine.marks { innerIndex = LineIndex(engine.marks) }
      innerIndex.build(base, bytes.count)
      read(innerIndex.line(base, 0, bytes.count), isCut: isCut, into: &sink)
    }
  }

  @inline(__always)
  private mutating func read(_ whole: IndexedLine, isCut: Bool, into sink: inout some LogSink) {
    var (base, count) = (whole.base, whole.count)
    if count > 0, base.load(fromByteOffset: count - 1, as: UInt8.self) == 0x0D { count &-= 1 }
    // A crash may leave NULs before the next line.
    while count > 0, base.load(as: UInt8.self) == 0 { (base, count) = (base + 1, count - 1) }
    if splitter.line == 1, count >= 3, base.load(as: UInt8.self) == 0xEF,
      base.load(fromByteOffset: 1, as: UInt8.self) == 0xBB, base.load(fromByteOffset: 2, as: UInt8.self) == 0xBF
    {
      (base, count) = (base + 3, count - 3)
    }
    if count == 0 || base.load(as: UInt8.self) == UInt8(ascii: "#") && engine.takeDirective(base, count) {
      tally.passed += 1
      return
    }
    if count > options.maximumLineLength {
      rejectLine(.tooLong, "a line is longer than \(options.maximumLineLength) bytes", base, count, into: &sink)
      return
    }
    let skipped = base - whole.base
    if let stop = engine.read(whole.dropping(first: skipped, last: whole.count &- skipped &- count)) {
      let code: IngestProblem.Code = isCut ? .truncated : engine.isJSON ? .badJSON : .badLine
      rejectLine(code, "does not fit \(format.name) from byte \(stop + 1) on", base, count, into: &sink)
      return
    }
    let line = LogLine(base: base, count: count, fields: engine.fields)
    guard let time = engine.time(line) else {
      rejectLine(.badTimestamp, "has no moment that can be read", base, count, into: &sink)
      return
    }
    guard let status = line.status() else {
      rejectLine(.badLine, "has no status that can be read", base, count, into: &sink)
      return
    }
    line.findRequest()
    let seconds = time.microseconds / 1_000_000
    tick.take(time.microseconds, line: splitter.line)
    if line.isRequest, line.equals(line.method, "OPTIONS") { tally.options += 1 }
    let takesPart = filter.keeps(line, seconds: seconds)
    if takesPart || options.keep == .all {
      tally.kept += 1
      let locator = Locator(entry: splitter.line, offset: splitter.offset + skipped)
      let context = LineContext(tick: tick, takesPart: takesPart, parts: engine.parts(line))
      let logged = engine.loggedLine(line, at: locator, time: time)
      if logged.url == nil || !sink.receive(logged, context) {
        sink.receive(engine.exchange(line, at: locator, time: time), logged, context)
      }
    } else {
      tally.counted += 1
      table.count(line, hour: seconds / 3600, status: status)
    }
  }

  @inline(never)
  private mutating func rejectLine(
    _ code: IngestProblem.Code, _ why: String, _ base: UnsafeRawPointer, _ count: Int, into sink: inout some LogSink
  ) {
    let sample = [UInt8](UnsafeRawBufferPointer(start: base, count: min(count, 120)))
    reject(code, why, sample, into: &sink)
  }

  private mutating func reject(
    _ code: IngestProblem.Code, _ why: String, _ line: [UInt8], into sink: inout some LogSink
  ) {
    tally.rejected += 1
    problems[code, default: 0] += 1
    guard problems[code, default: 0] <= options.maximumProblems else { return }
    let locator = Locator(entry: splitter.line, offset: splitter.offset)
    sink.receive(IngestProblem(code, at: locator, why: why, sample: LogSampleText.safe(line)))
  }
}
