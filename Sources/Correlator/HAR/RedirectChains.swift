import Evidence
import Fetch

/// Which entries of a capture are hops of one fetch: exporters write each hop as an entry of its own, unlinked.
struct RedirectChains {
  /// By index: the hop that a redirect led to, and the one that led here.
  private(set) var next: [Int?]
  private(set) var previous: [Int?]

  /// Links each redirect to the nearest later entry for its target that no other redirect has claimed.
  init(_ exchanges: [Exchange], isPreflight: [Bool]) {
    next = Array(repeating: nil, count: exchanges.count)
    previous = Array(repeating: nil, count: exchanges.count)
    var waiting: [String: [Int]] = [:]
    var leading: [Int] = []
    for index in exchanges.indices where !isPreflight[index] {
      let address = waiting.isEmpty ? "" : exchanges[index].target?.spelling ?? exchanges[index].url
      if var sources = waiting[address],
        let source = sources.first(where: { fits(exchanges[$0], exchanges[index]) })
      {
        sources.removeAll { $0 == source }
        waiting[address] = sources.isEmpty ? nil : sources
        leading.removeAll { $0 == source }
        next[source] = index
        previous[index] = source
      } else if exchanges[index].isPlaceholder, let source = leading.popLast() {
        waiting[exchanges[source].redirectTarget?.spelling ?? ""]?.removeAll { $0 == source }
        next[source] = index
        previous[index] = source
      }
      // Only a redirect is worth a copy of the exchange.
      guard let status = exchanges[index].status, Redirect.isRedirectStatus(status) else { continue }
      guard let target = exchanges[index].redirectTarget else { continue }
      waiting[target.spelling, default: []].append(index)
      // Those that lead out of HTTP.
      if target.url?.isHTTP == false { leading.append(index) }
    }
  }

  /// A hop starts where the one before it ended, and within the seconds that a slow answer takes.
  private func fits(_ source: Exchange, _ hop: Exchange) -> Bool {
    let method = Redirect.method(after: source.status ?? 0, source.method)
    guard method == hop.method else { return false }
    guard let start = source.startedAt, let followed = hop.startedAt else { return true }
    let end = start + (source.duration ?? 0)
    return followed >= start - 1_000_000 && followed <= end + 5_000_000
  }

  /// The hops before this one, the first of all first.
  func hops(before index: Int) -> [Int] {
    var hops: [Int] = []
    var current = index
    while let before = previous[current], hops.count <= 64 {
      hops.append(before)
      current = before
    }
    return hops.reversed()
  }
}

extension Exchange {
  /// What Chromium shows in place of a hop to another scheme, for a page that wanted the redirect as it is.
  fileprivate var isPlaceholder: Bool { url == "data:," && status == nil && failureMark == .aborted }

  /// The target of a redirect: as spelled in other entries, and parsed; `nil` for an answer that is none.
  var redirectTarget: (spelling: String, url: URLRecord?)? {
    guard let status, Redirect.isRedirectStatus(status), let target, let location = response.value(.location) else {
      return nil
    }
    let url = URLRecord(location, relativeTo: target)
    return (url?.spelling ?? String(location.prefixBeforeFragment()), url)
  }
}
