import Evidence
import Scanning

/// Brings a line's fields to their slots by the format's layout, and keeps what is remembered from line to line.
struct LineEngine: ~Copyable {
  let fields = LineFields()
  let isJSON: Bool
  private let format: LogFormat
  private let seed: UInt64
  private var text: TextLine
  private var json: JSONLine
  private var builder: ExchangeBuilder
  private var lastTime = LastTime()
  private var readsColumns = false
  private var textSlots: [UInt8] = []
  /// Counts up with each `#Fields` line, by more than there are slots.
  private(set) var directives = 0

  init(_ format: LogFormat, seed: UInt64) {
    self.format = format
    self.seed = seed
    builder = ExchangeBuilder(format)
    var pattern: LogPattern?
    var mapping = JSONMapping([:])
    switch format.layout {
    case .text(let found): pattern = found
    case .json(let found): mapping = found
    case .columns: break
    }
    if case .json = format.layout { isJSON = true } else { isJSON = false }
    json = JSONLine(mapping)
    text = pattern.map { TextLine($0, escaping: format.escaping) } ?? TextLine()
    textSlots = pattern?.pieces.compactMap { $0.field?.slot } ?? []
    readsColumns = pattern != nil
  }

  /// The fields' slots that lines fill so far.
  var slots: [UInt8] { isJSON ? json.slots : textSlots + text.pairs.slots }

  /// The bytes that lines have to be indexed for; a `#Fields` line may change them.
  var marks: LineIndex.Marks { isJSON ? JSONLine.marks : text.marks }

  /// Whether a line that begins with `#` was a directive; `#Fields` sets the columns of the lines that follow.
  mutating func takeDirective(_ base: UnsafeRawPointer, _ count: Int) -> Bool {
    guard case .columns = format.layout else { return false }
    let line = String(decoding: UnsafeRawBufferPointer(start: base, count: count), as: UTF8.self)
    if let columns = ColumnHeader(line) {
      fields.clearAll()
      text = TextLine(columns.pattern, escaping: columns.escaping)
      textSlots = columns.pattern.pieces.compactMap { $0.field?.slot }
      builder.escaping = columns.escaping
      builder.durationUnit = columns.durationUnit
      readsColumns = true
      directives += 1024
    }
    return true
  }

  /// `nil` for a line that fits, else the offset at which it does not.
  @inline(__always)
  mutating func read(_ line: IndexedLine) -> Int? {
    if isJSON { return json.read(line, into: fields) }
    return readsColumns ? text.read(line, into: fields) : 0
  }

  /// The line's moment: its start where that is logged, else its end, else what the format has.
  @inline(__always)
  mutating func time(_ line: LogLine) -> LogTime? {
    guard
      let range = line.value(.startTime) ?? line.value(.endTime) ?? line.value(.time) ?? LineEngine.dateAndClock(line)
    else { return LineEngine.dateApartFromClock(line) }
    guard var time = lastTime.read(line.base, range.lowerBound, range.upperBound) else { return nil }
    if let fraction = line.value(.fraction), time.granularity == 1_000_000 {
      time = LineEngine.adding(fraction, to: time, line)
    }
    return time
  }

  /// The line's parts; to be asked before what follows.
  @inline(__always)
  mutating func parts(_ line: LogLine) -> LineParts {
    takeNote()
    return builder.parts(line, seed: seed)
  }

  mutating func exchange(_ line: LogLine, at locator: Locator, time: LogTime) -> Exchange {
    builder.exchange(line, at: locator, time: time)
  }

  @inline(__always)
  func loggedLine(_ line: LogLine, at locator: Locator, time: LogTime) -> LoggedLine {
    builder.loggedLine(line, at: locator, time: time)
  }

  /// Tells the builder what the lines so far have shown of the format.
  @inline(__always)
  private mutating func takeNote() {
    let count = directives &+ (isJSON ? json.slots.count : text.pairs.count)
    if count != builder.slotCount { builder.note(slots: slots, count: count) }
    if format.durationUnit == .unknown, let unit = isJSON ? json.durationUnit : text.pairs.durationUnit {
      builder.durationUnit = unit
    }
  }

  /// A date and a time of day in neighbouring columns.
  private static func dateAndClock(_ line: LogLine) -> Range<Int>? {
    guard let date = line.value(.date), let clock = line.value(.clock), clock.lowerBound == date.upperBound + 1 else {
      return nil
    }
    return date.lowerBound..<clock.upperBound
  }

  /// A date and a time of day in members of their own.
  private static func dateApartFromClock(_ line: LogLine) -> LogTime? {
    guard let date = line.value(.date), let clock = line.value(.clock), date.count == 10, clock.count < 32 else {
      return nil
    }
    var text = date.map { line.byte($0) }
    text.append(0x20)
    text += clock.map { line.byte($0) }
    return text.withUnsafeBytes { bytes in bytes.baseAddress.flatMap { LogTime($0, 0, bytes.count) } }
  }

  /// Three digits are milliseconds, six microseconds.
  private static func adding(_ fraction: Range<Int>, to time: LogTime, _ line: LogLine) -> LogTime {
    guard fraction.count == 3 || fraction.count == 6 else { return time }
    var value: Int64 = 0
    for offset in fraction {
      let digit = line.byte(offset) &- 48
      guard digit < 10 else { return time }
      value = value * 10 + Int64(digit)
    }
    let unit: Int64 = fraction.count == 3 ? 1000 : 1
    return LogTime(microseconds: time.microseconds + value * unit, granularity: unit)
  }
}

/// The last moment read: many lines of a busy log have the same.
struct LastTime {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private var count = 0
  private var time: LogTime?

  @inline(__always)
  mutating func read(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> LogTime? {
    let length = end &- start
    guard length >= 16, length <= 32 else { return LogTime(base, start, end) }
    let last = end &- 8
    let found = (
      base.loadUnaligned(fromByteOffset: start, as: UInt64.self),
      base.loadUnaligned(fromByteOffset: start &+ 8, as: UInt64.self),
      base.loadUnaligned(fromByteOffset: min(start &+ 16, last), as: UInt64.self),
      base.loadUnaligned(fromByteOffset: last, as: UInt64.self)
    )
    if length == count, found == words { return time }
    words = found
    count = length
    time = LogTime(base, start, end)
    return time
  }
}
