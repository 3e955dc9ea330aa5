import Correlator
import Evidence
import Ingestion
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

  mutating func receive(_ exchange: Exchange, _ context: LineContext) {
    guard failure == nil, exchange.locator.entry >= first else { return }
    do throws(StoreError) { try take(exchange, context) } catch { failure = error }
  }

  mutating func receive(bystander line: LoggedLine) -> Bool {
    guard failure == nil, line.locator.entry >= first else { return true }
    do throws(StoreError) {
      return try target.add(line)
    } catch {
      failure = error
      return true
    }
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
    var copy = ticks
    let waiting = copy.flush()
    provisional = waiting.map(\.item.id)
    do throws(StoreError) { try leave(waiting) } catch { failure = error }
  }

  private mutating func take(_ exchange: Exchange, _ context: LineContext) throws(StoreError) {
    let endpoint = endpoints.endpoint(of: exchange)
    try target.add(exchange, endpoint: endpoint, parts: context.parts)
    guard context.takesPart else { return }
    let subject = subjects.subject(of: exchange, endpoint: endpoint)
    let judged = judge.judge(exchange, subject)
    var isPreflight = false
    switch judged {
    case .none: return
    case .refused(let template):
      try target.add(PreflightRecord(preflight: exchange, outcome: .refused))
      try target.add(template, on: exchange, of: subject)
    case .preflight:
      isPreflight = true
      try target.add(PreflightRecord(preflight: exchange, outcome: .undetermined))
    case .request(let template, _): try target.add(template, on: exchange, of: subject)
    case .possible: break
    }
    guard judged.pairs, let id = try? target.rowID(exchange.locator),
      let item = PairingItem(exchange, subject, id: id, isPreflight: isPreflight)
    else { return }
    if context.tickStart != ticking.last, !item.knowsStart, item.granularity >= 1_000_000 {
      ticking = (context.tickStart, ticking.last)
    }
    try leave(ticks.take(item, judged, subject, tickStart: context.tickStart))
  }

  private func leave(_ ready: [TickClock.Entry]) throws(StoreError) {
    for entry in ready { try target.add(entry.item, entry.judged, of: entry.subject) }
  }
}
