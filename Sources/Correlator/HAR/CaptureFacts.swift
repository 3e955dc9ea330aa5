import Evidence
import Fetch

/// What a capture as a whole shows of the browser that made it, and of its pages.
struct CaptureFacts: Sendable {
  /// Some request did make a preflight, or passed by one: Firefox's CORS switch is on.
  var preflightsAreMade = false
  /// Requests that need a preflight stay unanswered with no preflight made.
  var corsIsDisabled = false
  /// Whether requests carry Fetch Metadata.
  private(set) var sendsFetchMetadata = false
  /// Whether the exporter ties some entry to a page: it does so to none where it has seen no page load.
  private(set) var namesPages = false
  /// Origins of pages whose service worker answered some request.
  private(set) var workerOrigins: Set<String> = []
  /// By their origin the policies that its documents came with.
  private var policies: [Origin: Set<ContentSecurityPolicy>] = [:]

  /// Learns from the next stretch of the capture.
  mutating func note(_ capture: Capture) {
    for index in capture.exchanges.indices {
      if capture.exchanges[index].hasPage { namesPages = true }
      if capture.exchanges[index].servedByServiceWorker, let page = capture.pageOrigin(of: capture.exchanges[index]) {
        workerOrigins.insert(page.origin.serialized)
      }
    }
    guard capture.profile.recorder == .firefox else { return }
    noteSwitch(capture)
    for index in capture.exchanges.indices {
      sendsFetchMetadata = sendsFetchMetadata || capture.exchanges[index].request.isPresent(.secFetchMode) == true
      if capture.exchanges[index].kind == .document { notePolicy(of: capture.exchanges[index]) }
    }
  }

  private mutating func notePolicy(of document: Exchange) {
    guard let status = document.status, !Redirect.isRedirectStatus(status), let origin = document.target?.origin else {
      return
    }
    let fields = document.response.list.fields.lazy.filter { $0.known == .contentSecurityPolicy }.map(\.value)
    policies[origin, default: []].insert(ContentSecurityPolicy(Array(fields)))
  }

  /// The directive that forbids a page of this origin to connect there, whichever of its documents asked.
  func directive(forbidding url: URLRecord, to page: Origin, afterRedirect: Bool) -> String? {
    let found = policies[page, default: []].map {
      $0.directive(forbidding: url, to: page, afterRedirect: afterRedirect)
    }
    return found.contains(nil) ? nil : found.compactMap { $0 }.min()
  }

  /// Looks for what `content.cors.disable` leaves: requests that need a preflight, unanswered, and none made.
  private mutating func noteSwitch(_ capture: Capture) {
    if preflightsAreMade { return }
    let crossOrigin = capture.exchanges.indices.filter { index in
      let exchange = capture.exchanges[index]
      guard !capture.isPreflight[index], exchange.request.value(.secFetchMode) == "cors",
        let origin = exchange.request.value(.origin), let target = exchange.target, target.isHTTP
      else { return false }
      return origin != target.origin.serialized && AuthorHeaders.needsPreflight(exchange)
    }
    if capture.isPreflight.contains(true) || crossOrigin.contains(where: { capture.exchanges[$0].wasAnswered }) {
      preflightsAreMade = true
      corsIsDisabled = false
    } else if crossOrigin.contains(where: { capture.exchanges[$0].delivery == .notSent }) {
      corsIsDisabled = true
    }
  }
}
