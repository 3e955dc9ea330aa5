import Evidence
import Fetch

/// Ties each preflight of a capture to the request it was made for.
///
/// The exporter's own link decides where there is one. Else: same URL, the announced method where that was recorded, the same origin,
/// the announced names among the request's, and the nearest in time, each preflight and each request used once; but rather one further
/// off than one that the preflight's answer, or the names that it announces, contradict.
struct PreflightPairing {
  struct Pair {
    var request: Int
    var basis: PreflightRecord.Basis
    var confidence: Double
  }

  /// By preflight.
  private(set) var pairs: [Int: Pair] = [:]
  /// By request: its preflight.
  private(set) var preflight: [Int: Int] = [:]
  /// By request that had none of its own: the preflight whose cached result let it through.
  private(set) var coveredBy: [Int: Int] = [:]
  /// By preflight: how many requests its cached result let through.
  private(set) var covers: [Int: Int] = [:]

  private struct Candidate {
    let preflight: Int
    let request: Int
    let cost: Int64
  }

  /// What a contradiction weighs, in microseconds of distance: more than any that two of a pair have.
  private static let contradiction: Int64 = 120_000_000

  private struct Key: Hashable {
    let url: String
    let method: String
  }

  /// - Parameter chains: Which of the exchanges are hops after a redirect.
  init(
    _ exchanges: [Exchange], isPreflight: [Bool], chains: RedirectChains, profile: SourceProfile,
    credentials: CredentialsReader
  ) {
    let mode = { (request: Int, preflight: Int?) in
      credentials.evidence(
        of: exchanges[request], preflight: preflight.map { exchanges[$0] }, tainted: chains.previous[request] != nil,
        engine: profile.engine(of: exchanges[request]))
    }
    let requests = PreflightPairing.requests(of: exchanges, isPreflight: isPreflight)
    let anyMethod = PreflightPairing.ofAnyMethod(exchanges, isPreflight: isPreflight)
    var candidates: [Candidate] = []
    var rivals: [Int: [Candidate]] = [:]
    var fates = PreflightFates(exchanges, profile)
    for index in exchanges.indices where isPreflight[index] {
      if let request = linked(exchanges, preflight: index, isPreflight: isPreflight) {
        take(Pair(request: request, basis: .exporterLink, confidence: 1), for: index)
        continue
      }
      let (url, method) = (exchanges[index].url, exchanges[index].request.value(.accessControlRequestMethod))
      let same = method.map { requests[Key(url: url, method: $0)] } ?? anyMethod[url]
      for request in PreflightPairing.nearest(to: exchanges[index], in: same ?? [], exchanges) {
        guard
          var cost = PreflightPairing.cost(
            preflight: exchanges[index], request: exchanges[request], isHop: chains.previous[request] != nil,
            profile: profile)
        else { continue }
        let isIncluded = mode(request, index).recorded == true
        if fates.contradict(index, request, included: isIncluded) { cost += PreflightPairing.contradiction }
        if PreflightPairing.announcesTooLittle(exchanges[index], exchanges[request]) {
          cost += PreflightPairing.contradiction
        }
        rivals[index, default: []].append(Candidate(preflight: index, request: request, cost: cost))
      }
      candidates += rivals[index] ?? []
    }
    candidates.sort { ($0.cost, $0.preflight, $0.request) < ($1.cost, $1.preflight, $1.request) }
    for candidate in candidates where pairs[candidate.preflight] == nil && preflight[candidate.request] == nil {
      // One that was nearer, and is another's, may be its own as well as this one.
      let others = (rivals[candidate.preflight] ?? []).filter { $0.request != candidate.request }.map {
        max($0.cost, candidate.cost)
      }
      let basis: PreflightRecord.Basis = others.isEmpty ? .onlyCandidate : .nearestInTime
      var confidence = PreflightPairing.confidence(cost: candidate.cost, next: others.min())
      // Its URL alone may be that of several requests, not all of which are here: nothing certain rests on that.
      if exchanges[candidate.preflight].request.value(.accessControlRequestMethod) == nil {
        confidence = min(confidence, 0.8)
      }
      // However alone the two are: what speaks against them is not undone by there being no others.
      if candidate.cost >= PreflightPairing.contradiction { confidence = min(confidence, 0.5) }
      take(Pair(request: candidate.request, basis: basis, confidence: confidence), for: candidate.preflight)
    }
    cover(exchanges, profile, requests: requests, &fates, mode: mode)
  }

  private mutating func take(_ pair: Pair, for index: Int) {
    pairs[index] = pair
    preflight[pair.request] = index
  }

  private static func requests(of exchanges: [Exchange], isPreflight: [Bool]) -> [Key: [Int]] {
    var found: [Key: [Int]] = [:]
    for index in exchanges.indices where !isPreflight[index] {
      found[Key(url: exchanges[index].url, method: exchanges[index].method), default: []].append(index)
    }
    return found
  }

  /// By URL, as far as there are preflights of which it was not recorded what they announce.
  private static func ofAnyMethod(_ exchanges: [Exchange], isPreflight: [Bool]) -> [String: [Int]] {
    let urls = Set(
      exchanges.indices.filter {
        isPreflight[$0] && exchanges[$0].request.value(.accessControlRequestMethod) == nil
      }.map { exchanges[$0].url })
    guard !urls.isEmpty else { return [:] }
    let requests = exchanges.indices.filter {
      !isPreflight[$0] && urls.contains(exchanges[$0].url) && mayNeedPreflight(exchanges[$0])
    }
    return Dictionary(grouping: requests) { exchanges[$0].url }
  }

  /// Whether what is recorded does not rule out that the request needed a preflight.
  private static func mayNeedPreflight(_ request: Exchange) -> Bool {
    request.request.coverage != .all || AuthorHeaders.needsPreflight(request)
      || !AuthorHeaders.possiblyUnsafeNames(of: request).isEmpty
  }

  private func linked(_ exchanges: [Exchange], preflight: Int, isPreflight: [Bool]) -> Int? {
    guard let id = exchanges[preflight].announces else { return nil }
    return exchanges.indices.first {
      !isPreflight[$0] && exchanges[$0].exporterID == id && exchanges[$0].url == exchanges[preflight].url
        && self.preflight[$0] == nil
    }
  }

  /// At most sixteen requests around the preflight, by their place in the file: enough for any burst, and never n × m.
  private static func nearest(to preflight: Exchange, in requests: [Int], _ exchanges: [Exchange]) -> ArraySlice<Int> {
    guard requests.count > 16 else { return requests[...] }
    var low = 0
    var high = requests.count
    while low < high {
      let middle = (low + high) / 2
      if exchanges[requests[middle]].locator.entry < preflight.locator.entry { low = middle + 1 } else { high = middle }
    }
    return requests[max(0, low - 8)..<min(requests.count, low + 8)]
  }

  /// How far apart the two are, in microseconds; `nil` where they cannot belong together.
  private static func cost(preflight: Exchange, request: Exchange, isHop: Bool, profile: SourceProfile) -> Int64? {
    let origins = (preflight.request.value(.origin), request.request.value(.origin))
    if let left = origins.0, let right = origins.1, left != right {
      // Of a hop whose origin a redirect has made `null`, Firefox names the page once more: in the preflight, or in the entry
      // of a request that was never sent.
      guard isHop, left == "null" || right == "null", profile.engine(of: request) == .firefox else { return nil }
    }
    guard announces(preflight, request, isHop: isHop, profile: profile) else { return nil }
    guard let asked = preflight.startedAt, let begun = request.startedAt else {
      return Int64(abs(preflight.locator.entry - request.locator.entry)) * 1000
    }
    // DevTools of Chromium and of Firefox date a request by when the page asked for it: before its preflight, by a few
    // milliseconds, or by as long as the preflight had to wait for a connection.
    let lead = asked - begun
    if profile.recorder == .chromium || profile.recorder == .firefox, lead >= -60_000, lead <= 60_000_000 {
      return abs(lead)
    }
    // On the wire, and in older browsers' tools, it follows the preflight's answer.
    let gap = begun - (asked + (preflight.duration ?? 0))
    guard gap >= -20_000, gap <= 30_000_000 else { return nil }
    return abs(gap) + (profile.recorder == .chromium ? 100_000 : 5_000)
  }

  /// Whether every name that the preflight announces is among the request's. An export that may be sanitised does not tell of
  /// `authorization`.
  private static func announces(
    _ preflight: Exchange, _ request: Exchange, isHop: Bool, profile: SourceProfile
  ) -> Bool {
    // What the page set stands in the entry of its first request; Chromium gives a hop that it held back none of it.
    if isHop, request.delivery != .sent { return true }
    guard let names = preflight.request.value(.accessControlRequestHeaders) else { return true }
    for name in names.split(separator: ",") {
      let wanted = name.trimmingHTTPWhitespace().asciiLowercased()
      if wanted == "authorization", profile.isSanitized || request.request.isPresent(.authorization) != false {
        continue
      }
      if let known = KnownField(name: wanted), request.request.redacted.contains(known) { continue }
      if !request.request.list.fields.contains(where: { $0.name.asciiLowercased() == wanted }) { return false }
    }
    return true
  }

  /// Whether the request has names that its preflight would have announced (Fetch, 4.8 *CORS-preflight fetch*). Not `authorization`, which
  /// browsers add by themselves too.
  private static func announcesTooLittle(_ preflight: Exchange, _ request: Exchange) -> Bool {
    guard preflight.request.isPresent(.accessControlRequestHeaders) != nil,
      !preflight.request.redacted.contains(.accessControlRequestHeaders)
    else { return false }
    let announced = TokenList(preflight.request.value(.accessControlRequestHeaders))
    return AuthorHeaders.unsafeNames(of: request).contains {
      $0 != KnownField.authorization.name && !announced.containsIgnoringCase($0)
    }
  }

  private static func confidence(cost: Int64, next: Int64?) -> Double {
    guard let next else { return 0.99 }
    let difference = Double(next - cost) / Double(next + cost + 1000)
    return 0.5 + 0.49 * difference
  }

  /// Requests that were answered, needed a preflight and had none: let through by the cache (Fetch, 4.9 *CORS-preflight cache*).
  ///
  /// - Parameter mode: What tells of a request, and of its preflight if it had one, whether it was made with credentials.
  private mutating func cover(
    _ exchanges: [Exchange], _ profile: SourceProfile, requests: [Key: [Int]], _ fates: inout PreflightFates,
    mode: (_ request: Int, _ preflight: Int?) -> CredentialsEvidence
  ) {
    var grants: [String: [Int]] = [:]
    for index in pairs.keys.sorted() { grants[exchanges[index].url, default: []].append(index) }
    guard !grants.isEmpty else { return }
    for list in requests.values {
      for index in list where preflight[index] == nil && exchanges[index].wasAnswered {
        guard let candidates = grants[exchanges[index].url], AuthorHeaders.needsPreflight(exchanges[index]) else {
          continue
        }
        let asked = mode(index, nil).known
        let engine = profile.engine(of: exchanges[index])
        let grant = candidates.last { candidate in
          guard PreflightCache.covers(exchanges[candidate], exchanges[index], by: engine), fates.mayPass(candidate)
          else {
            return false
          }
          let granted =
            fates.refusesCredentials(candidate) ? false : pairs[candidate].flatMap { mode($0.request, candidate).known }
          return PreflightCache.matches(granted: granted, asked: asked, by: engine)
        }
        guard let grant else { continue }
        coveredBy[index] = grant
        covers[grant, default: 0] += 1
      }
    }
  }
}
