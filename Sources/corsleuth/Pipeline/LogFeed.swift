import Correlator
import Evidence
import Files
import Ingestion
import Store

/// One log on its way from bytes to rows, in one import or, while it is followed, in many.
///
/// A log that has grown is read from its beginning again, for what a reader has to remember of it; only its rows are made from the
/// line on where the earlier import stopped.
final class LogFeed {
  let opening: LogOpening
  private let settings: String
  private let remembering: Remembering
  private var profile: SourceProfile
  private var reader: LogReader
  private var sink: LogImportSink
  private let digest: ContentDigest?
  /// The log as it is in the store since the last commit.
  private(set) var stored: StoredLog?

  /// - Parameters:
  ///   - format: What it was taken for.
  ///   - opening: Its first bytes.
  ///   - settings: What of the command line bears on what is read.
  ///   - remembering: What is known of the log's earlier parts.
  ///   - digests: Whether its digest is wanted of the feed, and not of who reads the log.
  init(
    _ format: LogFormat, opening: LogOpening, settings: String, options: LogOptions, target: Import,
    grownFrom: StoredLog?, remembering: Remembering, digests: Bool
  ) {
    self.opening = opening
    self.settings = settings
    self.remembering = remembering
    profile = SourceProfile(kind: .log, format: format.name, recorder: .server)
    profile.blindSpots = format.blindSpots
    var options = options
    options.remembered = remembering.began
    reader = LogReader(format, options: options)
    sink = LogImportSink(target, profile: profile, endpoints: options.endpoints)
    digest = digests ? ContentDigest() : nil
    if let grownFrom, grownFrom.progress.bytes >= StoredLog.headLength { sink.first = grownFrom.progress.line }
  }

  var failure: StoreError? { sink.failure }
  var lines: Int { reader.tally.read }
  /// The digest of what it was fed; empty where it is known without.
  var content: String { digest?.digest.hex ?? "" }
  var bytes: Int { digest?.count ?? 0 }

  /// Whether a last line waits for its end.
  var hasPendingLine: Bool { reader.position.offset < bytes }

  func read(_ bytes: UnsafeRawBufferPointer) {
    reader.read(Span(_unsafeBytes: bytes), into: &sink)
    digest?.add(bytes)
  }

  func problem(_ problem: IngestProblem) { sink.receive(problem) }

  /// Goes on in another import: the last one was committed.
  func next(_ target: Import) throws(StoreError) {
    target.goOn(from: sink.target)
    sink.target = target
    try target.withdraw(sink.provisional)
    sink.provisional = []
  }

  /// Makes what was read part of the store.
  ///
  /// - Parameters:
  ///   - isWhole: Whether the log has ended: a last line without its end is read then. While it is followed, that waits.
  ///   - bytes: How many bytes were read.
  ///   - content: Their digest.
  ///   - sha256: The file's, where it was not known when the import began.
  /// - Throws: The store's first failure.
  func commit(isWhole: Bool, bytes: Int, content: String, sha256: String? = nil) throws(StoreError) {
    var position = reader.position.entry
    if isWhole {
      reader.finish(into: &sink)
      sink.finish()
    } else {
      sink.finishProvisionally()
    }
    if let failure = sink.failure { throw failure }
    position = min(position, sink.unsettled)
    let target = sink.target
    for row in reader.traffic {
      try target.addTraffic(
        hour: row.hour / 3_600_000_000, endpoint: row.endpoint, method: row.method, status: row.status,
        requests: row.count)
    }
    var summary = SourceSummary(
      path: "", sha256: "", kind: .log, format: profile.format, bytes: bytes, read: reader.tally.read,
      kept: reader.tally.kept, rejected: reader.tally.rejected)
    summary.blindSpots = profile.blindSpots
    if reader.tally.options == 0, reader.tally.read > 0 {
      summary.blindSpots.append("No preflight is in this log: OPTIONS requests may be filtered, or answered before it.")
    }
    stored = try target.leave(
      LogProgress(
        opening: opening.firstLine, content: content, bytes: bytes, line: position, settings: settings))
    try target.leave(remembering.stored(left: reader.memory))
    try target.finish(summary, sha256: sha256)
  }
}

/// The first bytes of a log: by them a log is found again when it has grown.
struct LogOpening {
  /// SHA-256 of as many as row ids are made of.
  let head: String
  /// A digest of the first line that is no directive; empty where there is no whole one.
  let firstLine: String

  init(_ prefix: UnsafeRawBufferPointer) {
    let head = prefix.prefix(StoredLog.headLength)
    self.head = Digest.of(Array(head)).hex
    var line = ""
    for part in head.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
      if let first = part.first, first != UInt8(ascii: "#"), first != 0x0D {
        line = Digest.of(Array(part)).hex
        break
      }
    }
    firstLine = line
  }
}
