import Correlator
import Evidence
import Ingestion
import Store

/// Takes what a log's reader finds into the store: judged where one line tells, else left to be paired.
struct LogImportSink: LogSink {
  private let target: Import
  private let profile: SourceProfile
  private let endpoints: EndpointPatterns
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

  mutating func receive(_ exchange: Exchange) {
    guard failure == nil else { return }
    do throws(StoreError) { try take(exchange) } catch { failure = error }
  }

  mutating func receive(_ problem: IngestProblem) {
    guard failure == nil else { return }
    do throws(StoreError) { try target.add(problem) } catch { failure = error }
  }

  /// Leaves the items that still waited for their clock.
  mutating func finish() {
    guard failure == nil else { return }
    do throws(StoreError) { try leave(ticks.flush()) } catch { failure = error }
  }

  private mutating func take(_ exchange: Exchange) throws(StoreError) {
    let endpoint = endpoints.endpoint(of: exchange)
    try target.add(exchange, endpoint: endpoint)
    let subject = LogSubject(exchange, endpoint: endpoint)
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
      let item = PairingItem(exchange, id: id, isPreflight: isPreflight)
    else { return }
    try leave(ticks.take(item, judged, subject, tickStart: exchange.tickStart))
  }

  private func leave(_ ready: [TickClock.Entry]) throws(StoreError) {
    for entry in ready { try target.add(entry.item, entry.judged, of: entry.subject) }
  }
}
