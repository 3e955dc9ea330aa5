import Correlator
import Evidence
import Fetch
import Ingestion
import Store

/// Takes what a HAR's reader finds into the store, and through the correlator.
///
/// The input's digest names its rows, and is being worked out while the first entries are read: they wait for it.
final class HARImport: HARSink {
  /// Entries that may wait for the digest.
  private static let patience = 4096

  private enum Event {
    case exchange(Exchange, page: Int?)
    case problem(IngestProblem)
  }

  private let isReady: () -> Bool
  private let open: () -> Import?
  private var target: Import?
  private var isOpen = false
  private var waiting: [Event] = []
  private let endpoints: EndpointPatterns
  private var correlator = CaptureCorrelator()
  private var profile = SourceProfile(kind: .har, format: "unknown", recorder: .unknown)
  private(set) var problems = 0
  /// The first failure of the store: readers push, and cannot be thrown at.
  private(set) var failure: StoreError?

  /// - Parameters:
  ///   - isReady: Whether `open` would answer at once.
  ///   - open: Begins the import; `nil` where there is nothing to import.
  init(endpoints: EndpointPatterns, isReady: @escaping () -> Bool, open: @escaping () -> Import?) {
    self.endpoints = endpoints
    self.isReady = isReady
    self.open = open
  }

  /// Whether reading on makes sense.
  var isWanted: Bool { failure == nil && !(isOpen && target == nil) }

  func profile(_ profile: SourceProfile) { self.profile = profile }

  func exchange(_ exchange: Exchange, page: Int?) {
    if isOpen { put(exchange, page: page) } else { wait(.exchange(exchange, page: page)) }
  }

  func problem(_ problem: IngestProblem) {
    problems += 1
    if isOpen { put(problem) } else { wait(.problem(problem)) }
  }

  private func wait(_ event: Event) {
    waiting.append(event)
    if waiting.count >= HARImport.patience || isReady() { begin() }
  }

  /// Begins the import, and puts what waited for it.
  ///
  /// - Returns: Whether there is anything to import.
  @discardableResult
  func begin() -> Bool {
    guard !isOpen else { return target != nil }
    isOpen = true
    target = open()
    for event in waiting {
      switch event {
      case .exchange(let exchange, let page): put(exchange, page: page)
      case .problem(let problem): put(problem)
      }
    }
    waiting = []
    return target != nil
  }

  private func put(_ problem: IngestProblem) {
    guard let target, failure == nil else { return }
    do throws(StoreError) { try target.add(problem) } catch { failure = error }
  }

  private func put(_ given: Exchange, page: Int?) {
    guard let target, failure == nil else { return }
    do throws(StoreError) {
      var exchange = given
      exchange.endpoint = exchange.target.flatMap(endpoints.own) ?? exchange.foldedEndpoint
      try target.add(exchange, endpoint: exchange.endpoint)
      try correlator.add(exchange, page: page, profile: profile, into: store)
    } catch {
      failure = error
    }
  }

  /// Takes back what was added.
  func abandon() { try? target?.abandon() }

  /// Judges what is left, and makes the input part of the store.
  func finish(_ summary: HARSummary, bytes: Int) throws(StoreError) {
    guard begin(), let target else { return }
    if let failure { throw failure }
    try correlator.finish(profile: summary.profile, pageOrigins: summary.latePageOrigins, into: store)
    var row = SourceSummary(
      path: "", sha256: "", kind: .har, format: summary.profile.format, bytes: bytes,
      read: summary.read, kept: summary.kept, rejected: summary.rejected)
    row.blindSpots = summary.profile.blindSpots
    try target.finish(row)
  }

  private func store(_ output: CaptureCorrelator.Output) throws(StoreError) {
    switch output {
    case .verdict(let verdict): try target?.add(verdict)
    case .preflight(let record): try target?.add(record)
    }
  }
}
