import Correlator
import Evidence

/// Findings with an overview: what a page is made from.
enum HTMLSamples {
  static let start: Int64 = 1_795_506_573_000_000  // 2026-11-24T07:49:33Z

  static func source(_ path: String, kind: SourceKind) -> SourceSummary {
    SourceSummary(
      path: path, sha256: String(repeating: "ab", count: 32), kind: kind, format: "test", bytes: 1_234_567, read: 61,
      kept: 48, rejected: 0)
  }

  static func group(_ key: String, _ failures: Int, _ requests: Int) -> Findings.Group {
    Findings.Group(
      key: key, failures: failures, requests: requests, clients: 2, firstSeen: start, lastSeen: start + 90_000_000,
      exampleURL: "https://api.example.com/users/7")
  }

  /// A preflight of a PUT from `origin` that `server` refused with 401.
  static func refused(
    origin: String = "https://app.example.com", server: String? = "nginx/1.27", failures: Int = 9,
    credentials: String? = nil
  ) -> Findings.Problem {
    var verdict = Verdict(
      anchor: Locator(entry: 13, offset: 4711), method: "PUT", url: "https://api.example.com/users/7",
      endpoint: "https://api.example.com/users/{id}", decision: .blocked, certainty: .inferred, recordedBy: .chromium,
      engines: PerEngine(chromium: .blocked, firefox: .blocked, webkit: .undetermined))
    verdict.origin = origin
    verdict.targetOrigin = "https://api.example.com"
    verdict.reason = .missingAllowOrigin
    verdict.phase = .preflight
    verdict.chromiumError = .preflightMissingAllowOriginHeader
    verdict.rootCause = "preflight-auth-gate"
    verdict.startedAt = start
    verdict.evidence = [
      Fact("status", "401", from: "preflight"), Fact("access-control-allow-origin", "(absent)", from: "preflight"),
      Fact("request", "held back after its preflight was answered", from: "exporter"),
      Fact("pairing", "nearest in time", from: "inference"),
    ]
    if let credentials { verdict.evidence.append(Fact("credentials mode", credentials, from: "inference")) }
    verdict.fix = "Let OPTIONS pass before authentication."
    return Findings.Problem(
      failures: failures, requests: 12, clients: 3, firstSeen: start, lastSeen: start + 60_000_000, example: verdict,
      source: "captures/shop.har",
      preflight: Findings.Side(
        entry: 12, method: "OPTIONS", url: "https://api.example.com/users/7", status: 401,
        request: [
          ("origin", origin), ("access-control-request-method", "PUT"),
          ("access-control-request-headers", "authorization, x-trace"),
        ], response: [("www-authenticate", "Bearer")] + (server.map { [("server", $0)] } ?? [])),
      exchange: Findings.Side(
        entry: 13, method: "PUT", url: "https://api.example.com/users/7", status: nil, request: [], response: []))
  }

  static func wildcard() -> Findings.Problem {
    var problem = refused(server: nil)
    problem.failures = 2
    problem.example.method = "GET"
    problem.example.endpoint = "https://api.example.com/session"
    problem.example.reason = .notSupportingCredentials
    problem.example.phase = .response
    problem.example.chromiumError = .wildcardOriginNotAllowed
    problem.example.rootCause = nil
    problem.example.fix = nil
    problem.preflight = nil
    problem.exchange = Findings.Side(
      entry: 20, method: "GET", url: "https://api.example.com/session", status: 200,
      request: [("origin", "https://app.example.com")], response: [("access-control-allow-origin", "*")])
    return problem
  }

  static func fault(_ problem: Findings.Problem, given: [Int]) -> Findings.Fault {
    Findings.Fault(
      server: "https://api.example.com", failures: problem.failures, requests: problem.requests,
      clients: problem.clients, origins: 1, endpoints: 1, problems: max(1, given.count), example: problem, given: given)
  }

  static func findings(_ problems: [Findings.Problem], kind: SourceKind = .har) -> Findings {
    var findings = Findings()
    findings.sources = [source(kind == .har ? "captures/shop.har" : "access.log", kind: kind)]
    findings.problems = problems
    findings.blocked = problems.reduce(0) { $0 + $1.failures }
    findings.allowed = 34
    findings.undetermined = 2
    findings.requests = findings.blocked + 36
    findings.firstSeen = start
    findings.lastSeen = start + 90_000_000
    findings.byCause = [group("CORSMissingAllowOrigin", 9, 12), group("CORSNotSupportingCredentials", 2, 30)]
    findings.byOrigin = [group("https://app.example.com", 11, 47)]
    findings.byEndpoint = [
      group("https://api.example.com/users/{id}", 9, 12), group("https://api.example.com/session", 2, 30),
    ]
    return findings
  }

  /// A capture: two problems, its waterfall, and two origins on the map.
  static func capture() -> Findings {
    var findings = findings([refused(), wildcard()])
    var overview = Findings.Overview()
    overview.causes = 2
    overview.origins = 1
    overview.endpoints = 2
    overview.faults = [fault(refused(), given: [0]), fault(wildcard(), given: [1])]
    func span(_ entry: Int, _ at: Int64, _ status: Int?) -> Findings.Waterfall.Span {
      Findings.Waterfall.Span(entry: entry, start: start + at * 1000, duration: 20_000, status: status)
    }
    func row(
      _ entry: Int, _ decision: Verdict.Decision, request: Findings.Waterfall.Span?,
      preflight: Findings.Waterfall.Span?, problem: Int?
    ) -> Findings.Waterfall.Row {
      Findings.Waterfall.Row(
        entry: entry, method: "PUT", url: "https://api.example.com/users/7", decision: decision,
        reason: decision == .blocked ? .missingAllowOrigin : nil, request: request, preflight: preflight,
        problem: problem)
    }
    overview.waterfalls = [
      Findings.Waterfall(
        source: "captures/shop.har",
        rows: [
          row(13, .blocked, request: span(13, 25, nil), preflight: span(12, 0, 401), problem: 0),
          row(15, .allowed, request: span(15, 80, 200), preflight: span(14, 50, 204), problem: nil),
          row(16, .allowed, request: nil, preflight: nil, problem: nil),
        ], rowsLeftOut: 7)
    ]
    for (origin, endpoint, failures) in [
      ("https://app.example.com", "https://api.example.com/users/{id}", 9),
      ("https://admin.example.com", "https://api.example.com/users/{id}", 0),
      ("https://app.example.com", "https://api.example.com/session", 2),
    ] {
      overview.map.append(
        Findings.MapCell(origin: origin, endpoint: endpoint, failures: failures, requests: max(9, failures)))
    }
    findings.overview = overview
    return findings
  }

  /// A log: the same problems, eight reasons over three hours.
  static func log() -> Findings {
    var findings = findings([refused(), wildcard()], kind: .log)
    var overview = Findings.Overview()
    overview.faults = [fault(refused(), given: [0, 1])]
    let reasons = ["CORSMissingAllowOrigin", "CORSMethodNotFound", "", "A", "B", "C", "D"]
    overview.timeline = Findings.Timeline(
      start: 1_795_503_600_000_000, step: 3_600_000_000,
      series: reasons.enumerated().map { (reason: $0.element, counts: [70 - $0.offset, 0, 1]) })
    findings.overview = overview
    return findings
  }

  /// Every part of a page at once, each with more than it shows.
  static func everything() -> Findings {
    var findings = log()
    var overview = capture().overview ?? Findings.Overview()
    overview.timeline = findings.overview?.timeline
    overview.faultsLeftOut = 2
    overview.waterfallsLeftOut = 2
    overview.endpoints = 9
    overview.origins = 9
    overview.causes = 9
    overview.faults[0].origins = 3
    overview.faults[0].endpoints = 2
    overview.faults[0].problems = 5
    findings.overview = overview
    findings.problemsLeftOut = 3
    findings.byEndpoint += (0..<9).map { group("https://api.example.com/\($0)", 1, 1) }
    return findings
  }

  /// What a capture can hold to break out of a page.
  static let attacks = [
    "</script><script>document.title='owned'</script>", "\" onmouseover=\"alert(1)", "' onfocus='alert(1)' autofocus='",
    "<img src=x onerror=alert(1)>", "javascript:alert(1)", "]]><svg/onload=alert(1)>", "<!--", "&lt;b&gt;&#0;&amp",
    "\u{202E}txt.exe\u{2066}", "\u{0}\u{1B}[2J\u{7F}\u{85}\u{2028}\r\n", "{{7*7}}${7*7}`",
    "https://a.example#f1?x=%3Cb%3E",
    "e" + String(repeating: "\u{301}", count: 3000),
  ]

  /// Every field that comes from input holds this text.
  static func hostile(_ text: String) -> Findings {
    var problem = refused()
    problem.example.origin = text
    problem.example.targetOrigin = text
    problem.example.method = text
    problem.example.url = text
    problem.example.endpoint = text
    problem.example.client = text
    problem.example.rootCause = text
    problem.example.fix = text
    problem.example.evidence = [Fact(text, text, from: text), Fact(text, text, from: "inference")]
    problem.source = text
    problem.preflight = Findings.Side(
      entry: 1, method: text, url: text, status: 401,
      request: [("origin", text), ("access-control-request-method", text), ("access-control-request-headers", text)],
      response: [("server", text), ("server", "nginx \(text)"), ("location", text), (text, text)])
    problem.exchange = Findings.Side(
      entry: 1, method: text, url: text, status: nil, request: [(text, text)], response: [])
    var findings = findings([problem])
    var source = source(text, kind: .log)
    source.format = text
    source.blindSpots = [text]
    source.problems = [(text, 1)]
    findings.sources = [source]
    findings.byCause = [group(text, 1, 2)]
    findings.byOrigin = [group(text, 1, 2)]
    findings.byEndpoint = [group(text, 1, 2)]
    var overview = Findings.Overview()
    var fault = fault(problem, given: [0])
    fault.server = text
    overview.faults = [fault]
    overview.timeline = Findings.Timeline(start: start, step: 1_000_000, series: [(text, [1, 2])])
    overview.map = [text, text + "2"].flatMap { origin in
      [text, text + "3"].map { Findings.MapCell(origin: origin, endpoint: $0, failures: 1, requests: 2) }
    }
    overview.waterfalls = [
      Findings.Waterfall(
        source: text,
        rows: [
          Findings.Waterfall.Row(
            entry: 1, method: text, url: text, decision: .blocked, reason: .missingAllowOrigin,
            request: Findings.Waterfall.Span(entry: 1, start: .max, duration: .max, status: nil),
            preflight: Findings.Waterfall.Span(entry: 2, start: .min, duration: .min, status: -1), problem: 0)
        ], rowsLeftOut: 0)
    ]
    findings.overview = overview
    return findings
  }
}
