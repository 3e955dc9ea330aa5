package import Evidence
package import Fetch

/// Tells which format a log is in, from its content alone.
package struct LogSniffer {
  /// How a format fared on the first lines.
  package struct Candidate: Sendable {
    package var format: LogFormat
    /// How many lines it read, of how many.
    package var fits: Int
    package var lines: Int
    /// Which header fields its lines can speak of; `nil` where they hold all that were sent.
    package var request: FieldSet?
    package var response: FieldSet?
    /// How many fields that bear on CORS it brought to light.
    package var evidence: Int
    /// Why the first line that did not fit did not.
    package var firstFailure: IngestProblem?

    /// Lower where a prefix may have been taken for the host or the client that its lines begin with.
    var rank: Int {
      guard format.wrapping == .none, case .text(let pattern) = format.layout else { return 1 }
      return [.host, .client].contains(pattern.pieces.first?.field) ? 0 : 1
    }
  }

  /// Best first; formats that fit no line at all are at the end, with their reason.
  package let candidates: [Candidate]
  private static let lines = 200

  /// The format to read the log with: one that fits at least half of its lines.
  package var format: LogFormat? {
    candidates.first.flatMap { $0.fits > 0 && $0.fits * 2 >= $0.lines ? $0.format : nil }
  }

  /// Tries `formats` on the first bytes of a log; 64 KB are plenty.
  ///
  /// Whether they are all of it is for a last line without end.
  package init(_ head: Span<UInt8>, isWhole: Bool = false, formats: [LogFormat] = LogFormatCatalogue.all) {
    let end = LogSniffer.end(head, isWhole: isWhole)
    var found = LogSniffer.candidates(head.extracting(0..<end), formats)
    for wrapping in Wrapping.candidates(head.extracting(0..<end)) {
      let inner = wrapping.unwrapped(head.extracting(0..<end))
      for var candidate in LogSniffer.candidates(inner.span, formats) where candidate.fits > 0 {
        // An object is found behind a prefix too.
        if candidate.format.isJSON, wrapping == .prefix { continue }
        candidate.format.wrapping = wrapping
        found.append(candidate)
      }
    }
    // A stable sort by what was read: of equals the catalogue's order decides.
    let sorted = found.enumerated().sorted {
      ($1.element.fits, $1.element.rank, $1.element.evidence, $0.offset)
        < ($0.element.fits, $0.element.rank, $0.element.evidence, $1.offset)
    }.map(\.element)
    candidates = LogSniffer.longestFirst(sorted)
  }

  /// Puts first what goes on where the first format ends, if it fits nearly all that this does: a line that was cut off fits the shorter
  /// one, and would cost the whole file what only the longer one reads.
  private static func longestFirst(_ sorted: [Candidate]) -> [Candidate] {
    guard let first = sorted.first else { return sorted }
    let longer = sorted.indices.filter {
      sorted[$0].format.extends(first.format) && sorted[$0].evidence > first.evidence
        && sorted[$0].fits * 10 >= first.fits * 9
    }.max { sorted[$0].evidence < sorted[$1].evidence }
    guard let longer else { return sorted }
    var result = sorted
    result.insert(result.remove(at: longer), at: 0)
    return result
  }

  private static func candidates(_ head: Span<UInt8>, _ formats: [LogFormat]) -> [Candidate] {
    let isJSON = looksLikeJSON(head)
    var found: [Candidate] = []
    for format in formats {
      if case .json(let mapping) = format.layout, !isJSON || !hasMembers(mapping.signature, head) { continue }
      found.append(candidate(format, head))
    }
    return found
  }

  private static func candidate(_ format: LogFormat, _ head: Span<UInt8>) -> Candidate {
    var options = LogOptions()
    options.keep = .all
    options.maximumProblems = 1
    var reader = LogReader(format, options: options)
    var judge = SniffJudge(format: format)
    reader.read(head, into: &judge)
    reader.finish(into: &judge)
    return Candidate(
      format: format, fits: judge.fits, lines: judge.fits + judge.misfits, request: judge.request,
      response: judge.response,
      evidence: judge.evidence,
      firstFailure: judge.firstFailure)
  }

  /// The end of the last whole line among the first.
  private static func end(_ head: Span<UInt8>, isWhole: Bool) -> Int {
    var last = 0
    var count = 0
    for index in head.indices where head[index] == 0x0A {
      last = index + 1
      count += 1
      if count == lines { return last }
    }
    return isWhole || last == 0 ? head.count : last
  }

  /// Whether the first line names every one of these members, by the last part of its path.
  private static func hasMembers(_ paths: [String], _ head: Span<UInt8>) -> Bool {
    var line: [UInt8] = []
    for index in head.indices {
      if head[index] == 0x0A { break }
      line.append(head[index].asciiLowercased)
    }
    let text = String(decoding: line, as: UTF8.self)
    return paths.allSatisfy { path in
      text.contains("\"" + (path.split(separator: ".").last ?? "") + "\"")
    }
  }

  private static func looksLikeJSON(_ head: Span<UInt8>) -> Bool {
    for index in 0..<min(head.count, 300) {
      if head[index] == UInt8(ascii: "{") { return true }
      if head[index] == 0x0A, index > 100 { return false }
    }
    return false
  }
}

/// Counts the lines that make sense as requests.
private struct SniffJudge: LogSink {
  let format: LogFormat
  var fits = 0
  var misfits = 0
  var evidence = 0
  var request: FieldSet? = FieldSet(rawValue: 0)
  var response: FieldSet? = FieldSet(rawValue: 0)
  var firstFailure: IngestProblem?

  mutating func receive(_ exchange: Exchange, _ line: LoggedLine, _ context: LineContext) {
    guard isSensible(exchange) else {
      misfits += 1
      if firstFailure == nil {
        firstFailure = IngestProblem(
          .badLine, at: exchange.locator, why: "has no method, status or target where \(format.name) has it")
      }
      return
    }
    fits += 1
    request = union(request, exchange.request.coverage)
    response = union(response, exchange.response.coverage)
    evidence = max(evidence, exchange.request.breadth + exchange.response.breadth + (exchange.client == nil ? 0 : 1))
  }

  private func union(_ fields: FieldSet?, _ coverage: HeaderRecord.Coverage) -> FieldSet? {
    guard let fields, case .only(let more) = coverage else { return nil }
    return fields.union(more)
  }

  mutating func receive(_ problem: IngestProblem) {
    misfits += 1
    if firstFailure == nil { firstFailure = problem }
  }

  /// Scanners' bytes make lines without a method; a status, and a client or a clear method, are always there.
  private func isSensible(_ exchange: Exchange) -> Bool {
    if case .json(let mapping) = format.layout, !mapping.signature.isEmpty { return !exchange.method.isEmpty }
    let isMethod = !exchange.method.isEmpty && exchange.method.utf8.allSatisfy(\.isASCIIUpper)
    return isMethod && !exchange.url.isEmpty || exchange.client != nil && exchange.status != nil
  }
}

extension HeaderRecord {
  /// How many fields it can speak of.
  fileprivate var breadth: Int {
    switch coverage {
    case .all: 64
    case .only(let fields): fields.rawValue.nonzeroBitCount
    }
  }
}

extension LogFormat {
  /// Whether its lines hold what another format's do, in the same order, and then more.
  fileprivate func extends(_ shorter: LogFormat) -> Bool {
    guard wrapping == shorter.wrapping, case .text(let own) = layout, case .text(let other) = shorter.layout else {
      return false
    }
    func named(_ pattern: LogPattern) -> [LogField] { pattern.pieces.compactMap(\.field).filter { $0 != .ignored } }
    return named(own).count > named(other).count && named(own).starts(with: named(other))
  }
}
