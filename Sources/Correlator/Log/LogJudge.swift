package import Evidence
import Fetch

/// Judges lines of server logs one by one, each kind of line once: logs repeat themselves.
package struct LogJudge {
  /// Kinds of lines remembered at most; beyond that, memory starts afresh.
  private static let remembered = 10_000

  private let profile: SourceProfile
  /// By what bears on the judgement alone; and of refusals, with whom they were about.
  private var kinds: [String: Judged] = [:]
  private var refusals: [String: Judged] = [:]
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

    /// Whether what is said holds for one origin and endpoint alone.
    var namesItsSubject: Bool {
      switch self {
      case .refused(let template), .preflight(let template, _), .request(let template, _), .possible(let template):
        template.verdict.fix != nil || template.verdict.decision == .blocked
      case .none: false
      }
    }

    /// Whether pairing has to tell more.
    package var pairs: Bool {
      switch self {
      case .preflight, .request, .possible: true
      case .refused, .none: false
      }
    }
  }

  package mutating func judge(_ exchange: Exchange, _ subject: LogSubject) -> Judged {
    writeKey(exchange, subject)
    let kind = String(decoding: key, as: UTF8.self)
    if let known = kinds[kind] { return known }
    // What a refusal says names the origin and the server: those are kinds of their own.
    add(subject.origin ?? "")
    add(subject.targetOrigin ?? "")
    add(subject.endpoint)
    let refusal = String(decoding: key, as: UTF8.self)
    if let known = refusals[refusal] { return known }
    let judged = judgeAfresh(exchange, subject.endpoint)
    if judged.namesItsSubject {
      if refusals.count >= LogJudge.remembered { refusals = [:] }
      refusals[refusal] = judged
    } else {
      if kinds.count >= LogJudge.remembered { kinds = [:] }
      kinds[kind] = judged
    }
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

  /// Of other fields only the names are looked at; the request's own origin stands for itself.
  private mutating func add(_ judged: FieldSet, of record: HeaderRecord, origin: String?) {
    for field in record.list.fields {
      add(field.name)
      guard let known = field.known, judged.contains(known) else { continue }
      if field.value == origin { key.append(7) } else { add(field.value) }
    }
  }

  private mutating func add(_ text: String) {
    key.append(contentsOf: text.utf8)
    key.append(0)
  }

  /// Everything that a judgement looks at.
  private mutating func writeKey(_ exchange: Exchange, _ subject: LogSubject) {
    key.removeAll(keepingCapacity: true)
    add(exchange.method)
    add(exchange.status.map(String.init) ?? "")
    key.append(exchange.cookieSent == .recorded(true) ? 1 : 2)
    // Firefox counts equal fields by their spelling, which HTTP/2 does not keep.
    key.append(exchange.httpVersion == .http2 || exchange.httpVersion == .http3 ? 1 : 2)
    // Of the user agent only the engine counts, and of the origin whether there is one, and what answers to it.
    key.append(UInt8(exchange.request.value(.userAgent).flatMap { Engine(userAgent: $0) }?.rawValue.utf8.count ?? 0))
    key.append(subject.origin == nil ? 3 : exchange.request.list.contains(.origin) ? 4 : 5)
    add(Self.judged, of: exchange.request, origin: subject.origin)
    key.append(6)
    add(Self.judged, of: exchange.response, origin: subject.origin)
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

/// Who asked what of whom: what verdicts are counted by.
package struct LogSubject: Sendable {
  package var origin: String?
  package var targetOrigin: String?
  package var endpoint: String
  /// The request's method: the announced one for a preflight, empty where it was not recorded.
  package var method: String

  package init(_ exchange: Exchange, endpoint: String) {
    origin = LogScene.originText(of: exchange)
    targetOrigin = exchange.target?.origin.serialized
    self.endpoint = endpoint
    method = exchange.method == "OPTIONS" ? exchange.request.value(.accessControlRequestMethod) ?? "" : exchange.method
  }
}
