import Evidence
import Fetch

/// A stretch of one capture's entries, with what ties them together: chains of redirects, preflights, origins, modes.
struct Capture {
  let exchanges: [Exchange]
  let profile: SourceProfile
  let isPreflight: [Bool]
  let chains: RedirectChains
  let pairing: PreflightPairing
  private let storedAnswers: StoredAnswers
  let credentials: CredentialsReader
  /// Endpoints of which some answer named an origin.
  private(set) var endpointsWithAllowOrigin: Set<String> = []
  private let underCORS: UnderCORS
  private let lastStart: Int64

  init(_ exchanges: [Exchange], profile: SourceProfile, credentials: CredentialsReader) {
    self.exchanges = exchanges
    self.profile = profile
    self.credentials = credentials
    // Stored properties are looked at in place; a method gets a copy of the exchange, which costs dozens of reference counts.
    isPreflight = exchanges.indices.map {
      exchanges[$0].kind == .preflight || exchanges[$0].method == "OPTIONS" && exchanges[$0].isPreflight
    }
    chains = RedirectChains(exchanges, isPreflight: isPreflight)
    pairing = PreflightPairing(
      exchanges, isPreflight: isPreflight, chains: chains, profile: profile, credentials: credentials)
    storedAnswers = StoredAnswers(exchanges)
    underCORS = UnderCORS(exchanges, isPreflight: isPreflight, profile: profile)
    lastStart = exchanges.indices.lazy.compactMap { exchanges[$0].startedAt }.max() ?? 0
    for index in exchanges.indices where exchanges[index].response.isPresent(.accessControlAllowOrigin) == true {
      let endpoint = exchanges[index].endpoint ?? exchanges[index].foldedEndpoint
      if let endpoint { endpointsWithAllowOrigin.insert(endpoint) }
    }
  }

  /// The scene of one request; `nil` where it did not run under the CORS protocol.
  func scene(of index: Int, facts: CaptureFacts) -> Scene? {
    guard !isPreflight[index], !exchanges[index].isSynthetic, let target = exchanges[index].target else { return nil }
    let mayBeRefused = isStillborn(index) || !target.isHTTP
    if mayBeRefused, let redirect = chains.previous[index], refusesRedirect(redirect, facts) { return nil }
    let exchange = exchanges[index]
    guard !isProgram(exchange) else { return nil }
    let preflight = pairing.preflight[index].map { exchanges[$0] }
    let engine = profile.engine(of: exchange)
    let hops = chains.hops(before: index)
    guard let origin = origin(of: index, preflight: preflight, hops: hops) else { return nil }
    guard runsUnderCORS(exchange, preflight, origin.serialized, target, hops) else { return nil }
    var scene = Scene(
      request: exchange, preflight: preflight, origin: origin.serialized, originFact: origin.fact,
      originIsRecorded: origin.isRecorded, credentials: credentials(of: index, hops: hops, engine: engine),
      engine: engine, profile: profile)
    // The mode is the fetch's: one hop that tells, tells for all.
    scene.modeIsRecorded = (hops + [index]).contains {
      CorsMode.isRecorded(exchanges[$0], hasPreflight: pairing.preflight[$0] != nil)
    }
    scene.neighboursRunUnderCORS = !scene.modeIsRecorded && underCORS.contains(exchange, for: origin.serialized)
    scene.redirectCount = hops.count
    scene.beganAtHome = hops.first.map(asksOwnServer) ?? false
    scene.isRelieved =
      engine == .chromium && preflight == nil && pairing.coveredBy[index] == nil
      && hops.contains { pairing.preflight[$0] != nil }
    scene.isUnfollowed =
      profile.recorder == .firefox && exchange.redirectTarget?.url != nil && chains.next[index] == nil
    scene.isFollowed = isFollowed(index)
    scene.isVetoed = chains.next[index].map(isStillborn) ?? false
    scene.showsRefusedHop = chains.next[index].map { exchanges[$0].failureMark == .generic } ?? false
    scene.wasLeft = profile.recorder == .chromium && isLeft(index)
    scene.pairing = pairing.preflight[index].flatMap { pairing.pairs[$0]?.confidence } ?? 1
    scene.grant = pairing.coveredBy[index].map { exchanges[$0] }
    if exchange.redirectTarget == nil, case .recorded(let type) = exchange.response.get(.contentType) {
      switch exchange.kind {
      case .script: scene.isMistyped = type?.isJavaScriptType != true
      case .stylesheet: scene.isMistyped = type?.asciiLowercased().hasPrefix("text/css") == false
      default: break
      }
    }
    scene.isUnread = exchange.bodyWasTaken == false && exchange.redirectTarget == nil
    scene.capture = facts
    if storedAnswers.isOwnCopy(exchange, among: exchanges) { scene.request?.fromCache = false }
    if profile.recorder == .chromium, let stored = storedAnswers.answer(to: exchange, among: exchanges) {
      scene.take(stored)
    }
    if profile.recorder == .firefox {
      noteRefusal(&scene, page: pageOrigin(of: exchanges[hops.first ?? index])?.origin)
    }
    return scene
  }

  /// What Firefox's policies refuse, whatever CORS makes of it; no exporter's mark tells of them.
  ///
  /// `Sec-Fetch-Mode` is the last that a request gets on its way to the network, where its target is trustworthy.
  private func noteRefusal(_ scene: inout Scene, page: Origin?) {
    guard let request = scene.request, let page, let asked = request.target else { return }
    let facts = scene.capture
    if let target = request.redirectTarget?.url {
      guard scene.isUnfollowed || scene.isVetoed else { return }
      scene.leavesTLS = page.scheme == "https" && isInsecure(target)
      scene.forbiddingDirective = facts.directive(forbidding: target, to: page, afterRedirect: true)
    } else if scene.progress == .silent, request.delivery == .notSent, request.request.isPresent(.secFetchMode) != true
    {
      let isHop = scene.redirectCount > 0
      scene.forbiddingDirective = facts.directive(forbidding: asked, to: page, afterRedirect: isHop)
      // A hop that was made and left so may have been refused by its redirect's own answer.
      guard facts.sendsFetchMetadata, !isHop, !asked.hasBadPort else { return }
      scene.isRefusedUnsent = asked.isPotentiallyTrustworthy || page.scheme == "https"
    }
  }

  /// Whether an address is one that no secure page may follow to, and was not followed to over TLS in its stead.
  private func isInsecure(_ target: URLRecord) -> Bool {
    guard target.scheme == "http", !target.isPotentiallyTrustworthy else { return false }
    let upgraded = "https" + target.spelling.dropFirst(4)
    return !exchanges.contains { $0.url == upgraded }
  }

  /// Whether the redirect's next hop was given up before it was sent.
  private func isLeft(_ index: Int) -> Bool {
    guard let next = chains.next[index] else { return false }
    return exchanges[next].failureMark == .aborted && !exchanges[next].wasAnswered && exchanges[next].delivery != .sent
  }

  /// A hop of Firefox's that was made and never given the headers to be sent: its redirect may have been refused.
  private func isStillborn(_ index: Int) -> Bool {
    guard profile.recorder == .firefox, chains.previous[index] != nil, pairing.preflight[index] == nil else {
      return false
    }
    let hop = exchanges[index]
    return hop.delivery == .notSent && hop.request.isPresent(.origin) != true
      && hop.request.isPresent(.secFetchMode) != true
  }

  /// Whether the redirect's next hop was sent, or asked leave to be: then its answer passed.
  private func isFollowed(_ index: Int) -> Bool {
    chains.next[index].map { exchanges[$0].wasAnswered || pairing.preflight[$0] != nil } ?? false
  }

  /// Whether the redirect's own answer explains that it was not followed: the hop is no request of its own then.
  private func refusesRedirect(_ index: Int, _ facts: CaptureFacts) -> Bool {
    guard let scene = scene(of: index, facts: facts) else { return false }
    return scene.forbiddingDirective != nil || Judge.rule(on: scene).decision == .blocked
  }

  /// The scene of a preflight whose request was not recorded; `nil` where the request was.
  func announcedScene(of index: Int, facts: CaptureFacts) -> Scene? {
    guard isPreflight[index], pairing.pairs[index] == nil else { return nil }
    let preflight = exchanges[index]
    guard !isProgram(preflight) else { return nil }
    let origin = preflight.request.value(.origin)
    var scene = Scene(
      request: nil, preflight: preflight, origin: origin,
      originFact: origin.map { Fact("origin", $0, from: "preflight request") }, originIsRecorded: origin != nil,
      credentials: .unknown, engine: profile.engine(of: preflight), profile: profile)
    if preflight.request.isPresent(.secFetchStorageAccess) == true {
      scene.credentials = credentials.evidence(of: preflight, preflight: nil, tainted: false, engine: scene.engine)
    }
    scene.followUpIsHidden = profile.recorder == .firefox || profile.recorder == .chromium && profile.marksOutcome
    scene.goesOn = preflight.isLongBefore(lastStart) && !scene.followUpIsHidden
    scene.capture = facts
    return scene
  }

  /// Whether a program asked that is no browser, and not bound by CORS: a proxy records those too.
  private func isProgram(_ exchange: Exchange) -> Bool { profile.engine == nil && LogAgent.isProgram(exchange) }

  private func runsUnderCORS(
    _ exchange: Exchange, _ preflight: Exchange?, _ origin: String, _ target: URLRecord, _ hops: [Int]
  ) -> Bool {
    if !target.isHTTP { return isRefusedScheme(exchange, target) }
    guard origin != target.origin.serialized else { return false }
    // Chromium says so of a hop that came home too once a preflight was made for it, and its origin is tainted all the same.
    let isTainted = origin == "null" && !hops.isEmpty
    if exchange.request.value(.secFetchSite) == "same-origin", !isTainted { return false }
    var mode = CorsMode.of(exchange, hasPreflight: preflight != nil)
    if mode == .unknown, let first = hops.first {
      // The mode is the fetch's, not the hop's.
      mode = CorsMode.of(exchanges[first], hasPreflight: pairing.preflight[first] != nil)
    }
    if mode == .unknown, profile.recorder == .firefox {
      // Firefox tells no kind; a request it refused before it had headers may have been any.
      return false
    }
    return mode == .cors
  }

  /// A request to a scheme that is neither HTTP's nor exempt, that came to nothing.
  private func isRefusedScheme(_ exchange: Exchange, _ target: URLRecord) -> Bool {
    guard exchange.status == nil, exchange.failureMark != .aborted else { return false }
    switch exchange.kind {
    case .fetch, .xhr, .eventsource, .font, .script, .other, .unknown: break
    case .image, .stylesheet, .media, .texttrack:
      // An element's has an origin where it asks under CORS.
      guard exchange.request.list.contains(.origin) else { return false }
    default: return false
    }
    // Chromium marks like this what CORS refused; a URL that names nothing gets another mark.
    if profile.engine == .chromium, exchange.failureMark == .generic { return target.scheme != "chrome-extension" }
    switch target.scheme {
    case "data", "blob", "about", "ws", "wss", "chrome-extension", "moz-extension", "safari-web-extension",
      "devtools", "javascript":
      return false
    default: return true
    }
  }

  private func origin(
    of index: Int, preflight: Exchange?, hops: [Int]
  ) -> (serialized: String, fact: Fact, isRecorded: Bool)? {
    let exchange = exchanges[index]
    if let origin = exchange.request.value(.origin) {
      return (origin, Fact("origin", origin, from: "request header"), true)
    }
    if let origin = preflight?.request.value(.origin) {
      return (origin, Fact("origin", origin, from: "preflight request"), true)
    }
    if let first = hops.first, let page = pageOrigin(of: exchanges[first]) {
      let urls = (hops + [index]).compactMap { exchanges[$0].target }
      let origin = Redirect.serializedOrigin(of: page.origin, urls: urls)
      return (origin, Fact("origin", origin, from: "inference: the redirects' first request"), false)
    }
    guard let page = pageOrigin(of: exchange) else { return nil }
    return (page.origin.serialized, Fact("origin", page.origin.serialized, from: page.source), false)
  }

  private func asksOwnServer(_ index: Int) -> Bool {
    guard let target = exchanges[index].target, let page = pageOrigin(of: exchanges[index]) else { return false }
    return page.origin.isSameOrigin(as: target.origin)
  }

  func pageOrigin(of exchange: Exchange) -> (origin: Origin, source: String)? {
    if let origin = exchange.request.value(.origin).flatMap({ Origin(parsing: $0) }) {
      return (origin, "request header")
    }
    if let origin = exchange.request.value(.referer).flatMap({ Origin(parsing: $0) }) {
      return (origin, "inference: request header referer")
    }
    return exchange.pageOrigin.flatMap { Origin(parsing: $0) }.map {
      ($0, "inference: the page that the entry belongs to")
    }
  }

  /// A fetch has one credentials mode for all its hops: the first hop that tells decides.
  private func credentials(of index: Int, hops: [Int], engine: Engine?) -> CredentialsEvidence {
    var inferred: CredentialsEvidence?
    for hop in hops + [index] {
      let preflight = pairing.preflight[hop].map { exchanges[$0] }
      let tainted = !hops.isEmpty && hop != hops[0] && exchanges[hop].request.value(.origin) == "null"
      // A same-origin hop carries cookies in any mode but `omit`.
      if !hops.isEmpty, asksOwnServer(hop) { continue }
      let evidence = credentials.evidence(of: exchanges[hop], preflight: preflight, tainted: tainted, engine: engine)
      if evidence.recorded != nil { return evidence }
      if inferred == nil, evidence.inferred != nil { inferred = evidence }
    }
    if inferred == nil, let engine, hops.contains(where: { passesWithoutCredentialsAlone($0, engine) }) {
      return .passedWithoutCredentials
    }
    return inferred ?? .unknown
  }

  /// Whether a redirect that was followed had been refused to a request with credentials.
  private func passesWithoutCredentialsAlone(_ index: Int, _ engine: Engine) -> Bool {
    let hop = exchanges[index]
    // Of the page's own server no leave was asked.
    guard isFollowed(index), hop.request.value(.origin).map({ $0 != hop.target?.origin.serialized }) ?? false else {
      return false
    }
    let answer = Answer(
      status: hop.status, headers: hop.response, expectedOrigin: hop.request.value(.origin),
      httpVersion: hop.httpVersion)
    return !Checks.access(answer, include: true, by: engine).canPass
      && Checks.access(answer, include: false, by: engine).canPass
  }
}

extension SourceProfile {
  /// The engine whose browser sent this request; `nil` where nothing tells.
  func engine(of exchange: Exchange) -> Engine? {
    engine ?? exchange.request.value(.userAgent).flatMap { Engine(userAgent: $0) }
  }
}

extension Exchange {
  /// A CORS-preflight request: `OPTIONS` that announces a method (Fetch, 3.3.2 *HTTP requests*).
  package var isPreflight: Bool {
    kind == .preflight || method == "OPTIONS" && request.isPresent(.accessControlRequestMethod) == true
  }

  /// Whether a recording that goes on until `lastStart` would hold the request that this preflight announced: it follows at
  /// once, but for a round trip, about what the preflight itself took.
  func isLongBefore(_ lastStart: Int64) -> Bool {
    let wait = (duration ?? 0) + max(20_000, 3 * (duration ?? 0))
    return lastStart - (startedAt ?? lastStart) >= wait
  }
}
