import Correlator
import Evidence
import Fetch
import Report
import Testing

@Suite("What a change would do") struct WhatIfReportTests {
  private static func exchange(_ method: String, _ headers: HeaderList, status: Int?) -> Exchange {
    var exchange = Exchange(
      locator: Locator(entry: 2, offset: 0), method: method, url: "https://api.example.com/users/7",
      request: HeaderRecord(["Origin": "https://app.example.com"]),
      response: status == nil ? .nothing : HeaderRecord(headers), status: status)
    exchange.target = URLRecord(exchange.url)
    return exchange
  }

  private static func judged(
    _ method: String, _ reason: ReasonKey?, _ phase: Verdict.Phase, answer: HeaderList?, preflight: HeaderList? = nil
  ) -> JudgedRequest {
    var verdict = Samples.verdict(
      method, "https://api.example.com/users/7", endpoint: "https://api.example.com/users/{id}", reason: reason,
      phase: phase, certainty: .certain)
    if reason == nil {
      verdict.decision = .allowed
      verdict.engines = PerEngine { _ in .allowed }
    }
    verdict.evidence = [
      Fact("origin", "https://app.example.com", from: "request header"),
      Fact("credentials mode", "not include: no cookie", from: "request header"),
    ]
    var asked: Exchange?
    if let preflight {
      asked = exchange("OPTIONS", preflight, status: 204)
      asked?.request.list.append(name: "Access-Control-Request-Method", value: method)
    }
    return JudgedRequest(
      verdict: verdict, request: exchange(method, answer ?? [:], status: answer == nil ? nil : 200), preflight: asked)
  }

  /// A failure that is mended, one that shows another, one that nothing is known behind, and a request that breaks.
  static var findings: WhatIfFindings {
    let all = [
      (judged("GET", .missingAllowOrigin, .response, answer: [:]), 7),
      (judged("PUT", .missingAllowOrigin, .preflight, answer: nil, preflight: [:]), 3),
      (
        judged(
          "POST", .missingAllowOrigin, .preflight, answer: nil,
          preflight: ["Access-Control-Allow-Methods": "POST"]), 2
      ),
      (
        judged("DELETE", .multipleAllowOriginNotAllowed, .response, answer: ["Access-Control-Allow-Origin": "*, *"]), 1
      ),
      (judged("HEAD", nil, .response, answer: ["Access-Control-Allow-Origin": "*"]), 5),
    ]
    let changes = [
      AnswerChange(
        [.set("Access-Control-Allow-Origin", "{origin}")], on: AnswerChange.Scope(methods: ["GET", "PUT", "POST"])),
      AnswerChange(
        [.add("Access-Control-Allow-Origin", "https://a.example")],
        on: AnswerChange.Scope(methods: ["HEAD"], side: .answer)),
    ]
    let whatIf = WhatIf(changes)
    return all.reduce(into: WhatIfFindings(changes)) { findings, one in
      findings.add(whatIf.result(for: one.0), count: one.1, source: "captures/shop.har")
    }
  }

  @Test(arguments: [80, 60, 40]) func `is told in text that fits its width`(width: Int) throws {
    var text = ""
    WhatIfReport.writeText(Self.findings, limit: 10, ReportOptions(width: width), into: &text)
    #expect(text.split(separator: "\n").filter { DisplayWidth.of($0) > width } == [])
    try expectGolden(text, "whatif-\(width).txt")
  }

  @Test func `is told in Markdown and JSON`() throws {
    var text = ""
    WhatIfReport.writeMarkdown(Self.findings, limit: 10, into: &text)
    try expectGolden(text, "whatif.md")
    text = ""
    WhatIfReport.writeJSON(Self.findings, into: &text)
    try expectGolden(text, "whatif.json")
  }

  @Test func `what was tried is said beside the fix`() throws {
    var findings = Samples.shop()
    findings.problems = Array(findings.problems.prefix(1))
    let failure = Self.judged("PUT", .missingAllowOrigin, .preflight, answer: nil, preflight: [:])
    findings.problems[0].check = FixCheck.check(failure)
    var text = ""
    FindingsReport.writeText(findings, into: &text)
    #expect(text.contains("Fix: "))
    let words = text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(words.contains("Tried on the recording: at the preflight set Access-Control-Allow-Origin: "))
    #expect(words.contains(", set Access-Control-Allow-Methods: PUT") && words.contains("; with all of it the request"))
  }
}

@Suite("What differs between two recordings") struct ComparisonReportTests {
  static var comparison: Comparison {
    func population(_ name: String, _ failures: [(String, String, Int, Int)]) -> Population {
      var population = Population(name: name)
      for (method, reason, count, all) in failures {
        let problem = ProblemIdentity(
          origin: "https://app.example.com", endpoint: "https://api.example.com/|users/{id}", method: method,
          reason: reason)
        if count > 0 { population.problems[problem] = Population.Counts(failures: count, clients: 1) }
        population.requests[Subject(problem)] = Population.Requests(all: all, allowed: all - count)
      }
      return population
    }
    return Comparison(
      population(
        "before.har",
        [
          ("GET", "CORSMissingAllowOrigin", 9, 12), ("PUT", "CORSMethodNotFound", 3, 300),
          ("POST", "CORSMissingAllowOrigin", 2, 4), ("PATCH", "CORSMethodNotFound", 1, 1), ("HEAD", "", 0, 5),
        ]),
      population(
        "after.har",
        [
          ("GET", "CORSMissingAllowOrigin", 0, 14), ("PUT", "CORSMethodNotFound", 90, 300),
          ("POST", "CORSMissingAllowOrigin", 2, 4), ("HEAD", "CORSNotSupportingCredentials", 2, 5),
        ]))
  }

  @Test func `is told in text, Markdown and JSON`() throws {
    var text = ""
    ComparisonReport.writeText(Self.comparison, limit: 10, into: &text)
    try expectGolden(text, "compare.txt")
    text = ""
    ComparisonReport.writeMarkdown(Self.comparison, limit: 10, into: &text)
    try expectGolden(text, "compare.md")
    text = ""
    ComparisonReport.writeJSON(Self.comparison, into: &text)
    try expectGolden(text, "compare.json")
  }
}
