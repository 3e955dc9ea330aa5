import Correlator
import Evidence
import Fetch
import Ingestion
import Scanning
import Store

/// Takes what a log's reader finds into the store: judged where one line tells, else left to be paired.
struct LogImportSink: LogSink {
  var target: Import
  /// The first line that becomes rows: those before it are in the store.
  var first = 0
  /// Items that are in the store with a time that the next lines refine.
  var provisional: [Int64] = []
  /// The first lines of the last two seconds that had an item, where the clock shows whole seconds.
  private var ticking = (last: 0, before: 0)
  private let profile: SourceProfile
  private let endpoints: EndpointPatterns
  private var subjects = LogSubjects()
  private var judge: LogJudge
  private var ticks = TickClock()
  /// Of the items that wait for their clock.
  private var lines: [PairedLine] = []
  private var folded: [UInt8] = []
  /// The first failure of the store: readers push, and cannot be thrown at.
  private(set) var failure: StoreError?

  init(_ target: Import, profile: SourceProfile, endpoints: EndpointPatterns) {
    self.target = target
    self.endpoints = endpoints
    self.profile = profile
    judge = LogJudge(profile: profile)
  }

  /// The first line whose rows may change with lines to come.
  var unsettled: Int { ticking.before > 0 ? ticking.before : ticking.last > 0 ? ticking.last : .max }

  mutating func receive(_ line: LoggedLine, _ context: LineContext) -> Bool {
    guard failure == nil, line.locator.entry >= first, let url = line.url else { return true }
    do throws(StoreError) {
      guard let known = try target.known(line, context, folded: { fold(line, context.parts) }) else { return false }
      try take(line, at: url, known, context)
    } catch { failure = error }
    return true
  }

  mutating func receive(_ exchange: Exchange, _ line: LoggedLine, _ context: LineContext) {
    guard failure == nil, line.locator.entry >= first else { return }
    do throws(StoreError) {
      let known = try learn(exchange, line, context)
      var url = exchange.url
      let result = url.withUTF8 { bytes in
        Result { () throws(StoreError) in try take(line, at: UnsafeRawBufferPointer(bytes), known, context) }
      }
      try result.get()
    } catch { failure = error }
  }

  mutating func receive(_ problem: IngestProblem) {
    guard failure == nil else { return }
    do throws(StoreError) { try target.add(problem, isKnown: problem.locator.entry < first) } catch { failure = error }
  }

  /// Leaves the items that still waited for their clock.
  mutating func finish() {
    guard failure == nil else { return }
    do throws(StoreError) { try leave(ticks.flush()) } catch { failure = error }
  }

  /// Leaves them as far as their time is known now; they stay here to be left again.
  mutating func finishProvisionally() {
    guard failure == nil else { return }
    var clock = ticks
    let items = clock.flush()
    provisional = items.map(\.id)
    do throws(StoreError) {
      for (item, line) in zip(items, lines) { try target.add(item, of: line) }
    } catch { failure = error }
  }

  private mutating func take(
    _ line: LoggedLine, at url: UnsafeRawBufferPointer, _ known: KnownLine, _ context: LineContext
  ) throws(StoreError) {
    guard let (item, paired) = try target.add(line, at: url, known) else { return }
    guard TickClock.refines(item) else { return try target.add(item, of: paired) }
    if context.tick.start != ticking.last { ticking = (context.tick.start, ticking.last) }
    try leave(ticks.take(item, in: context.tick))
    lines.append(paired)
  }

  /// Leaves all that waited for their clock, or none.
  private mutating func leave(_ items: [PairingItem]) throws(StoreError) {
    for (item, line) in zip(items, lines) { try target.add(item, of: line) }
    if !items.isEmpty { lines.removeAll(keepingCapacity: true) }
  }

  private mutating func learn(
    _ exchange: Exchange, _ line: LoggedLine, _ context: LineContext
  ) throws(StoreError) -> KnownLine {
    let subject = subjects.subject(of: exchange, endpoint: endpoints.endpoint(of: exchange))
    return try target.learn(
      exchange, context, subject, folded: line.url == nil ? nil : fold(line, context.parts)
    ) { judge.judge(exchange, subject) }
  }

  /// A hash of the server and the folded path: paths that fold alike on one server are of one endpoint, but for those that were cut
  /// and where the user has patterns.
  private mutating func fold(_ line: LoggedLine, _ parts: LineParts) -> UInt64? {
    guard endpoints.isEmpty, line.path.count < EndpointFolder.maximumLength else { return nil }
    folded.removeAll(keepingCapacity: true)
    let path = line.path.assumingMemoryBound(to: UInt8.self)
    EndpointFolder.fold(Span(_unsafeElements: path), from: 0, to: path.count, into: &folded)
    return folded.withUnsafeBytes { bytes in
      bytes.baseAddress.map { LogBytes.hash($0, 0, bytes.count, seed: parts.server) }
    }
  }
}
