import Correlator
import Evidence
import Fetch
import Ingestion
import Store

/// Takes what a HAR's reader finds into the store, and through the correlator.
final class HARImport: HARSink {
  private let target: Import
  private let endpoints: EndpointPatterns
  private var correlator = CaptureCorrelator()
  private var profile = SourceProfile(kind: "har", format: "unknown", recorder: .unknown)
  private(set) var problems = 0
  /// The first failure of the store: readers push, and cannot be thrown at.
  private(set) var failure: StoreError?

  init(_ target: Import, endpoints: EndpointPatterns) {
    self.target = target
    self.endpoints = endpoints
  }

  func profile(_ profile: SourceProfile) { self.profile = profile }

  func exchange(_ exchange: Exchange, page: Int?) {
    attempt { () throws(StoreError) in
      var exchange = exchange
      exchange.endpoint = exchange.target.flatMap(endpoints.own) ?? exchange.foldedEndpoint
      try target.add(exchange, endpoint: exchange.endpoint)
      try correlator.add(exchange, page: page, profile: profile, into: store)
    }
  }

  func problem(_ problem: IngestProblem) {
    problems += 1
    attempt { () throws(StoreError) in try target.add(problem) }
  }

  /// Judges what is left, and makes the input part of the store.
  func finish(_ summary: HARSummary, bytes: Int) throws(StoreError) {
    attempt { () throws(StoreError) in
      try correlator.finish(profile: summary.profile, pageOrigins: summary.latePageOrigins, into: store)
    }
    if let failure { throw failure }
    var row = SourceSummary(
      path: "", sha256: "", kind: summary.profile.kind, format: summary.profile.format, bytes: bytes,
      read: summary.read, kept: summary.kept, rejected: summary.rejected)
    row.blindSpots = summary.profile.blindSpots
    try target.finish(row)
  }

  private func store(_ output: CaptureCorrelator.Output) throws(StoreError) {
    switch output {
    case .verdict(let verdict): try target.add(verdict)
    case .preflight(let record): try target.add(record)
    }
  }

  private func attempt(_ body: () throws(StoreError) -> Void) {
    guard failure == nil else { return }
    do { try body() } catch { failure = error }
  }
}
