import Correlator
import Evidence
import Fetch
import Ingestion
import Store
import Testing

/// Puts lines into a store, by their parts where that is allowed and possible.
struct LineSink: LogSink {
  let target: Import
  let usesParts: Bool
  var judge = LineSink.judge
  var subjects = LogSubjects()
  var direct = 0

  private static var judge: LogJudge {
    LogJudge(profile: SourceProfile(kind: .log, format: "test", recorder: .server))
  }

  init(target: Import, usesParts: Bool) {
    self.target = target
    self.usesParts = usesParts
  }

  mutating func receive(_ line: LoggedLine, _ context: LineContext) -> Bool {
    guard usesParts, let url = line.url, let known = try? target.known(line, context, folded: { nil }) else {
      return false
    }
    add(line, at: url, known)
    direct += 1
    return true
  }

  mutating func receive(_ exchange: Exchange, _ line: LoggedLine, _ context: LineContext) {
    var context = context
    // Without parts no line is like another, and none is judged by another.
    if !usesParts {
      judge = LineSink.judge
      for part in [\LineParts.request, \.response, \.trait, \.path, \.client, \.userAgent, \.referer] {
        context.parts[keyPath: part] ^= UInt64(line.locator.entry) << 40
      }
    }
    let subject = subjects.subject(of: exchange, endpoint: LogScene.endpoint(of: exchange))
    #expect(throws: Never.self) {
      let known = try target.learn(exchange, context, subject, folded: nil) {
        judge.judge(exchange, subject)
      }
      var url = exchange.url
      url.withUTF8 { add(line, at: UnsafeRawBufferPointer($0), known) }
    }
  }

  private func add(_ line: LoggedLine, at url: UnsafeRawBufferPointer, _ known: KnownLine) {
    #expect(throws: Never.self) {
      if let (item, paired) = try target.add(line, at: url, known) { try target.add(item, of: paired) }
    }
  }

  mutating func receive(_ problem: IngestProblem) {}
}

extension StoreWriter {
  /// One whole log; `number`, up to 255, tells it from others.
  @discardableResult
  func fill(
    _ path: String, _ number: UInt8, _ format: LogFormat, _ text: String, keep: LogOptions.Keep = .cors,
    usesParts: Bool = true
  ) throws -> LineSink {
    let digits = String(number, radix: 16)
    let sha256 = String(repeating: digits.count == 1 ? "0" + digits : digits, count: 32)
    let target = try #require(try begin(source: path, sha256: sha256))
    var sink = LineSink(target: target, usesParts: usesParts)
    var options = LogOptions()
    options.keep = keep
    options.seed = 7
    var reader = LogReader(format, options: options)
    let bytes = Array(text.utf8)
    reader.read(bytes.span, into: &sink)
    reader.finish(into: &sink)
    try target.finish(
      SourceSummary(path: path, sha256: sha256, kind: .log, format: "", bytes: 0, read: 0, kept: 0, rejected: 0))
    return sink
  }
}

extension StoreReader {
  /// Exchanges, verdicts and preflights, by their ids.
  func allRows() throws -> [[Cell]] {
    var found: [[Cell]] = []
    for view in ["exchanges", "verdicts", "preflights"] {
      _ = try rows("SELECT * FROM \(view) ORDER BY 1") { found.append($0) }
    }
    return found
  }
}
