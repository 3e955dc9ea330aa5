import Evidence
import Fetch

/// Turns an entry as written into an exchange, by what its exporter means.
struct EntryInterpreter {
  let dialect: HARDialect
  /// Whether cookies and authorization may have been removed on export.
  var mayBeSanitized: Bool
  /// Targets whose preflight announced an `Authorization` header.
  var authorizedTargets: Set<String> = []

  func exchange(_ entry: HAREntry) -> Exchange {
    var exchange = entry.exchange
    if exchange.httpVersion == .unknown { exchange.httpVersion = version(entry) }
    if exchange.kind == .unknown { exchange.kind = kind(exchange) }
    if entry.isAPIRequest { exchange.kind = .other }
    exchange.isSynthetic =
      exchange.isSynthetic || entry.wasMadeUp || exchange.response.list.contains(.nonAuthoritativeReason)
    exchange.hasPage = entry.pageref != nil || dialect.family != .devTools
    exchange.outcome = outcome(entry)
    exchange.delivery = delivery(entry)
    if cameOffNetwork(entry), entry.responseBodySize == 0 {
      exchange.servedByServiceWorker = true
      // What an answer without content can be as well: one out of the HTTP cache.
      if entry.hasContent { exchange.outcome = .succeeded }
    } else if cameOffNetwork(entry) {
      exchange.fromCache = true
    }
    if let location = entry.redirectURL, !location.isEmpty, let status = exchange.status, (300..<400).contains(status),
      !exchange.response.list.contains(.location)
    {
      exchange.response.list.fields.append(HeaderField(name: "Location", known: .location, value: location))
    }
    record(entry, &exchange)
    exchange.cookieSent = cookieSent(entry, exchange)
    exchange.bodyWasTaken = bodyWasTaken(entry, exchange)
    exchange.mayBeWithheld = dialect.withholdsBroken && lacksBody(entry, exchange)
    return exchange
  }

  /// Whether nothing is recorded of a body that the answer's head announced: it never came, or was passed on unkept.
  private func lacksBody(_ entry: HAREntry, _ exchange: Exchange) -> Bool {
    guard entry.responseBodySize == 0, exchange.method != "HEAD", exchange.status != 304 else { return false }
    return exchange.announcedBody.map { $0 > 0 } ?? false
  }

  /// Firefox counts what it took of the body, and gives up at once what it refuses to a worker, a redirect that it does not follow, and
  /// a script or style sheet of another type.
  private func bodyWasTaken(_ entry: HAREntry, _ exchange: Exchange) -> Bool? {
    guard dialect.family == .firefox, exchange.method != "HEAD", exchange.status != 304,
      let head = entry.responseHeadersSize, head > 0, let size = entry.responseBodySize,
      let announced = exchange.announcedBody, announced > 0
    else { return nil }
    // Sizes are what the file says: their sum may be no number.
    return size == head ? false : size &- head == announced ? true : nil
  }

  /// Chromium leaves the version of failed entries empty; only HTTP/2 and later have pseudo-headers.
  private func version(_ entry: HAREntry) -> HTTPVersion {
    if entry.requestVersion != .unknown { return entry.requestVersion }
    if entry.hasPseudoHeaders { return .http2 }
    guard dialect.family == .devTools, entry.hasHost,
      let host = entry.exchange.request.list.fields.first(where: { $0.known == .host })
    else { return .unknown }
    return host.name == "host" ? .http2 : .http11
  }

  private func kind(_ exchange: Exchange) -> ResourceKind {
    let request = exchange.request.list
    if exchange.method == "OPTIONS", exchange.request.isPresent(.accessControlRequestMethod) == true {
      return .preflight
    }
    if let destination = request.get(.secFetchDest) { return ResourceKind(destination: destination) }
    if let scheme = exchange.target?.scheme, scheme == "ws" || scheme == "wss" { return .websocket }
    return .unknown
  }

  private func outcome(_ entry: HAREntry) -> Exchange.Outcome {
    if case .text(let words) = entry.failureText { return .failed(words) }
    if case .text(let words) = entry.error { return .failed(words) }
    if let charles = entry.charlesStatus, charles.asciiLowercased() == "failed" { return .failed(charles) }
    // Safari exports finished loads alone, and a load that CORS refuses does not finish (`HARBuilder.js`, `SubresourceLoader`).
    if dialect.family == .safari, entry.exchange.status != nil { return .succeeded }
    guard dialect.marksOutcome else { return .notMarked }
    // Before Chrome 50 nothing was marked: no answer and no mark is no success.
    if entry.exchange.status == nil, entry.error == .absent { return .notMarked }
    // What took away the exporter's other members took its marks as well.
    if dialect.family == .devTools, entry.signs.isDisjoint(with: [.resourceType, .initiatorObject]) {
      return .notMarked
    }
    return .succeeded
  }

  /// Whether Firefox shows an answer without its head's size: a service worker gave it, or the HTTP cache, of which the body is counted.
  private func cameOffNetwork(_ entry: HAREntry) -> Bool {
    guard dialect.family == .firefox, entry.exchange.status != nil else { return false }
    return entry.requestHeadersSize == 0 && entry.responseHeadersSize == 0
  }

  private func delivery(_ entry: HAREntry) -> Exchange.Delivery {
    switch dialect.family {
    case .devTools: return entry.hasHost ? .sent : .provisional
    case .playwright:
      return entry.hasHost || entry.exchange.status != nil ? .sent : .provisional
    case .firefox:
      if entry.exchange.status != nil { return .sent }
      guard let size = entry.requestHeadersSize else { return .unknown }
      return size == 0 ? .notSent : size > 0 ? .sent : .unknown
    case .proxy, .apiClient, .webPageTest, .splash: return .sent
    // Firefox lists `Host` with what was never sent as well.
    case .safari, .chromeHAR, .unknown: return entry.exchange.status != nil ? .sent : .unknown
    }
  }

  /// What the two sides' lists cover.
  private func record(_ entry: HAREntry, _ exchange: inout Exchange) {
    exchange.request.duplicates = entry.isHeaderMap ? .unknown : dialect.duplicates
    exchange.response.duplicates = exchange.request.duplicates
    // A server of HTTP/1 writes some name with a capital, if a tool has not put all in small letters.
    if exchange.httpVersion == .http11 || exchange.httpVersion == .http10, entry.hasResponseHeaders, !entry.spellsNames,
      exchange.response.duplicates == .kept
    {
      exchange.response.duplicates = .respelled
    }
    let isWireComplete = entry.hasHost || !expectsHost
    if !entry.hasHeaders {
      exchange.request.coverage = .only([])
    } else if !isWireComplete {
      exchange.request.coverage = .only(
        mayBeSanitized
          ? EntryInterpreter.authorFields.intersection(EntryInterpreter.publicFields) : EntryInterpreter.authorFields)
    } else if mayBeSanitized {
      exchange.request.coverage = .only(EntryInterpreter.publicFields)
    } else if dialect.family == .firefox {
      exchange.request.coverage = .only(FieldSet.every.subtracting(FieldSet(.proxyAuthorization)))
    }
    if !entry.hasResponseHeaders, exchange.status == nil || !isBareAnswer(entry) {
      // Where a redirect leads may be known without.
      exchange.response.coverage = .only(exchange.response.list.contains(.location) ? FieldSet(.location) : [])
    } else if mayBeSanitized {
      exchange.response.coverage = .only(EntryInterpreter.publicFields)
    }
  }

  /// Whether an answer without fields had none: every server sends some, unless the head's size is that of its first line.
  private func isBareAnswer(_ entry: HAREntry) -> Bool {
    guard let size = entry.responseHeadersSize, size > 0 else { return false }
    return size <= "HTTP/1.1 200 \r\n\r\n".utf8.count + entry.statusTextSize
  }

  /// Whether a list without `Host` holds only what the page asked for.
  private var expectsHost: Bool {
    switch dialect.family {
    case .devTools, .playwright, .chromeHAR: true
    default: false
    }
  }

  private func cookieSent(_ entry: HAREntry, _ exchange: Exchange) -> Recorded<Bool> {
    if exchange.request.isPresent(.cookie) == true { return .recorded(true) }
    if entry.hasCookies, exchange.delivery == .sent, dialect.family != .devTools { return .recorded(true) }
    guard exchange.delivery == .sent, entry.hasHeaders else { return .notRecorded }
    guard dialect.family == .devTools else {
      return exchange.request.covers(.cookie) ? .recorded(false) : .notRecorded
    }
    if let gap = headerGap(entry, exchange) {
      // Two bytes are the blank line, which was counted before 2018.
      if gap == 0 || gap == 2 { return .recorded(false) }
      if gap > 2, !mayCarryAuthorization(exchange) { return .recorded(true) }
    }
    return mayBeSanitized ? .notRecorded : .recorded(false)
  }

  /// Whether it is sure that no line was removed from the request's head; a request that was never sent had none.
  func isComplete(_ entry: HAREntry, _ exchange: Exchange) -> Bool {
    guard exchange.delivery == .sent else { return true }
    guard let gap = headerGap(entry, exchange) else { return false }
    return gap == 0 || gap == 2
  }

  /// How many bytes of an HTTP/1 request's head are not in its list: lines that were removed on export.
  private func headerGap(_ entry: HAREntry, _ exchange: Exchange) -> Int? {
    guard let size = entry.requestHeadersSize, size > 0, entry.hasHost, !entry.hasPseudoHeaders, !exchange.fromCache,
      let target = exchange.target, target.isHTTP, exchange.httpVersion == .http11 || exchange.httpVersion == .http10,
      exchange.kind != .websocket
    else { return nil }
    let query = target.query.map { $0.utf8.count + 1 } ?? 0
    let requestLine = exchange.method.utf8.count + 1 + target.path.utf8.count + query + 11
    let gap = size - requestLine - entry.requestFieldBytes
    return gap < 0 ? nil : gap
  }

  /// Whether the removed lines may have been an `Authorization` that a script set.
  ///
  /// Across origins that needs a preflight which announces it.
  private func mayCarryAuthorization(_ exchange: Exchange) -> Bool {
    guard let origin = exchange.request.value(.origin), let target = exchange.target,
      origin != target.origin.serialized
    else { return true }
    return authorizedTargets.contains(exchange.url)
  }

  /// What a list without the browser's own fields still shows to be absent: the page sets these, or nobody does.
  private static let authorFields = FieldSet(.contentType, .contentLanguage, .range, .authorization)
  /// All but what a sanitising exporter removes.
  private static let publicFields = FieldSet.every.subtracting(FieldSet(.cookie, .authorization, .setCookie))
}

extension FieldSet {
  static let every = KnownField.allCases.reduce(into: FieldSet()) { $0.insert($1) }
}

extension Exchange {
  /// The body's size as the answer's head states it.
  fileprivate var announcedBody: Int? { response.value(.contentLength).flatMap { Int($0) } }
}
