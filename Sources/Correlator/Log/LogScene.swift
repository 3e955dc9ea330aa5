package import Evidence
import Fetch

/// What one line of a server's log is to CORS, by itself: before it is known what followed what.
package enum LogScene {
  enum Role: Sendable {
    /// A preflight that no engine's rules let pass, whatever was not recorded: nothing can have followed it.
    case refusedPreflight(Scene)
    /// A preflight that may have passed.
    case preflight(Scene)
    /// A request of which the log says that it ran under CORS.
    case request(Scene)
    /// A request that may have: a preflight for it has to tell.
    case possibleRequest(Scene)
    /// None of CORS' business.
    case none
  }

  static func role(of exchange: Exchange, profile: SourceProfile) -> Role {
    // Browsers alone are bound by CORS.
    if LogAgent.isProgram(exchange) { return .none }
    let scene = scene(of: exchange, profile: profile)
    if exchange.mayBePreflight {
      return canPass(scene) ? .preflight(scene) : .refusedPreflight(scene)
    }
    if let mode = exchange.request.value(.secFetchMode), mode != "cors" { return .none }
    // A WebSocket's handshake, which carries an origin too.
    guard exchange.status != 101, exchange.request.isPresent(.upgrade) != true else { return .none }
    // A line that says nothing of its origin may still be what a preflight of the same client was made for.
    guard let origin = scene.origin else {
      return exchange.request.isPresent(.origin) == nil ? .possibleRequest(scene) : .none
    }
    switch server(of: exchange, for: origin) {
    case .own: return .none
    case .ownBehindTLS where exchange.request.value(.secFetchSite) == nil: return .none
    case .ownBehindTLS, .other: break
    }
    let isUnderCORS = scene.originIsRecorded || exchange.request.value(.secFetchMode) == "cors"
    return isUnderCORS ? .request(scene) : .possibleRequest(scene)
  }

  /// What the line shows, by itself, and with it all lines of its kind: how long it took is told by its own row alone.
  static func scene(of exchange: Exchange, profile: SourceProfile) -> Scene {
    var exchange = exchange
    exchange.duration = nil
    let origin = origin(of: exchange)
    var scene = Scene(
      request: nil, preflight: nil, origin: origin?.serialized, originFact: origin?.fact,
      originIsRecorded: origin?.isRecorded ?? false, credentials: .unknown,
      engine: exchange.request.value(.userAgent).flatMap { Engine(userAgent: $0) }, profile: profile)
    if exchange.mayBePreflight {
      scene.preflight = exchange
      scene.goesOn = false
    } else {
      scene.request = exchange
      scene.credentials = credentials(of: exchange, scene.engine)
      scene.modeIsRecorded = CorsMode.isRecorded(exchange, hasPreflight: false)
    }
    return scene
  }

  /// Whether a request with an origin may be a form's, sent in place of a page: of a POST that logins and payments send back to a
  /// site the origin is another one too.
  static func mayBeForm(_ scene: Scene) -> Bool {
    guard let request = scene.request, request.method == "POST", request.request.value(.secFetchMode) == nil else {
      return false
    }
    guard let type = request.request.value(.contentType) else {
      // What is sent by a form mostly leads on to a page.
      return request.request.isPresent(.contentType) == nil && request.status.map(Redirect.isRedirectStatus) ?? false
    }
    let essence = type.prefix { $0 != ";" }.trimmingHTTPWhitespace().asciiLowercased()
    return ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"].contains(essence)
  }

  /// Whether some engine's rules, under some credentials mode, let the preflight pass.
  private static func canPass(_ scene: Scene) -> Bool {
    let engines = scene.engine.map { [$0] } ?? Engine.allCases
    let answer = scene.preflightAnswer
    return engines.contains { engine in
      [false, true].contains { Checks.preflight(answer, include: $0, by: engine).canPass }
    }
  }

  /// Whether the preflight, or the request, passes without credentials alone: that it passed then tells the mode.
  static func refusesCredentials(_ scene: Scene, of part: Verdict.Phase) -> Bool {
    guard let engine = scene.engine else { return false }
    let outcomes =
      part == .preflight
      ? Checks.preflight(scene.preflightAnswer, include: true, by: engine)
      : Checks.access(scene.answer, include: true, by: engine)
    return !outcomes.canPass
  }

  /// The origin of a `Referer`; `nil` for one that has none.
  package static func origin(ofReferer referer: String) -> String? { Origin(parsing: referer)?.serialized }

  /// The origin that the line names, or its stand-in: that of the `Referer`, as `ofReferer` makes it out.
  static func origin(
    of exchange: Exchange, ofReferer: (String) -> String? = { LogScene.origin(ofReferer: $0) }
  ) -> (serialized: String, fact: Fact?, isRecorded: Bool)? {
    if let origin = exchange.request.value(.origin), !origin.isEmpty {
      return (origin, nil, true)
    }
    // Browsers send at least the origin of the page, unless its policy forbids.
    guard exchange.request.isPresent(.origin) != false, let referer = exchange.request.value(.referer),
      let origin = ofReferer(referer)
    else { return nil }
    return (origin, Fact("origin", "not logged: the referer's stands in for it", from: "inference"), false)
  }

  /// Whose the server is, to who asked it.
  enum Server: UInt8 {
    case other = 1
    case own
    /// The same but for `http` in place of `https`: what a server logs behind a proxy that ends TLS. A secure page's request to an http
    /// address is mixed content, which browsers do not send.
    case ownBehindTLS
  }

  /// Whose the server is, as far as the line names it.
  static func server(of exchange: Exchange, for origin: String) -> Server {
    if let target = exchange.target {
      if target.origin.serialized == origin { return .own }
      guard target.scheme == "http", let page = URLRecord(origin), page.scheme == "https" else { return .other }
      return page.host == target.host && page.port == nil && target.port == nil ? .ownBehindTLS : .other
    }
    guard let host = exchange.request.value(.host), let own = URLRecord("https://" + host), origin != "null",
      let parsed = URLRecord(origin)
    else { return .other }
    return own.host == parsed.host && (own.port == parsed.port || own.port == nil) ? .own : .other
  }

  /// Whether a request shows that it had credentials.
  static func showsCredentials(_ exchange: Exchange) -> Bool { credentials(of: exchange, nil).recorded == true }

  private static func credentials(of exchange: Exchange, _ engine: Engine?) -> CredentialsEvidence {
    if exchange.cookieSent == .recorded(true) {
      return .recorded(true, Fact("credentials mode", "include: a cookie travelled cross-origin", from: "log"))
    }
    if let state = exchange.request.value(.secFetchStorageAccess) {
      return .recorded(true, Fact("credentials mode", "include: sec-fetch-storage-access: \(state)", from: "log"))
    }
    return lacksStorageAccess(exchange, engine) ? .withoutStorageAccess : .unknown
  }

  /// Whether a cross-site request went without `Sec-Fetch-Storage-Access` though its browser sends it with credentials.
  ///
  /// After a redirect that tainted the origin it is not sent.
  static func lacksStorageAccess(_ exchange: Exchange, _ engine: Engine?) -> Bool {
    guard exchange.request.isPresent(.secFetchStorageAccess) == false,
      exchange.request.value(.secFetchSite) == "cross-site", exchange.request.value(.origin) != "null",
      !exchange.mayBeSameSite
    else { return false }
    return engine?.sendsStorageAccess(exchange.request.value(.userAgent)) ?? false
  }

  /// The target with its variable parts folded: with the host where the line names it, a path alone where not.
  package static func endpoint(of exchange: Exchange) -> String {
    if let target = exchange.target { return Endpoint.of(target) }
    let path = Endpoint.ofPath(exchange.url)
    return exchange.request.value(.host).map { $0.asciiLowercased() + path } ?? path
  }
}

extension Exchange {
  /// An `OPTIONS` that announces a method, or may do so where the log does not tell: a page can ask for one by itself.
  var mayBePreflight: Bool { method == "OPTIONS" && request.isPresent(.accessControlRequestMethod) != false }
}
