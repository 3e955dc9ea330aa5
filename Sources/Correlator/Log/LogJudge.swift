package import Evidence
import Fetch

/// Judges lines of server logs one by one, each kind of line once: logs repeat themselves.
package struct LogJudge {
  /// Kinds of lines remembered at most; beyond that, memory starts afresh.
  private static let remembered = 30_000

  private let profile: SourceProfile
  private var memory: [String: Judged] = [:]
  private var key: [UInt8] = []

  package init(profile: SourceProfile) {
    self.profile = profile
  }

  /// What a line is, and what is to be said of it.
  package enum Judged {
    /// A preflight that was refused whatever was not recorded.
    case refused(VerdictTemplate)
    /// A preflight: what is to be said if nothing followed it. `refusesCredentials`: a follow-up shows that there were none.
    case preflight(ifAlone: VerdictTemplate, refusesCredentials: Bool)
    /// A request under CORS; `withoutCredentials` where knowing that there were none decides what is open.
    case request(VerdictTemplate, withoutCredentials: VerdictTemplate?)
    /// A request that ran under CORS if a preflight was made for it.
    case possible(VerdictTemplate)
    case none

    /// Whether pairing has to tell more.
    package var pairs: Bool {
      switch self {
      case .preflight, .request, .possible: true
      case .refused, .none: false
      }
    }
  }

  package mutating func judge(_ exchange: Exchange, endpoint: String) -> Judged {
    let key = memoryKey(exchange, endpoint)
    if let known = memory[key] { return known }
    if memory.count >= LogJudge.remembered { memory = [:] }
    let judged = judgeAfresh(exchange, endpoint)
    memory[key] = judged
    return judged
  }

  private func judgeAfresh(_ exchange: Exchange, _ endpoint: String) -> Judged {
    switch LogScene.role(of: exchange, profile: profile) {
    case .none: return .none
    case .refusedPreflight(let scene): return .refused(template(scene, endpoint))
    case .preflight(let scene):
      var alone = scene
      alone.goesOn = true
      return .preflight(ifAlone: template(alone, endpoint), refusesCredentials: LogScene.refusesCredentials(scene))
    case .possibleRequest(let scene): return .possible(template(scene, endpoint))
    case .request(let scene):
      let judged = template(scene, endpoint)
      guard judged.verdict.decision == .undetermined else { return .request(judged, withoutCredentials: nil) }
      var known = scene
      known.credentials = .inferred(
        false, "not include: its preflight passes only without credentials, and was followed")
      return .request(judged, withoutCredentials: template(known, endpoint))
    }
  }

  private func template(_ scene: Scene, _ endpoint: String) -> VerdictTemplate {
    VerdictTemplate(
      VerdictBuilder.verdict(for: scene, Judge.rule(on: scene), endpoint: endpoint, hasAllowOriginElsewhere: false))
  }

  /// The fields whose values bear on a judgement, or on the cause and the fix that go with it.
  private static let judged = FieldSet(
    .origin, .accessControlRequestMethod, .accessControlRequestHeaders, .secFetchMode, .secFetchSite,
    .secFetchStorageAccess, .host, .contentType, .accessControlAllowOrigin, .accessControlAllowCredentials,
    .accessControlAllowMethods, .accessControlAllowHeaders, .vary, .location, .server, .via, .wwwAuthenticate, .allow,
    .xCache, .cfCacheStatus, .xAmznErrorType)

  /// Of other fields only the names are looked at.
  private mutating func add(_ judged: FieldSet, of record: HeaderRecord) {
    for field in record.list.fields {
      add(field.name)
      if let known = field.known, judged.contains(known) { add(field.value) }
    }
  }

  private mutating func add(_ text: String) {
    key.append(contentsOf: text.utf8)
    key.append(0)
  }

  /// Everything that a judgement looks at.
  private mutating func memoryKey(_ exchange: Exchange, _ endpoint: String) -> String {
    key.removeAll(keepingCapacity: true)
    add(exchange.method)
    add(endpoint)
    add(exchange.status.map(String.init) ?? "")
    key.append(exchange.cookieSent == .recorded(true) ? 1 : 2)
    // Firefox counts equal fields by their spelling, which HTTP/2 does not keep.
    key.append(exchange.httpVersion == .http2 || exchange.httpVersion == .http3 ? 1 : 2)
    // Of the user agent only the engine counts.
    key.append(UInt8(exchange.request.value(.userAgent).flatMap { Engine(userAgent: $0) }?.rawValue.utf8.count ?? 0))
    add(Self.judged, of: exchange.request)
    if !exchange.request.list.contains(.origin) {
      add(exchange.request.value(.referer).flatMap { Origin(parsing: $0)?.serialized } ?? "")
    }
    key.append(3)
    add(Self.judged, of: exchange.response)
    return String(decoding: key, as: UTF8.self)
  }
}

/// A verdict for every line of one kind: place, time, client, status and URL are the line's own.
package final class VerdictTemplate {
  package let verdict: Verdict
  /// A place for the store to remember where it keeps what the lines have in common.
  package var storedAs: [Int64?]?

  init(_ verdict: Verdict) {
    self.verdict = verdict
  }
}
