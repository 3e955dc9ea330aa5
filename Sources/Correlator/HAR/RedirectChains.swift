import Evidence
import Fetch

/// Which entries of a capture are hops of one fetch: exporters write each hop as an entry of its own, unlinked.
struct RedirectChains {
  /// By index: the hop that a redirect led to, and the one that led here.
  private(set) var next: [Int?]
  private(set) var previous: [Int?]

  /// Links each redirect to the nearest later entry for its target that no other redirect has claimed; else to one before it in the
  /// file, where the exporter did not write them in the order of time.
  init(_ exchanges: [Exchange], isPreflight: [Bool]) {
    next = Array(repeating: nil, count: exchanges.count)
    previous = Array(repeating: nil, count: exchanges.count)
    let targets = RedirectChains.targets(of: exchanges, isPreflight: isPreflight)
    guard !targets.isEmpty else { return }
    let addresses = Set(targets.values.map(\.spelling))
    var waiting: [String: [Int]] = [:]
    var leading: [Int] = []
    // Entries that some redirect leads to, and none has claimed.
    var passed: [String: [Int]] = [:]
    for index in exchanges.indices where !isPreflight[index] {
      let address = exchanges[index].target?.spelling ?? exchanges[index].url
      if let source = waiting[address]?.first(where: { fits(exchanges[$0], exchanges[index]) }) {
        waiting[address]?.removeAll { $0 == source }
        leading.removeAll { $0 == source }
        link(source, to: index)
      } else if exchanges[index].isPlaceholder, let source = leading.popLast() {
        waiting[targets[source]?.spelling ?? ""]?.removeAll { $0 == source }
        link(source, to: index)
      } else if addresses.contains(address) {
        passed[address, default: []].append(index)
      }
      guard let target = targets[index] else { continue }
      let earlier = passed[target.spelling]?.last { isFree($0, after: index) && begins($0, after: index, exchanges) }
      if let earlier {
        link(index, to: earlier)
        continue
      }
      waiting[target.spelling, default: []].append(index)
      // Those that lead out of HTTP.
      if target.url?.isHTTP == false { leading.append(index) }
    }
    for source in waiting.values.joined().sorted() {
      guard let target = targets[source] else { continue }
      let earlier = passed[target.spelling]?.last {
        $0 < source && isFree($0, after: source) && mayBegin($0, after: source, exchanges)
      }
      if let earlier { link(source, to: earlier) }
    }
  }

  /// Where each redirect leads. Only of these is a copy of the exchange worth its cost.
  private static func targets(
    of exchanges: [Exchange], isPreflight: [Bool]
  ) -> [Int: (spelling: String, url: URLRecord?)] {
    var targets: [Int: (spelling: String, url: URLRecord?)] = [:]
    for index in exchanges.indices where !isPreflight[index] {
      guard let status = exchanges[index].status, Redirect.isRedirectStatus(status) else { continue }
      targets[index] = exchanges[index].redirectTarget
    }
    return targets
  }

  private mutating func link(_ source: Int, to hop: Int) {
    next[source] = hop
    previous[hop] = source
  }

  /// Whether no redirect has claimed the entry, and it does not itself lead to this one.
  private func isFree(_ hop: Int, after source: Int) -> Bool {
    previous[hop] == nil && hop != source && !hops(before: source).contains(hop)
  }

  /// Whether an entry before the redirect in the file began when that was over.
  private func begins(_ hop: Int, after source: Int, _ exchanges: [Exchange]) -> Bool {
    guard let start = exchanges[source].startedAt, let followed = exchanges[hop].startedAt, followed > start else {
      return false
    }
    let end = start + (exchanges[source].duration ?? 0)
    return followed >= end - exchanges[hop].clockGranularity && fits(exchanges[source], exchanges[hop])
      && keepsOrigin(exchanges[source], exchanges[hop]) != false
  }

  /// The same of one whose time does not tell which came first: its origin has to, or that the two are neighbours.
  private func mayBegin(_ hop: Int, after source: Int, _ exchanges: [Exchange]) -> Bool {
    if let start = exchanges[source].startedAt, let followed = exchanges[hop].startedAt, followed != start {
      return false
    }
    guard fits(exchanges[source], exchanges[hop]) else { return false }
    return keepsOrigin(exchanges[source], exchanges[hop]) ?? (hop == source - 1)
  }

  /// Whether a hop names the origin that it has after this redirect; `nil` where the two do not tell.
  private func keepsOrigin(_ source: Exchange, _ hop: Exchange) -> Bool? {
    guard let origin = source.request.value(.origin), let named = hop.request.value(.origin),
      let page = Origin(parsing: origin), let first = source.target, let second = hop.target
    else { return nil }
    // Of a hop that it did not send Firefox names the page once more.
    if hop.delivery == .notSent, named == origin { return nil }
    return named == (page == .opaque ? origin : Redirect.serializedOrigin(of: page, urls: [first, second]))
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
