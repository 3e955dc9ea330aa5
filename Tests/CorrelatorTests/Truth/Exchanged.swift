import Correlator
import Evidence
import Fetch

/// What really happened, drawn at random: a page's request, what the servers answered, and what its browser made of it.
struct Exchanged {
  let engine: Engine
  let include: Bool
  /// `no-cors` requests carry `Origin` with a POST.
  let isCORS: Bool
  let method: String
  /// Set by the page, unsafe ones among them.
  let pageHeaders: [HeaderField]
  let isCrossSite: Bool
  /// Whether the browser sends Fetch Metadata (it does to secure targets), and `Sec-Fetch-Storage-Access`.
  let sendsMetadata: Bool
  let sendsStorageAccess: Bool
  /// Whether the browser holds a cookie for the host.
  let hasCookie: Bool
  /// `nil`: no answer came.
  let preflightReply: Browser.Reply?
  let reply: Browser.Reply?
  /// Whether the page was left after the preflight.
  let isLeft: Bool
  /// What the cache held, of which the answer is a revalidation.
  let cached: Browser.Reply?
  /// Firefox's `content.cors.disable`.
  let isSwitchedOff: Bool
  /// Whether the redirect that `reply` is was followed to the second server, and what that answered.
  let second: Browser.Reply?

  static let page = Recording.page
  static let target = "https://b.example/"

  enum Truth: Equatable {
    case readable
    case blocked(Browser.Refusal)
    /// Not CORS' decision.
    case neither
  }

  init(_ random: inout SplitMix64, engine: Engine) {
    self.engine = engine
    include = random.pick([true, false])
    isCORS = random.below(8) != 0
    let methods = isCORS ? ["GET", "GET", "POST", "PUT", "PATCH", "DELETE"] : ["GET", "POST"]
    method = random.pick(methods)
    let headers = [[], [], [("x-a", "1")], [("authorization", "Bearer x")], [("content-type", "application/json")]]
    pageHeaders = isCORS ? random.pick(headers).map { HeaderField(name: $0.0, value: $0.1) } : []
    isCrossSite = random.pick([true, true, false])
    sendsMetadata = random.below(4) != 0
    sendsStorageAccess = sendsMetadata && engine != .webkit && random.pick([true, true, false])
    hasCookie = random.pick([true, false])
    preflightReply = random.below(12) == 0 ? nil : random.reply(to: Exchanged.page, forPreflight: true)
    isLeft = random.below(10) == 0
    isSwitchedOff = engine == .firefox && isCORS && random.below(12) == 0
    let isRevalidated = method == "GET" && pageHeaders.isEmpty && random.below(8) == 0
    var reply = random.reply(to: Exchanged.page, forPreflight: false)
    if isRevalidated { reply.status = 304 }
    let isRedirect = !isRevalidated && isCORS && random.below(5) == 0
    reply.lines.removeAll { $0.name.lowercased() == "location" }
    if isRedirect {
      reply.status = method == "POST" ? 307 : random.pick([301, 302, 307])
      reply.lines.append(HeaderField(name: "Location", value: Exchanged.target))
    }
    cached = isRevalidated ? random.reply(to: Exchanged.page, forPreflight: false) : nil
    self.reply = random.below(12) == 0 ? nil : reply
    second = random.reply(to: "null", forPreflight: false)
  }

  var browser: Browser { Browser(engine: engine, include: include) }

  var unsafeNames: [String] { pageHeaders.map(\.name) }

  var needsPreflight: Bool { isCORS && (!["GET", "HEAD", "POST"].contains(method) || !unsafeNames.isEmpty) }

  var preflightTruth: Truth {
    guard let preflightReply else { return .blocked(Browser.Refusal(reason: .didNotSucceed)) }
    let refusal = browser.preflight(preflightReply, origin: Exchanged.page, method: method, names: unsafeNames)
    return refusal.map { .blocked($0) } ?? .readable
  }

  /// Whether the request itself went out.
  var isSent: Bool {
    if isSwitchedOff && needsPreflight { return false }
    return !needsPreflight || preflightTruth == .readable && !isLeft
  }

  /// What became of the first hop.
  var truth: Truth {
    guard isCORS else { return .neither }
    if isSwitchedOff { return .blocked(Browser.Refusal(reason: .disabled)) }
    if needsPreflight, preflightTruth != .readable { return preflightTruth }
    if needsPreflight, isLeft { return .neither }
    guard let reply else { return .blocked(Browser.Refusal(reason: .didNotSucceed)) }
    let refusal = browser.access(merged ?? reply, origin: Exchanged.page)
    return refusal.map { .blocked($0) } ?? .readable
  }

  /// What the cache gives for a 304: its own answer, with the fields that the 304 brings anew.
  private var merged: Browser.Reply? {
    guard let cached, let reply else { return nil }
    var merged = cached
    let renewed = Set(reply.lines.map { $0.name.lowercased() })
    merged.lines.removeAll { renewed.contains($0.name.lowercased()) }
    merged.lines += reply.lines
    return merged
  }

  var isRedirected: Bool { reply?.lines.contains { $0.name == "Location" } == true && truth == .readable }

  /// What became of the second hop, whose origin is `null`; `nil` where there was none.
  var secondTruth: Truth? {
    // A preflight for the second hop is another draw's matter.
    guard isRedirected, !needsPreflight, let second else { return nil }
    let refusal = browser.access(second, origin: "null")
    return refusal.map { .blocked($0) } ?? .readable
  }

  // MARK: - What went over the wire

  /// The request's fields as sent; of the second hop where `origin` is `null`.
  func sentFields(origin: String = Exchanged.page) -> [HeaderField] {
    var fields: [(String, String)] = [("Host", "api.other.example"), ("User-Agent", agent)]
    if isCORS || method == "POST" { fields.append(("Origin", origin)) }
    if sendsMetadata {
      fields.append(("Sec-Fetch-Mode", isCORS ? "cors" : "no-cors"))
      fields.append(("Sec-Fetch-Site", isCrossSite ? "cross-site" : "same-site"))
      fields.append(("Sec-Fetch-Dest", isCORS ? "empty" : "image"))
      if sendsStorageAccess, include, isCORS, isCrossSite, origin != "null" {
        fields.append(("Sec-Fetch-Storage-Access", "active"))
      }
    }
    if sendsCookie, origin != "null" { fields.append(("Cookie", "a=1")) }
    if cached != nil { fields.append(("If-None-Match", "\"1\"")) }
    return fields.map { HeaderField(name: $0.0, value: $0.1) } + pageHeaders
  }

  var preflightFields: [HeaderField] {
    var fields: [(String, String)] = [
      ("Host", "api.other.example"), ("User-Agent", agent), ("Origin", Exchanged.page),
      ("Access-Control-Request-Method", method),
    ]
    if !unsafeNames.isEmpty {
      fields.append(("Access-Control-Request-Headers", unsafeNames.sorted().joined(separator: ",")))
    }
    if sendsMetadata { fields.append(("Sec-Fetch-Mode", "cors")) }
    if sendsStorageAccess, include, isCrossSite, engine == .firefox {
      fields.append(("Sec-Fetch-Storage-Access", "active"))
    }
    return fields.map { HeaderField(name: $0.0, value: $0.1) }
  }

  var sendsCookie: Bool { include && hasCookie }

  /// Old enough not to know `Sec-Fetch-Storage-Access`, where it does not send it.
  var agent: String {
    sendsStorageAccess || engine == .webkit
      ? UserAgent.of(engine)
      : UserAgent.of(engine).replacing("156.0", with: "120.0").replacing("153.0", with: "128.0")
  }
}
