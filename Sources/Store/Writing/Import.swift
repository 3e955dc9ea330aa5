package import Correlator
package import Evidence
import Fetch

/// What an exchange's row refers to.
struct ExchangeIDs {
  var client: Int64?
  var endpoint: Int64?
  var trait: Int64
  var requestSet: Int64
  var responseSet: Int64
  var userAgent: Int64?
  var referer: Int64?
}

/// One input on its way into the store.
///
/// What is added is there after `finish`; after `abandon`, or without either, nothing is.
/// Exchanges, verdicts, preflights and problems may come in any order and interleaved: rows are named by their place in
/// the input, and one that is already there stays.
package final class Import {
  let writer: StoreWriter
  let source: Int64
  private let path: String
  private let sha256: String
  private var counted = 0
  var rejects: [IngestProblem.Code: Int] = [:]
  private var isOpen = true
  private(set) lazy var knownParts = KnownParts()
  private(set) lazy var templates = SaidTemplates()

  /// Rows in `rejects` for one source and code; all further ones are counted in `sources.problems` alone.
  package static let maximumRejects = 1000

  init(_ writer: StoreWriter, source: Int64, path: String, sha256: String) {
    self.writer = writer
    self.source = source
    self.path = path
    self.sha256 = sha256
  }

  deinit {
    if isOpen { try? writer.abandon(source) }
  }

  func id(_ locator: Locator) throws(StoreError) -> Int64 {
    guard let id = RowID.row(source: source, entry: locator.entry) else {
      throw StoreError(
        .tooManyEntries, path: writer.connection.path, cause: "item \(locator.entry) of '\(path)'",
        remedy: "split the input")
    }
    return id
  }

  /// Adds a request that is kept.
  ///
  /// - Parameters:
  ///   - exchange: What was recorded; its secrets stay out.
  ///   - endpoint: The target with its variable parts folded, where it is known by now.
  /// - Throws: `tooManyEntries`, `diskFull`, and SQLite's own errors; so do the other `add`s.
  package func add(_ exchange: Exchange, endpoint: String? = nil) throws(StoreError) {
    let ids = try ids(exchange, endpoint: endpoint)
    let row = writer.insertExchange
    row.begin(try id(exchange.locator))
    row.bind(exchange.startedAt, 1)
    row.bind(exchange.duration, 2)
    row.bind(writer.dictionaries.redaction.url(exchange.url), 4)
    row.bind(exchange.status, 6)
    try finish(row, ids)
  }

  /// Completes an exchange's row with what it refers to.
  @inline(__always)
  func finish(_ row: BatchInsert, _ ids: ExchangeIDs) throws(StoreError) {
    row.bind(ids.client, 3)
    row.bind(ids.endpoint, 5)
    row.bind(ids.trait, 7)
    row.bind(ids.requestSet, 8)
    row.bind(ids.responseSet, 9)
    row.bind(ids.userAgent, 10)
    row.bind(ids.referer, 11)
    try row.end()
  }

  func ids(_ exchange: Exchange, endpoint: String?) throws(StoreError) -> ExchangeIDs {
    let words = writer.dictionaries
    let request = try words.request(of: exchange.request)
    return ExchangeIDs(
      client: try words.id(exchange.client), endpoint: try words.id(endpoint), trait: try words.trait(of: exchange),
      requestSet: request.set, responseSet: try words.responseSet(of: exchange.response),
      userAgent: request.userAgent, referer: request.referer)
  }

  /// Adds a verdict; its URL is that of the exchange of the same locator.
  package func add(_ verdict: Verdict) throws(StoreError) {
    let words = writer.dictionaries
    let place = RequestPlace(
      id: try id(verdict.anchor), subject: try words.subject(of: verdict), client: try words.id(verdict.client),
      startedAt: verdict.startedAt, status: verdict.status)
    try writer.add(
      try words.said(verdict), at: place, request: try verdict.exchange.map(id),
      preflight: try verdict.preflight.map(id))
  }

  package func add(_ preflight: PreflightRecord) throws(StoreError) {
    let words = writer.dictionaries
    let place = RequestPlace(
      id: try id(preflight.preflight), client: try words.id(preflight.client),
      startedAt: preflight.startedAt, status: preflight.status)
    let announced = Announced(
      origin: try words.id(preflight.origin), method: preflight.requestedMethod,
      headers: try words.id(preflight.requestedHeaders))
    let following = Following(
      id: try preflight.followUp.map(id), pairedBy: preflight.pairedBy, confidence: preflight.confidence,
      gap: preflight.gap, covers: preflight.covers)
    try writer.add(preflight.outcome, of: announced, at: place, following)
  }

  /// Adds a problem; one that `isKnown` has its row already, and is only counted.
  package func add(_ problem: IngestProblem, isKnown: Bool = false) throws(StoreError) {
    rejects[problem.code, default: 0] += 1
    guard !isKnown, rejects[problem.code, default: 0] <= Import.maximumRejects else { return }
    let row = writer.insertReject
    row.bind(source, 0)
    row.bind(Int64(problem.locator.entry), 1)
    row.bind(Int64(problem.locator.offset), 2)
    row.bind(problem.code.rawValue, 3)
    row.bind(writer.dictionaries.redaction.text(problem.why), 4)
    row.bind(problem.sample.isEmpty ? nil : writer.dictionaries.redaction.text(problem.sample), 5)
    row.bind(problem.lostItem ? 1 : 0, 6)
    try row.run()
  }

  /// Counts requests that are not kept as rows: the denominator of rates.
  ///
  /// - Parameters:
  ///   - hour: Hours since 1970, UTC.
  ///   - endpoint: The target with its variable parts folded.
  ///   - method: The request's method.
  ///   - status: `nil` where there was no answer, or its status was not recorded.
  ///   - requests: How many; the same group may be added to again.
  /// - Throws: `diskFull`, and SQLite's own errors.
  package func addTraffic(
    hour: Int64, endpoint: String, method: String, status: Int?, requests: Int
  ) throws(StoreError) {
    let row = writer.insertTraffic
    row.bind(source, 0)
    row.bind(hour, 1)
    row.bind(try writer.dictionaries.id(endpoint) as Int64, 2)
    row.bind(method, 3)
    row.bind(Int64(status ?? 0), 4)
    row.bind(Int64(requests), 5)
    try row.run()
    counted += requests
  }

  /// Makes what was added part of the store.
  ///
  /// The problems that were added are counted where the summary does not count them itself.
  ///
  /// - Parameters:
  ///   - summary: What became of the items; its path and digest are the import's.
  ///   - sha256: The input's digest where it was not known when the import began.
  /// - Throws: `diskFull`, and SQLite's own errors.
  package func finish(_ summary: SourceSummary, sha256 later: String? = nil) throws(StoreError) {
    precondition(isOpen, "an import is finished once")
    var summary = summary
    summary.path = path
    summary.sha256 = later ?? sha256
    if summary.problems.isEmpty {
      summary.problems = rejects.map { ($0.key.rawValue, $0.value) }.sorted { $0.0 < $1.0 }
    }
    try writer.finish(source, summary, counted: counted)
    isOpen = false
  }

  /// Takes back everything that was added.
  package func abandon() throws(StoreError) {
    precondition(isOpen, "an import is finished once")
    isOpen = false
    try writer.abandon(source)
  }
}
