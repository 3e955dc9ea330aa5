import Correlator
import Evidence
import Fetch

/// A small capture made by hand, and the verdicts on it.
struct Recording {
  static let page = "https://app.example"
  static let api = "https://api.other.example/x"

  var profile: SourceProfile
  var exchanges: [Exchange] = []

  init(_ profile: SourceProfile) { self.profile = profile }

  /// DevTools of Chromium: marks failures, links preflights.
  static var chromium: Recording {
    var profile = SourceProfile(kind: .har, format: "WebInspector", recorder: .chromium, engine: .chromium)
    profile.marksOutcome = true
    return Recording(profile)
  }

  /// Firefox's: marks nothing.
  static var firefox: Recording {
    Recording(SourceProfile(kind: .har, format: "Firefox", recorder: .firefox, engine: .firefox))
  }

  /// A proxy's: sees what crossed the network.
  static var proxy: Recording { Recording(SourceProfile(kind: .har, format: "mitmproxy", recorder: .proxy)) }

  /// Adds an entry 100 ms after the one before it; answers its index.
  @discardableResult
  mutating func add(
    _ method: String, _ url: String = Recording.api, status: Int? = nil, request: [(String, String)] = [],
    response: [(String, String)] = [], _ change: (inout Exchange) -> Void = { _ in }
  ) -> Int {
    let number = exchanges.count + 1
    var exchange = Exchange(
      locator: Locator(entry: number, offset: number * 1000), method: method, url: url, target: URLRecord(url),
      request: HeaderRecord(Recording.list(request)), response: HeaderRecord(Recording.list(response)), status: status)
    exchange.startedAt = Int64(number) * 100_000
    exchange.duration = 10_000
    exchange.kind = .fetch
    exchange.delivery = .sent
    exchange.pageOrigin = Recording.page
    exchange.httpVersion = .http11
    if status == nil, response.isEmpty { exchange.response = .nothing }
    if profile.marksOutcome { exchange.outcome = .succeeded }
    change(&exchange)
    exchanges.append(exchange)
    return exchanges.count - 1
  }

  /// Adds a request under CORS that was answered.
  @discardableResult
  mutating func answered(
    _ method: String = "GET", _ url: String = Recording.api, status: Int = 200, origin: String = Recording.page,
    request: [(String, String)] = [], response: [(String, String)], failed: String? = nil,
    _ change: (inout Exchange) -> Void = { _ in }
  ) -> Int {
    add(
      method, url, status: status,
      request: [("Origin", origin), ("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Site", "cross-site")] + request,
      response: response
    ) {
      if let failed { $0.outcome = .failed(failed) }
      change(&$0)
    }
  }

  /// Adds a preflight, asking for this method and these names.
  @discardableResult
  mutating func preflight(
    of method: String = "PUT", _ url: String = Recording.api, status: Int? = 204, origin: String = Recording.page,
    names: String? = nil, response: [(String, String)] = [], _ change: (inout Exchange) -> Void = { _ in }
  ) -> Int {
    let names = names.map { [("Access-Control-Request-Headers", $0)] } ?? []
    return add(
      "OPTIONS", url, status: status,
      request: [("Origin", origin), ("Access-Control-Request-Method", method)] + names, response: response
    ) {
      $0.kind = .preflight
      change(&$0)
    }
  }

  /// Adds a request that stayed behind its preflight, as this recorder shows it.
  @discardableResult
  mutating func heldBack(
    _ method: String = "PUT", _ url: String = Recording.api, request: [(String, String)] = [],
    failed: String = "net::ERR_FAILED", _ change: (inout Exchange) -> Void = { _ in }
  ) -> Int {
    let isFirefox = profile.recorder == .firefox
    let own =
      isFirefox ? [("Origin", Recording.page), ("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Site", "cross-site")] : []
    let marks = profile.marksOutcome
    return add(method, url, request: own + request) {
      $0.delivery = isFirefox ? .notSent : .provisional
      if !isFirefox {
        $0.request.coverage = .only(FieldSet(.contentType, .contentLanguage, .range, .authorization))
      }
      if marks { $0.outcome = .failed(failed) }
      change(&$0)
    }
  }

  var outputs: (verdicts: [Verdict], preflights: [PreflightRecord]) {
    var correlator = CaptureCorrelator()
    var verdicts: [Verdict] = []
    var preflights: [PreflightRecord] = []
    let take = { (output: CaptureCorrelator.Output) in
      switch output {
      case .verdict(let verdict): verdicts.append(verdict)
      case .preflight(let record): preflights.append(record)
      }
    }
    for exchange in exchanges { correlator.add(exchange, profile: profile, into: take) }
    correlator.finish(profile: profile, into: take)
    return (verdicts, preflights)
  }

  var verdicts: [Verdict] { outputs.verdicts }

  /// A line for each verdict.
  var lines: [String] { verdicts.map(\.line) }

  private static func list(_ fields: [(String, String)]) -> HeaderList {
    HeaderList(fields.map { HeaderField(name: $0.0, value: $0.1) })
  }
}

extension Verdict {
  /// `blocked CORSMissingAllowOrigin in response, certain`, and the candidates where there are any.
  var line: String {
    var text = decision.rawValue
    if let reason { text += " \(reason.rawValue)" }
    if let phase { text += " in \(phase.rawValue)" }
    text += ", \(certainty.rawValue)"
    if !candidates.isEmpty { text += " of \(candidates.map(\.rawValue).joined(separator: " "))" }
    return text
  }

  func says(_ fact: String, _ words: String) -> Bool {
    evidence.contains { $0.fact == fact && $0.value.contains(words) }
  }
}

/// `Access-Control-Allow-` and what follows.
func allowing(origin: String? = nil, credentials: String? = nil, methods: String? = nil, headers: String? = nil)
  -> [(String, String)]
{
  [("Origin", origin), ("Credentials", credentials), ("Methods", methods), ("Headers", headers)].compactMap {
    name, value in value.map { ("Access-Control-Allow-" + name, $0) }
  }
}
