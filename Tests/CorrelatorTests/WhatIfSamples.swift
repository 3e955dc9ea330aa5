import Correlator
import Evidence
import Fetch

/// Requests of one page to one API, as a capture of Chromium's shows them.
enum WhatIfSamples {
  static let origin = "https://app.example"
  static let endpoint = "https://api.example/users/{id}"

  static func answered(_ headers: HeaderList, origin: String = origin) -> Exchange {
    answered("GET", headers, origin: origin)
  }

  static func answered(
    _ method: String, _ headers: HeaderList, status: Int = 200, origin: String = origin
  ) -> Exchange {
    var exchange = exchange(method, origin: origin)
    exchange.response = HeaderRecord(headers)
    exchange.status = status
    return exchange
  }

  static func unanswered(_ method: String) -> Exchange {
    var exchange = exchange(method, origin: origin)
    exchange.response = .nothing
    exchange.delivery = .notSent
    exchange.outcome = .failed("net::ERR_FAILED")
    return exchange
  }

  static func preflight(
    of method: String, names: String = "", _ headers: HeaderList, status: Int = 204
  ) -> Exchange {
    var exchange = answered("OPTIONS", headers, status: status)
    exchange.kind = .preflight
    exchange.request.list.append(name: "Access-Control-Request-Method", value: method)
    if !names.isEmpty { exchange.request.list.append(name: "Access-Control-Request-Headers", value: names) }
    return exchange
  }

  private static func exchange(_ method: String, origin: String) -> Exchange {
    var exchange = Exchange(
      locator: Locator(entry: 1, offset: 0), method: method, url: "https://api.example/users/7",
      request: HeaderRecord(["Origin": origin, "Sec-Fetch-Mode": "cors"]))
    exchange.target = URLRecord(exchange.url)
    exchange.kind = .fetch
    exchange.httpVersion = .http11
    exchange.delivery = .sent
    return exchange
  }

  /// With the verdict that its headers give; `include` is recorded by a cookie, `nil` by nothing.
  static func judged(
    _ request: Exchange?, preflight: Exchange? = nil, include: Bool? = false, recorder: Recorder = .chromium
  ) -> JudgedRequest {
    var verdict = Verdict(
      anchor: Locator(entry: 1, offset: 0), method: request?.method ?? "", url: "https://api.example/users/7",
      endpoint: endpoint, decision: .undetermined, certainty: .certain, recordedBy: recorder,
      engines: PerEngine { _ in .undetermined })
    let asked = (request ?? preflight)?.request.value(.origin)
    verdict.origin = asked
    verdict.method = preflight?.request.value(.accessControlRequestMethod) ?? request?.method ?? ""
    verdict.evidence = [Fact("origin", asked ?? "", from: "request header")]
    if let include {
      let value = include ? "include: a cookie travelled" : "not include: no cookie did"
      verdict.evidence.append(Fact("credentials mode", value, from: "request header"))
    }
    var judged = JudgedRequest(verdict: verdict, request: request, preflight: preflight)
    var profile = SourceProfile(kind: .har, format: "", recorder: recorder)
    profile.engine = judged.engine
    let ruling = Judge.rule(on: judged.scene(profile: profile))
    judged.verdict.decision = ruling.decision
    judged.verdict.reason = ruling.reason
    judged.verdict.phase = ruling.phase
    judged.verdict.engines = ruling.engines
    judged.verdict.chromiumError = ruling.chromiumError
    return judged
  }
}
