import Correlator
import Evidence
import Fetch
import Testing

/// One failure, and the root cause that its evidence shows.
struct Failure: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var cause: String?
  var reason: ReasonKey?
  var phase: Verdict.Phase = .response
  var status: Int?
  var origin = "https://app.test"
  var method = "PUT"
  var url = "https://api.test/items/7"
  var response: HeaderList = [:]
  var recorded = HeaderRecord.Coverage.all
  var failure: String?
  var fromCache = false
  var pageOrigin: String?
  var serviceWorker = false
  var elsewhere = false
  var missing: [String] = []

  init(
    _ description: String, _ cause: String?, _ reason: ReasonKey?, _ status: Int?, _ response: HeaderList = [:],
    _ change: (inout Failure) -> Void = { _ in }
  ) {
    testDescription = description
    self.cause = cause
    self.reason = reason
    self.status = status
    self.response = response
    change(&self)
  }

  var context: CauseContext {
    var exchange = Exchange(
      locator: Locator(entry: 1, offset: 0), method: phase == .preflight ? "OPTIONS" : method, url: url,
      target: URLRecord(url), response: HeaderRecord(response, coverage: recorded), status: status)
    exchange.fromCache = fromCache
    exchange.pageOrigin = pageOrigin
    exchange.servedByServiceWorker = serviceWorker
    if let failure { exchange.outcome = .failed(failure) }
    let fix = FixContext(
      origin: origin, targetOrigin: URLRecord(url)?.origin.serialized ?? "", method: method, url: url,
      inPreflight: phase == .preflight, status: status, server: response.get(.server),
      allowOrigin: response.get(.accessControlAllowOrigin),
      allowCredentials: response.get(.accessControlAllowCredentials),
      allowMethods: response.get(.accessControlAllowMethods), allowHeaders: response.get(.accessControlAllowHeaders),
      missingHeaders: missing, location: response.get(.location), transportError: failure)
    return CauseContext(
      decision: reason == nil ? .undetermined : .blocked, reason: reason, phase: phase, fix: fix, deciding: exchange,
      request: exchange, endpointHasAllowOriginElsewhere: elsewhere)
  }
}
