import Evidence
import Fetch

/// Which recorded answers the browser's HTTP cache may have given to later requests for the same URL.
struct StoredAnswers {
  private var places: [String: [Int]] = [:]

  init(_ exchanges: [Exchange]) {
    guard exchanges.contains(where: { $0.fromCache || StoredAnswers.isBare($0) }) else { return }
    for index in exchanges.indices where StoredAnswers.mayBeKept(exchanges[index]) {
      places[exchanges[index].url, default: []].append(index)
    }
  }

  /// The latest answer that may have been kept for a request of which Chromium's HAR shows none.
  ///
  /// An answer out of the cache has no network's record, and where CORS refuses it the page's is not written either: the entry is bare.
  func answer(to request: Exchange, among exchanges: [Exchange]) -> Exchange? {
    StoredAnswers.isBare(request) ? latest(before: request, exchanges) : nil
  }

  /// Whether what came out of the cache is the answer to a request of the same origin: no other origin's copy then.
  func isOwnCopy(_ cached: Exchange, among exchanges: [Exchange]) -> Bool {
    guard cached.fromCache, let origin = cached.request.value(.origin) else { return false }
    return latest(before: cached, exchanges)?.request.value(.origin) == origin
  }

  private func latest(before request: Exchange, _ exchanges: [Exchange]) -> Exchange? {
    guard let asked = request.startedAt else { return nil }
    // Exporters write entries in the order of time: of many for one URL the last ones are looked at.
    return places[request.url]?.last { exchanges[$0].startedAt ?? asked < asked }.map { exchanges[$0] }
  }

  private static func isBare(_ exchange: Exchange) -> Bool {
    exchange.method == "GET" && !exchange.wasAnswered && exchange.delivery == .provisional && exchange.hasPage
      && exchange.failureMark == .generic
  }

  private static func mayBeKept(_ exchange: Exchange) -> Bool {
    guard exchange.method == "GET", exchange.status == 200, exchange.failureMark == nil, !exchange.fromCache,
      !exchange.servedByServiceWorker
    else { return false }
    let vary = TokenList(exchange.response.value(.vary))
    return !vary.contains("*") && !vary.containsIgnoringCase("origin")
      && !TokenList(exchange.response.value(.cacheControl)).containsIgnoringCase("no-store")
  }
}

extension Scene {
  /// Takes an answer that was kept from another request, where it explains why this one failed.
  mutating func take(_ stored: Exchange) {
    guard progress == .silent, redirectCount == 0, let engine, request.map(AuthorHeaders.needsPreflight) == false else {
      return
    }
    let answer = Answer(
      status: stored.status, headers: stored.response, expectedOrigin: origin, httpVersion: stored.httpVersion)
    guard credentials.possible.allSatisfy({ !Checks.access(answer, include: $0, by: engine).canPass }) else { return }
    request?.status = stored.status
    request?.response = stored.response
    request?.fromCache = true
    storedFrom = stored.locator
  }
}
