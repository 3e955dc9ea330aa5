import Correlator
import Evidence

/// Findings made by hand, of the kinds that a report has to show.
enum Samples {
  static let start: Int64 = 1_795_506_573_000_000  // 2026-11-24T07:49:33Z

  static let har: SourceSummary = {
    var source = SourceSummary(
      path: "captures/shop.har", sha256: String(repeating: "ab", count: 32), kind: .har,
      format: "WebInspector 537.36 (Chromium DevTools)", bytes: 1_234_567, read: 61, kept: 48, rejected: 1)
    source.problems = [("truncated-input", 1)]
    source.blindSpots = ["Sanitised export: cookies and Authorization were removed, so credentials are inferred."]
    return source
  }()

  /// A preflight that authentication refused, a wildcard under credentials that two engines differ about, and a log's guess.
  static func shop() -> Findings {
    var findings = Findings()
    findings.sources = [har]
    findings.requests = 48
    findings.blocked = 12
    findings.allowed = 34
    findings.undetermined = 2
    findings.firstSeen = start
    findings.lastSeen = start + 1_260_000_000
    findings.problems = [refusedPreflight(), wildcard(), guess()]
    findings.byCause = [
      group("CORSMissingAllowOrigin", 9, 12, 3), group("CORSNotSupportingCredentials", 2, 30, 2),
      group("CORSMissingAllowHeaderFromPreflight", 1, 6, 1),
    ]
    findings.byOrigin = [group("https://app.example.com", 12, 48, 3)]
    findings.byEndpoint = [
      group("https://api.example.com/users/{id}", 9, 12, 3), group("https://api.example.com/session", 2, 30, 2),
      group("https://uploads.example.com/a/very/long/path/that/does/not/fit/into/the/line/files/{id}", 1, 6, 1),
    ]
    return findings
  }

  static func group(_ key: String, _ failures: Int, _ requests: Int, _ clients: Int) -> Findings.Group {
    Findings.Group(
      key: key, failures: failures, requests: requests, clients: clients, firstSeen: start,
      lastSeen: start + 1_260_000_000, exampleURL: "https://api.example.com/users/7")
  }

  static func verdict(
    _ method: String, _ url: String, endpoint: String, reason: ReasonKey?, phase: Verdict.Phase,
    certainty: Verdict.Certainty
  ) -> Verdict {
    var verdict = Verdict(
      anchor: Locator(entry: 13, offset: 4711), method: method, url: url, endpoint: endpoint, decision: .blocked,
      certainty: certainty, recordedBy: .chromium,
      engines: PerEngine(chromium: .blocked, firefox: .blocked, webkit: .blocked))
    verdict.origin = "https://app.example.com"
    verdict.targetOrigin = "https://api.example.com"
    verdict.reason = reason
    verdict.phase = phase
    verdict.startedAt = start
    return verdict
  }

  static func refusedPreflight() -> Findings.Problem {
    var verdict = verdict(
      "PUT", "https://api.example.com/users/7", endpoint: "https://api.example.com/users/{id}",
      reason: .missingAllowOrigin, phase: .preflight, certainty: .certain)
    verdict.chromiumError = .preflightMissingAllowOriginHeader
    verdict.rootCause = "preflight-auth-gate"
    verdict.evidence = [
      Fact("status", "401", from: "preflight"), Fact("access-control-allow-origin", "(absent)", from: "preflight"),
      Fact("request", "held back after its preflight was answered", from: "exporter"),
    ]
    verdict.fix =
      "On https://api.example.com (nginx/1.27), let OPTIONS pass before authentication and answer it with 204."
    return Findings.Problem(
      failures: 9, requests: 12, clients: 3, firstSeen: start, lastSeen: start + 1_260_000_000, example: verdict,
      source: har.path,
      preflight: Findings.Side(
        entry: 12, method: "OPTIONS", url: "https://api.example.com/users/7", status: 401,
        request: [
          ("origin", "https://app.example.com"), ("access-control-request-method", "PUT"),
          ("access-control-request-headers", "authorization,content-type"),
        ], response: [("www-authenticate", "Bearer realm=\"api\""), ("server", "nginx/1.27")]),
      exchange: Findings.Side(
        entry: 13, method: "PUT", url: "https://api.example.com/users/7", status: nil, request: [], response: []))
  }

  static func wildcard() -> Findings.Problem {
    var verdict = verdict(
      "GET", "https://api.example.com/session", endpoint: "https://api.example.com/session",
      reason: .notSupportingCredentials, phase: .response, certainty: .inferred)
    verdict.chromiumError = .wildcardOriginNotAllowed
    verdict.engines.webkit = .undetermined
    verdict.rootCause = "credentials-with-wildcard"
    verdict.evidence = [
      Fact("access-control-allow-origin", "*", from: "response header"),
      Fact("credentials", "include: only that explains the failure", from: "inference"),
    ]
    verdict.fix = "Send the origin and not the wildcard."
    return Findings.Problem(
      failures: 2, requests: 30, clients: 2, firstSeen: start, lastSeen: start, example: verdict, source: har.path,
      preflight: nil,
      exchange: Findings.Side(
        entry: 20, method: "GET", url: "https://api.example.com/session", status: 200,
        request: [("origin", "https://app.example.com"), ("sec-fetch-mode", "cors")],
        response: [("access-control-allow-origin", "*"), ("server", "nginx/1.27")]))
  }

  static func guess() -> Findings.Problem {
    var verdict = verdict(
      "DELETE", "https://uploads.example.com/files/7", endpoint: "https://uploads.example.com/files/{id}",
      reason: .missingAllowHeaderFromPreflight, phase: .preflight, certainty: .possible)
    verdict.candidates = [.missingAllowHeaderFromPreflight, .methodNotFound, .missingAllowOrigin]
    verdict.evidence = [Fact("follow-up", "none by this client within 10 s", from: "inference")]
    return Findings.Problem(
      failures: 1, requests: 6, clients: 1, firstSeen: start, lastSeen: start, example: verdict, source: "access.log",
      preflight: Findings.Side(
        entry: 101, method: "OPTIONS", url: "https://uploads.example.com/files/7", status: 204, request: [],
        response: []),
      exchange: nil)
  }

  /// Everything that comes from input tries to break out of the report.
  static func hostile() -> Findings {
    let escape = "\u{1B}]0;owned\u{07}\u{1B}[2J"
    let override = "https://\u{202E}moc.live\u{202C}.example"
    var verdict = verdict(
      "GE|T", "https://api.example/\(escape)`|<script>alert(1)</script>\n# heading \"q\" 'q'",
      endpoint: "https://api.example/名前/👩‍👩‍👧/{id}", reason: .allowOriginNotMatchingOrigin, phase: .response,
      certainty: .certain)
    verdict.origin = override
    verdict.evidence = [Fact("access-control-allow-origin", "a`b|c\r\n[x](javascript:alert(1))", from: "answer\u{85}")]
    verdict.fix = "Fix \(escape) | ` < & it\u{2028}now"
    var findings = Findings()
    var source = SourceSummary(
      path: "dir/\u{1B}[31mred|`.har\n", sha256: "", kind: .har, format: "Ev\u{200B}il <b>", bytes: 999, read: 2,
      kept: 2,
      rejected: 0)
    source.blindSpots = ["\u{202E}backwards"]
    findings.sources = [source]
    findings.requests = 2
    findings.blocked = 2
    findings.problems = [
      Findings.Problem(
        failures: 2, requests: 2, clients: 0, firstSeen: nil, lastSeen: nil, example: verdict, source: source.path,
        preflight: nil,
        exchange: Findings.Side(
          entry: 2, method: "GE|T", url: verdict.url, status: 200, request: [("origin", override)],
          response: [
            ("access-control-allow-origin", "a`b|c\r\n[x](javascript:alert(1))"),
            ("access-control-allow-origin", "각각각각 한국어 도메인 e\u{301}\u{301}\u{301} " + String(repeating: "長", count: 60)),
            ("vary", "\"Origin\""),
          ]))
    ]
    findings.byOrigin = [group(override, 2, 2, 0)]
    findings.byEndpoint = [group(verdict.endpoint, 2, 2, 0)]
    findings.byCause = [group("", 2, 2, 0)]
    return findings
  }

  static func nothingFailed() -> Findings {
    var findings = Findings()
    findings.sources = [har]
    findings.requests = 48
    findings.allowed = 48
    findings.firstSeen = start
    findings.lastSeen = start
    return findings
  }

  static func nothingWasCORS() -> Findings {
    var findings = Findings()
    findings.sources = [har]
    return findings
  }

  /// A folder of captures, of which some share what they cannot show.
  static func manySources() -> Findings {
    var findings = nothingFailed()
    findings.sources = (1...20).map { number in
      var source = har
      source.path =
        "/var/captures/2026-11-24/customer-\(number)/" + String(repeating: "deep/", count: number) + "\(number).har"
      source.problems = number == 3 ? [("bad-url", 2)] : []
      source.rejected = 0
      if number > 5 { source.blindSpots = ["Preflights are not in the file."] }
      return source
    }
    return findings
  }

  static func severalSources() -> Findings {
    var findings = shop()
    findings.sources.append(findings.sources[0])
    findings.sources[1].path = "access.log"
    return findings
  }

  static func moreThanShown() -> Findings {
    var findings = shop()
    findings.problems = [refusedPreflight()]
    findings.problemsLeftOut = 41
    return findings
  }
}
