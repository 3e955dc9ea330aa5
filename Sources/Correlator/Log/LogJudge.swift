package import Evidence
import Fetch

/// Judges lines of server logs one by one, each kind of line once: logs repeat themselves.
package struct LogJudge {
  /// Kinds of lines remembered at most; beyond that, memory starts afresh.
  private static let remembered = 4_000

  private let profile: SourceProfile
  /// By what bears on the decision alone; and what is said of each kind, with whom it is about where that is named.
  private var kinds: [Key: LineKind] = [:]
  private var words: [Key: Judged] = [:]
  private var key: [UInt8] = []
  /// Whether an origin is the server's own, by the two.
  private var own: [Ends: LogScene.Server] = [:]

  package init(profile: SourceProfile) {
    self.profile = profile
  }

  /// What a line is, and what is to be said of it.
  package enum Judged {
    /// A preflight that was refused whatever was not recorded.
    case refused(VerdictTemplate)
    /// A preflight: what is to be said if nothing followed it, and if it is in doubt whether something did. `refusesCredentials`: a
    /// follow-up shows that there were none.
    case preflight(ifAlone: VerdictTemplate, inDoubt: VerdictTemplate?, refusesCredentials: Bool)
    /// A request under CORS; `withoutCredentials` where knowing that there were none decides what is open. `refusesCredentials`: its
    /// answer passes without them alone.
    case request(VerdictTemplate, withoutCredentials: VerdictTemplate?, refusesCredentials: Bool)
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

  /// Whether what is said of a line may depend on its very target: a redirect leads somewhere else from there, and where no answer
  /// is recorded, or the origin is opaque, the target's address is all there is to tell of.
  package static func looksAtTarget(_ exchange: Exchange) -> Bool {
    guard let status = exchange.status, !Redirect.isRedirectStatus(status) else { return true }
    return exchange.response.isPresent(.location) == true || exchange.request.value(.origin) == "null"
  }

  package mutating func judge(_ exchange: Exchange, _ subject: LogSubject) -> Judged {
    writeKey(exchange, subject)
    let kind = kinds[Key(key)] ?? newKind(exchange)
    if kind.namesItsSubject {
      add(subject.origin ?? "")
      add(subject.targetOrigin ?? "")
      if LogJudge.looksAtTarget(exchange) { add(exchange.url) }
    }
    let subjects = Key(key)
    if let known = words[subjects] { return known }
    if words.count >= LogJudge.remembered { words = [:] }
    let judged = kind.judged(LogScene.scene(of: exchange, profile: profile), subject.endpoint)
    words[subjects] = judged
    return judged
  }

  private mutating func newKind(_ exchange: Exchange) -> LineKind {
    if kinds.count >= LogJudge.remembered { kinds = [:] }
    let kind = LineKind(LogScene.role(of: exchange, profile: profile))
    kinds[Key(key)] = kind
    return kind
  }

  /// The fields whose values bear on a judgement, or on the cause and the fix that go with it.
  private static let judged = FieldSet(
    .origin, .accessControlRequestMethod, .accessControlRequestHeaders, .secFetchMode, .secFetchSite,
    .secFetchStorageAccess, .host, .contentType, .accessControlAllowOrigin, .accessControlAllowCredentials,
    .accessControlAllowMethods, .accessControlAllowHeaders, .vary, .location, .server, .via, .wwwAuthenticate, .allow,
    .xCache, .cfCacheStatus, .xAmznErrorType)

  /// Of other fields only the names are looked at; the request's own origin stands for itself. What is absent may be so because
  /// nobody looked.
  private mutating func add(_ judged: FieldSet, of record: HeaderRecord, origin: String?) {
    add(record.redacted.rawValue)
    if case .only(let fields) = record.coverage { add(fields.rawValue) }
    for field in record.list.fields {
      add(field.name)
      guard let known = field.known, judged.contains(known) else { continue }
      if field.value == origin {
        key.append(7)
      } else {
        add(field.value)
        // What is nearly the origin, or holds it, is one thing to this origin and another to the next.
        if known == .accessControlAllowOrigin, field.value != "*" { add(origin ?? "") }
      }
    }
  }

  private mutating func add(_ number: UInt64) {
    withUnsafeBytes(of: number) { key.append(contentsOf: $0) }
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
    // Firefox counts equal fields by their spelling, which HTTP/2 does not keep; Chromium refuses over it what passes elsewhere.
    switch exchange.httpVersion {
    case .http10: key.append(1)
    case .http2: key.append(2)
    case .http3: key.append(3)
    default: key.append(4)
    }
    // Of the user agent only the engine counts, whether it is a browser's, and what it leaves out, and of the origin whether there is one, and what answers.
    key.append(UInt8(subject.agent.engine?.rawValue.utf8.count ?? 0))
    key.append(LogScene.lacksStorageAccess(exchange, subject.agent.engine) ? 1 : 2)
    key.append(subject.origin == nil ? 3 : exchange.request.list.contains(.origin) ? 4 : 5)
    key.append(server(subject, exchange).rawValue)
    key.append(subject.agent.isProgram ? 1 : 2)
    key.append(subject.origin.map { $0.isAppOrigin ? 3 : $0.isExtensionOrigin ? 1 : 2 } ?? 2)
    // What is no http URL is not under CORS, and a redirect's target is known only of a target that is.
    add(exchange.target?.scheme ?? "")
    // A relative location leads on from the target.
    if exchange.response.isPresent(.location) == true { add(exchange.url) }
    add(Self.judged, of: exchange.request, origin: subject.origin)
    key.append(6)
    add(Self.judged, of: exchange.response, origin: subject.origin)
  }
}

extension LogJudge {
  /// Hashed once, in words: Swift's own hash goes over hundreds of bytes one by one, each time it is asked for.
  private struct Key: Hashable {
    let bytes: [UInt8]
    let hash: UInt64

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      var hash = StableHash()
      bytes.withUnsafeBytes { hash.add($0) }
      self.hash = hash.value
    }

    func hash(into hasher: inout Hasher) { hasher.combine(hash) }

    static func == (one: Key, other: Key) -> Bool { one.hash == other.hash && one.bytes == other.bytes }
  }

  private struct Ends: Hashable {
    let origin: String
    let server: String
  }

  /// Whose the server is: two lines alike in all else may differ in that.
  private mutating func server(_ subject: LogSubject, _ exchange: Exchange) -> LogScene.Server {
    guard let origin = subject.origin, let server = subject.targetOrigin ?? exchange.request.value(.host) else {
      return .other
    }
    let ends = Ends(origin: origin, server: server)
    if let known = own[ends] { return known }
    if own.count >= LogJudge.remembered { own = [:] }
    let found = LogScene.server(of: exchange, for: origin)
    own[ends] = found
    return found
  }
}

/// A verdict for every line of one kind: place, time, client, status and URL are the line's own.
package final class VerdictTemplate {
  package let verdict: Verdict

  init(_ verdict: Verdict) {
    self.verdict = verdict
  }
}
