import Evidence
import Fetch

/// What is known of a request's credentials mode, as far as CORS asks: was it `include`?
struct CredentialsEvidence {
  /// Follows from recorded bytes.
  var recorded: Bool?
  /// Rests on an inference; never says less than `recorded`.
  var inferred: Bool?
  var fact: Fact?

  static let unknown = CredentialsEvidence()

  /// The modes that recorded bytes leave open.
  var recordedPossible: [Bool] { recorded.map { [$0] } ?? [false, true] }

  /// What tells, be it an inference; `nil` where nothing does.
  var known: Bool? { recorded ?? inferred }

  /// The modes that are left when the inference holds; the likelier first.
  var possible: [Bool] { known.map { [$0] } ?? [false, true] }

  /// What a cross-site request shows by lacking the field, where its browser sends it.
  static let withoutStorageAccess = inferred(
    false, "not include: no sec-fetch-storage-access on a cross-site request of a browser that sends it")

  /// What a redirect shows by having been followed.
  static let passedWithoutCredentials = inferred(
    false, "not include: a redirect before it was followed, which passes only without credentials")

  static func recorded(_ include: Bool, _ fact: Fact) -> CredentialsEvidence {
    CredentialsEvidence(recorded: include, inferred: include, fact: fact)
  }

  static func inferred(_ include: Bool, _ value: String) -> CredentialsEvidence {
    CredentialsEvidence(inferred: include, fact: Fact("credentials mode", value, from: "inference"))
  }
}

extension Verdict {
  /// Whether its evidence says that the request was made with credentials, and the fact that does; `nil` where it says neither.
  ///
  /// Other modes than `include` are all one to CORS.
  var credentials: (include: Bool, fact: Fact)? {
    guard let fact = evidence.first(where: { $0.fact == "credentials mode" }), fact.value != "not recorded" else {
      return nil
    }
    return (fact.value.hasPrefix("include"), fact)
  }
}

extension Engine {
  /// Whether the browser of this `User-Agent` is of a version seen to send `Sec-Fetch-Storage-Access`.
  func sendsStorageAccess(_ userAgent: String?) -> Bool {
    guard let userAgent, let version = Engine.majorVersion(of: self, in: userAgent) else { return false }
    return switch self {
    case .chromium: version >= 134
    case .firefox: version >= 153
    case .webkit: false
    }
  }
}

/// Whether a capture's browser sends `Sec-Fetch-Storage-Access`, and the cookies that the capture shows.
struct CredentialsReader {
  /// Some request in the capture sent `Sec-Fetch-Storage-Access`: its browser knows the field.
  private(set) var sawStorageAccess = false
  /// Some element's request, which has credentials always, went to another site without the field: a Firefox that blocks the cookies of
  /// other sites does not send it.
  private var lacksStorageAccess = false
  /// When a host was first sent a cookie in the capture.
  private var firstSent: [String: Int64] = [:]
  /// When hosts of a site first and last set a cookie: one may set it for all of them.
  private var setCookies: [String: ClosedRange<Int64>] = [:]

  mutating func note(_ exchange: Exchange) {
    if exchange.request.isPresent(.secFetchStorageAccess) == true { sawStorageAccess = true }
    if exchange.hasCredentialsAlways, exchange.request.isPresent(.secFetchStorageAccess) == false {
      lacksStorageAccess = true
    }
    guard let host = exchange.target?.host else { return }
    if exchange.cookieSent == .recorded(true) {
      firstSent[host] = min(firstSent[host] ?? .max, exchange.startedAt ?? .min)
    }
    if exchange.response.isPresent(.setCookie) == true, let begun = exchange.startedAt {
      let time = begun + (exchange.duration ?? 0)
      let known = setCookies[Self.site(of: host)] ?? time...time
      setCookies[Self.site(of: host)] = min(known.lowerBound, time)...max(known.upperBound, time)
    }
  }

  /// What this entry by itself tells.
  func evidence(of exchange: Exchange, preflight: Exchange?, tainted: Bool, engine: Engine?) -> CredentialsEvidence {
    if exchange.request.isPresent(.cookie) == true {
      return .recorded(
        true, Fact("credentials mode", "include: a cookie travelled cross-origin", from: "request header cookie"))
    }
    if let state = exchange.request.value(.secFetchStorageAccess) ?? preflight?.request.value(.secFetchStorageAccess) {
      let fact = Fact("credentials mode", "include: sec-fetch-storage-access: \(state)", from: "request header")
      return .recorded(true, fact)
    }
    if exchange.cookieSent == .recorded(true) {
      return .inferred(true, "include: the recorded size of the request has room for a cookie that the export left out")
    }
    switch exchange.kind {
    // One that is preloaded may be asked for otherwise, and is like the others but for what was sent.
    case .font where exchange.delivery != .provisional:
      return .inferred(false, "same-origin: fonts are always fetched so")
    case .ping: return .inferred(true, "include: beacons are always sent so")
    default: break
    }
    guard exchange.delivery == .sent || exchange.delivery == .notSent, !tainted else { return .unknown }
    switch exchange.request.value(.secFetchSite) {
    case "cross-site" where !exchange.mayBeSameSite && sendsStorageAccess(exchange, engine):
      return .withoutStorageAccess
    case "same-site" where exchange.cookieSent == .recorded(false) && hasCookie(for: exchange):
      return .inferred(false, "not include: no cookie travelled, though the capture shows one for this host")
    default: return .unknown
    }
  }

  /// Whether the browser would have sent the field with credentials.
  private func sendsStorageAccess(_ exchange: Exchange, _ engine: Engine?) -> Bool {
    if sawStorageAccess { return true }
    return !lacksStorageAccess && engine?.sendsStorageAccess(exchange.request.value(.userAgent)) ?? false
  }

  /// Whether the browser had a cookie for the host by then: it was sent one before, or one later that nobody may have set meanwhile.
  private func hasCookie(for exchange: Exchange) -> Bool {
    guard let host = exchange.target?.host, let sent = firstSent[host] else { return false }
    guard let time = exchange.startedAt, time < sent, let set = setCookies[Self.site(of: host)] else { return true }
    return set.upperBound < time || sent < set.lowerBound
  }

  /// The last two labels, as far as names tell without a list of public suffixes.
  private static func site(of host: String) -> String { host.split(separator: ".").suffix(2).joined(separator: ".") }
}

extension Exchange {
  /// Whether it is an element's request to another site outside CORS; of scripts, workers import some, and do not send the field.
  fileprivate var hasCredentialsAlways: Bool {
    guard delivery == .sent, request.value(.secFetchMode) == "no-cors", request.value(.secFetchSite) == "cross-site"
    else { return false }
    return ["image", "style", "audio", "video", "track"].contains(request.value(.secFetchDest))
  }

  /// Whether who asked may be of the target's site, as far as names tell without a list of public suffixes.
  ///
  /// Firefox calls a redirect from one port of a host to another `cross-site`, and sends what it sends to the same site.
  var mayBeSameSite: Bool {
    guard let own = target?.host, let other = request.value(.origin).flatMap({ Origin(parsing: $0) })?.host else {
      return false
    }
    if own == other { return true }
    let (left, right) = (own.split(separator: "."), other.split(separator: "."))
    // The last two labels of an address are no domain.
    guard left.count > 1, right.count > 1, right.last?.allSatisfy(\.isNumber) == false else { return false }
    return left.suffix(2) == right.suffix(2)
  }
}
