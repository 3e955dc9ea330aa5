import Correlator
import Evidence
import Fetch
import Testing

/// A judge remembers kinds of lines: that must never show.
@Suite struct LogJudgeTests {
  static let origins = ["https://a.example", "https://b.example"]
  static let allowed = [
    "https://a.example", "https://a.example,", " https://a.example", "https://a.example, ", "*", "null",
  ]

  static func line(_ origin: String, _ allowed: String) -> Exchange {
    let fields: FieldSet = FieldSet(.origin, .secFetchMode, .userAgent)
    var request = HeaderRecord(coverage: .only(fields))
    request.list = [
      "Origin": origin, "Sec-Fetch-Mode": "cors",
      "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
    ]
    let answered = FieldSet(.accessControlAllowOrigin, .accessControlAllowCredentials)
    var response = HeaderRecord(coverage: .only(answered), duplicates: .joined)
    response.list = ["Access-Control-Allow-Origin": allowed]
    let url = "https://api.example/x"
    var line = Exchange(
      locator: Locator(entry: 1, offset: 0), method: "GET", url: url, target: URLRecord(url), request: request,
      response: response, status: 200)
    line.httpVersion = .http2
    return line
  }

  static func verdict(_ line: Exchange, by judge: inout LogJudge) -> [String] {
    var subjects = LogSubjects()
    guard case .request(let template, _, _) = judge.judge(line, subjects.subject(of: line, endpoint: "/x")) else {
      return []
    }
    let verdict = template.verdict
    return [verdict.decision.rawValue, verdict.reason?.rawValue ?? "-", verdict.certainty.rawValue]
  }

  /// A line of a log that need not have `Sec-Fetch-Mode`, whose answer allows nobody.
  static func refused(_ method: String, _ status: Int, _ fields: HeaderList) -> Exchange {
    var line = line("https://a.example", "")
    line.method = method
    line.status = status
    line.request.list = fields
    line.request.list.append(name: "Origin", value: "https://a.example")
    line.request.coverage = .only(FieldSet(.origin, .secFetchMode, .userAgent, .contentType))
    line.response.list = [:]
    return line
  }

  static let browser = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"

  @Test func `programs that are no browsers are not bound by CORS`() {
    var judge = LogJudge(profile: SourceProfile(kind: .log, format: "test", recorder: .server))
    for agent in ["curl/8.5.0", "okhttp/4.12.0", "python-requests/2.31"] {
      #expect(Self.verdict(Self.refused("GET", 200, ["User-Agent": agent]), by: &judge) == [])
      // An app's web view may name itself as the app likes.
      let inView = Self.refused("GET", 200, ["User-Agent": agent, "Sec-Fetch-Mode": "cors"])
      #expect(Self.verdict(inView, by: &judge).first == "blocked")
    }
    #expect(Self.verdict(Self.refused("GET", 200, ["User-Agent": Self.browser]), by: &judge).first == "blocked")
    #expect(Self.verdict(Self.refused("GET", 200, [:]), by: &judge).first == "blocked")
  }

  @Test(arguments: [
    ("POST", 200, "application/x-www-form-urlencoded", nil, "undetermined"),
    ("POST", 302, "multipart/form-data; boundary=x", nil, "undetermined"),
    ("POST", 200, "application/json", nil, "blocked"),
    ("POST", 200, "application/x-www-form-urlencoded", "cors", "blocked"),
    ("GET", 200, nil, nil, "blocked"), ("POST", 200, nil, nil, "blocked"),
  ])
  func `a form's POST is not told from a script's`(
    method: String, status: Int, type: String?, mode: String?, decision: String
  ) {
    var fields: HeaderList = ["User-Agent": Self.browser]
    if let type { fields.append(name: "Content-Type", value: type) }
    if let mode { fields.append(name: "Sec-Fetch-Mode", value: mode) }
    var judge = LogJudge(profile: SourceProfile(kind: .log, format: "test", recorder: .server))
    #expect(Self.verdict(Self.refused(method, status, fields), by: &judge).first == decision)
  }

  @Test func `a POST that leads on, in a log without its type`() {
    var line = Self.refused("POST", 302, ["User-Agent": Self.browser])
    line.request.coverage = .only(FieldSet(.origin, .secFetchMode, .userAgent))
    var judge = LogJudge(profile: SourceProfile(kind: .log, format: "test", recorder: .server))
    #expect(Self.verdict(line, by: &judge).first == "undetermined")
  }

  /// Behind a proxy that ends TLS every target is http; a secure page's request to an http address is not sent.
  @Test(
    arguments: [
      ("http://a.example/x", nil, []), ("http://a.example:80/x", nil, []),
      ("http://a.example/x", "cross-site", ["blocked", "CORSMissingAllowOrigin"]),
      ("http://a.example:8080/x", nil, ["blocked", "CORSMissingAllowOrigin"]),
      ("http://b.example/x", nil, ["blocked", "CORSMissingAllowOrigin"]),
    ] as [(String, String?, [String])])
  func `a server behind a proxy that ends TLS is its page's own`(url: String, site: String?, said: [String]) {
    var line = Self.line("https://a.example", "")
    line.method = "POST"
    (line.url, line.target) = (url, URLRecord(url))
    line.response.list = [:]
    line.request.coverage = .only(FieldSet(.origin, .secFetchMode, .secFetchSite, .userAgent))
    if let site { line.request.list.append(name: "Sec-Fetch-Site", value: site) }
    var judge = LogJudge(profile: SourceProfile(kind: .log, format: "test", recorder: .server))
    // It has met the same of other servers.
    for other in ["http://a.example/x", "http://b.example/x"] where other != url {
      var before = line
      (before.url, before.target) = (other, URLRecord(other))
      _ = Self.verdict(before, by: &judge)
    }
    #expect(Self.verdict(line, by: &judge).dropLast() == said[...])
  }

  @Test func `an extension may have leave to read what nobody else may`() {
    var line = Self.line("chrome-extension://abc", "")
    line.response.list = [:]
    var judge = LogJudge(profile: SourceProfile(kind: .log, format: "test", recorder: .server))
    #expect(Self.verdict(line, by: &judge).first == "undetermined")
  }

  /// A proxy may add CORS headers, or take them away: what the server behind it sent is not what the browser got.
  @Test(arguments: [
    ("X-Request-Id", "certain"), ("X-Forwarded-For", "inferred"), ("x-forwarded-host", "inferred"),
    ("Forwarded", "inferred"), ("Via", "inferred"), ("X-Real-IP", "inferred"), ("HTTP/1.0", "inferred"),
  ])
  func `behind a proxy nothing is certain`(field: String, certainty: String) {
    let profile = SourceProfile(kind: .log, format: "test", recorder: .server)
    for (allowed, decision) in [("https://a.example", "allowed"), ("https://b.example", "blocked")] {
      var line = Self.line("https://a.example", allowed)
      line.request.coverage = .all
      line.response.coverage = .all
      if field == "HTTP/1.0" {
        line.httpVersion = .http10
      } else {
        line.request.list.append(name: field, value: "203.0.113.7")
      }
      line.response.list.append(name: "Access-Control-Allow-Credentials", value: "true")
      var judge = LogJudge(profile: profile)
      let verdict = Self.verdict(line, by: &judge)
      #expect(verdict.first == decision && verdict.last == certainty)
    }
  }

  /// A page can ask for an `OPTIONS` by itself: it announces no method.
  @Test(arguments: [("https://a.example", "allowed"), ("https://b.example", "blocked")])
  func `an OPTIONS that announces nothing is a request`(allowed: String, decision: String) {
    var line = Self.line("https://a.example", allowed)
    line.method = "OPTIONS"
    line.request.coverage = .only(FieldSet(.origin, .secFetchMode, .userAgent, .accessControlRequestMethod))
    line.response.list.append(name: "Access-Control-Allow-Credentials", value: "true")
    var judge = LogJudge(profile: SourceProfile(kind: .log, format: "test", recorder: .server))
    #expect(Self.verdict(line, by: &judge).first == decision)
    var subjects = LogSubjects()
    #expect(subjects.subject(of: line, endpoint: "/x").method == "OPTIONS")
  }

  @Test(arguments: [("PUT", "certain"), (nil, "inferred")])
  func `where a log does not tell what an OPTIONS announces, that it is a preflight is no more than assumed`(
    method: String?, certainty: String
  ) {
    var line = Self.line("https://a.example", "https://a.example")
    line.method = "OPTIONS"
    line.status = 405
    if let method {
      line.request.coverage = .all
      line.request.list.append(name: "Access-Control-Request-Method", value: method)
    }
    line.response.list.append(name: "Access-Control-Allow-Credentials", value: "true")
    #expect(Self.said(of: line) == "blocked CORSPreflightDidNotSucceed in preflight, \(certainty)")
  }

  @Test(arguments: [
    (
      "patch", "*",
      "blocked CORSMissingAllowOrigin in response, possible of CORSMissingAllowOrigin CORSNotSupportingCredentials"
    ),
    ("PATCH", "*", "blocked CORSNotSupportingCredentials in preflight, possible"),
    ("patch", "https://b.example", "blocked CORSAllowOriginNotMatchingOrigin in preflight, certain"),
    ("PATCH", "https://a.example", "undetermined in preflight, possible"),
    ("patch", "https://a.example", "blocked CORSMissingAllowOrigin in response, possible"),
  ])
  func `a method that is not in capitals, which nginx refuses with its fields unread`(
    method: String, allowed: String, line: String
  ) {
    var preflight = Self.line("https://a.example", allowed)
    preflight.method = "OPTIONS"
    preflight.request.coverage = .all
    preflight.request.list.append(name: "Access-Control-Request-Method", value: method)
    preflight.response.coverage = .all
    for (name, value) in [("Methods", method), ("Credentials", "true")] {
      preflight.response.list.append(name: "Access-Control-Allow-" + name, value: value)
    }
    #expect(Self.said(of: preflight) == line)
  }

  /// What is said of a line by itself, whatever it is.
  static func said(of line: Exchange) -> String? { verdict(on: line)?.line }

  static func verdict(on line: Exchange) -> Verdict? {
    var judge = LogJudge(profile: SourceProfile(kind: .log, format: "test", recorder: .server))
    var subjects = LogSubjects()
    return switch judge.judge(line, subjects.subject(of: line, endpoint: "/x")) {
    case .preflight(let alone, _, _): alone.verdict
    case .refused(let template), .request(let template, _, _), .possible(let template): template.verdict
    case .none: nil
    }
  }

  /// A log does not tell a module script, which fails in Firefox with a 204 whatever its answer allows, from a fetch.
  @Test(arguments: [
    ("GET", 204, "blocked CORSAllowOriginNotMatchingOrigin in response, inferred"),
    ("GET", 200, "blocked CORSAllowOriginNotMatchingOrigin in response, certain"),
    ("PUT", 204, "blocked CORSAllowOriginNotMatchingOrigin in response, certain"),
  ])
  func `a GET without content may be a module's`(method: String, status: Int, said: String) {
    var line = Self.line("https://a.example", "https://b.example")
    line.method = method
    line.status = status
    #expect(Self.said(of: line) == said)
  }

  /// A redirect leads Firefox home, where its preflight may be answered as it likes. A log without schemes knows home by its port.
  @Test(arguments: [
    ("a.example:8500", "https://a.example:8500", "undetermined in preflight, possible"),
    ("a.example:8501", "https://a.example:8500", "blocked CORSAllowOriginNotMatchingOrigin in preflight, certain"),
    ("b.example:8500", "https://a.example:8500", "blocked CORSAllowOriginNotMatchingOrigin in preflight, certain"),
    ("a.example", "https://a.example", "blocked CORSAllowOriginNotMatchingOrigin in preflight, inferred"),
  ])
  func `a preflight that comes back home`(host: String, origin: String, line: String) {
    var preflight = Self.line(origin, "https://elsewhere.example")
    preflight.method = "OPTIONS"
    preflight.url = "/x"
    preflight.target = nil
    preflight.request.coverage = .all
    preflight.request.list.append(name: "Host", value: host)
    preflight.request.list.append(name: "Access-Control-Request-Method", value: "PATCH")
    preflight.response.coverage = .all
    preflight.response.list.append(name: "Access-Control-Allow-Methods", value: "PATCH")
    #expect(Self.said(of: preflight) == line)
  }

  @Test(arguments: [
    (
      "GET", 499, nil,
      "undetermined in response, possible of CORSMissingAllowOrigin CORSDidNotSucceed" as String?
    ),
    ("OPTIONS", 499, nil, "undetermined in preflight, possible of CORSMissingAllowOrigin CORSDidNotSucceed"),
    ("GET", 499, "https://b.example", "blocked CORSAllowOriginNotMatchingOrigin in response, certain"),
    ("GET", 500, nil, "blocked CORSMissingAllowOrigin in response, certain"),
    ("OPTIONS", 500, nil, "blocked CORSMissingAllowOrigin in preflight, certain"),
  ])
  func `a client that is gone before the answer, as nginx logs it, was refused nothing`(
    method: String, status: Int, allowed: String?, said: String?
  ) {
    var line = Self.line("https://a.example", allowed ?? "")
    line.method = method
    line.status = status
    if method == "OPTIONS" {
      line.request.coverage = .all
      line.request.list.append(name: "Access-Control-Request-Method", value: "PUT")
    }
    line.response.coverage = .all
    if allowed == nil { line.response.list = [:] }
    let verdict = Self.verdict(on: line)
    #expect(verdict?.line == said)
    #expect((verdict?.rootCause == "aborted") == (status == 499 && allowed == nil))
  }

  /// What the server answers a tool, or an extension that has leave for its host, tells nothing of what a browser let its page read.
  @Test(arguments: [
    ("https://a.example", "curl/8.5.0", "blocked", "inferred"),
    ("https://a.example", "Mozilla/5.0 (compatible; Monitor/1.0)", "blocked", "inferred"),
    ("moz-extension://0b7e", browser, "undetermined", "possible"),
    ("https://a.example", browser, "blocked", "certain"),
  ])
  func `who is not bound by CORS leaves nothing certain`(
    origin: String, agent: String, decision: String, certainty: String
  ) {
    let profile = SourceProfile(kind: .log, format: "test", recorder: .server)
    var judge = LogJudge(profile: profile)
    // The judge has met a page's origin before.
    for asking in ["https://c.example", origin] {
      var line = Self.line(asking, "https://b.example")
      line.request.list = ["Origin": asking, "Sec-Fetch-Mode": "cors", "User-Agent": agent]
      let verdict = Self.verdict(line, by: &judge)
      if asking == origin { #expect(verdict.first == decision && verdict.last == certainty) }
    }
  }

  @Test func `a WebSocket's handshake that was refused is none of its business`() {
    var line = Self.line("https://a.example", "https://b.example")
    line.request.list = ["Origin": "https://a.example", "Upgrade": "websocket"]
    line.request.coverage = .all
    line.status = 403
    var judge = LogJudge(profile: SourceProfile(kind: .log, format: "test", recorder: .server))
    #expect(Self.verdict(line, by: &judge) == [])
  }

  @Test(arguments: allowed) func `two origins and one value`(_ value: String) {
    let profile = SourceProfile(kind: .log, format: "test", recorder: .server)
    for (first, second) in [(0, 1), (1, 0)] {
      var fresh = LogJudge(profile: profile)
      var used = LogJudge(profile: profile)
      _ = Self.verdict(Self.line(Self.origins[first], value), by: &used)
      let line = Self.line(Self.origins[second], value)
      let expected = Self.verdict(line, by: &fresh)
      #expect(!expected.isEmpty)
      #expect(Self.verdict(line, by: &used) == expected)
    }
  }
}
