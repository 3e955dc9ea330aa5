import Correlator
import Evidence
import Fetch
import Ingestion
import Scanning

/// What is fed with made-up bytes, and what has to hold whatever they are. A promise broken is a trap, which the fuzzer reports.
enum Readers {
  static let all: [String: @Sendable ([UInt8]) -> Void] = [
    "json": json, "har": har, "har-chunks": harChunks, "log": log, "format": format, "haproxy": haproxy, "url": url,
  ]

  /// The cursor comes to an end, inside the bytes.
  @Sendable static func json(_ bytes: [UInt8]) {
    var cursor = JSONCursor()
    try? cursor.skipValue(bytes.span)
    precondition(cursor.at <= bytes.count + 1)
    var inside = JSONCursor()
    if let text = try? inside.string(bytes.span) { _ = JSONText.decode(bytes.span, text) }
    _ = JSONScalar.number(bytes.span, 0..<bytes.count)
  }

  /// What was read was kept or rejected, and every exchange is judged.
  @Sendable static func har(_ bytes: [UInt8]) {
    precondition(Recording(bytes, chunk: 1 << 16).isAccountedFor)
  }

  /// Where a chunk ends makes no difference.
  @Sendable static func harChunks(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let whole = Recording(bytes, chunk: bytes.count)
    let pieces = Recording(bytes, chunk: Int(first) + 1)
    precondition(whole.exchanges == pieces.exchanges && whole.problems == pieces.problems)
  }

  /// Lines are kept, counted or rejected, whatever format they are taken for.
  @Sendable static func log(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let formats = LogFormatCatalogue.all
    let format = LogSniffer(bytes.span).format ?? formats[Int(first) % formats.count]
    read(bytes, as: format)
  }

  /// A format that somebody wrote down, and what is read by it.
  @Sendable static func format(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: 0x0A, maxSplits: 1)
    guard let definition = parts.first else { return }
    guard let formats = try? LogFormat.definitions(in: String(decoding: definition, as: UTF8.self)) else { return }
    for format in formats { read(Array(parts.dropFirst().joined()), as: format) }
  }

  /// An HAProxy configuration, and lines read by what it captures.
  @Sendable static func haproxy(_ bytes: [UInt8]) {
    for format in HAProxyConfiguration(String(decoding: bytes, as: UTF8.self)).formats {
      read(bytes, as: format)
    }
  }

  /// A URL's serialisation reads back as itself.
  @Sendable static func url(_ bytes: [UInt8]) {
    guard let record = URLRecord(String(decoding: bytes, as: UTF8.self)) else { return }
    _ = record.origin.serialized
  }

  private static func read(_ bytes: [UInt8], as format: LogFormat) {
    var options = LogOptions()
    options.keep = .all
    var whole = LogReader(format, options: options)
    var sink = LogCollector()
    whole.read(bytes.span, into: &sink)
    whole.finish(into: &sink)
    precondition(sink.exchanges.count == whole.tally.kept)
    var pieces = LogReader(format, options: options)
    var other = LogCollector()
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + 1 + Int(bytes[start] & 63))
      pieces.read(bytes.span.extracting(start..<end), into: &other)
      start = end
    }
    pieces.finish(into: &other)
    precondition(pieces.tally == whole.tally && other.problems == sink.problems)
    scout(bytes, format, sink.exchanges.count)
  }
}

extension Readers {
  /// What a log announces keeps no less of the log itself.
  private static func scout(_ bytes: [UInt8], _ format: LogFormat, _ all: Int) {
    var options = LogOptions()
    var scout = LogScout(format, options: options)
    scout.read(bytes.span)
    scout.finish()
    var alone = LogReader(format, options: options)
    options.announced = scout.announced
    var beside = LogReader(format, options: options)
    var (few, more) = (LogCollector(), LogCollector())
    alone.read(bytes.span, into: &few)
    beside.read(bytes.span, into: &more)
    precondition(few.exchanges.count <= more.exchanges.count && more.exchanges.count <= all)
  }
}

/// A HAR read and judged.
private final class Recording: HARSink {
  private(set) var exchanges: [Locator] = []
  private(set) var problems: [IngestProblem] = []
  private(set) var isAccountedFor = true
  private var profile = SourceProfile(kind: .har, format: "", recorder: .unknown)
  private var correlator = CaptureCorrelator()
  private var verdicts = 0

  init(_ bytes: [UInt8], chunk: Int) {
    var reader = HARReader(sink: self)
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + chunk)
      reader.feed(bytes.span.extracting(start..<end))
      start = end
    }
    let summary = reader.finish()
    isAccountedFor = summary.kept + summary.rejected == summary.read
    correlator.finish(profile: summary.profile, pageOrigins: summary.latePageOrigins) { _ in verdicts += 1 }
  }

  func profile(_ profile: SourceProfile) { self.profile = profile }

  func exchange(_ exchange: Exchange, page: Int?) {
    exchanges.append(exchange.locator)
    correlator.add(exchange, page: page, profile: profile) { _ in verdicts += 1 }
  }

  func problem(_ problem: IngestProblem) { problems.append(problem) }
}
