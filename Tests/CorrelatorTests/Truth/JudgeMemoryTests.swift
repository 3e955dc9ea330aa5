import Correlator
import Evidence
import Fetch
import Testing

/// A judge of logs remembers kinds of lines. Whatever it has seen before, it says of a line what one says that sees it first.
@Suite struct JudgeMemoryTests {
  static let targets = [
    "/x", "/y/7", "https://api.example/x", "https://api.example/y/7", "http://api.example:8080/x", "api.example:443",
    "https://app.example/x", "*",
  ]
  static let origins = ["https://app.example", "https://b.example", "null"]

  /// Another line of its kind, or nearly: elsewhere, by someone else, told less of, or answered otherwise.
  private static func vary(_ line: inout Exchange, _ random: inout SplitMix64) {
    line.url = random.pick(targets)
    line.target = line.url.hasPrefix("/") ? nil : URLRecord(line.url)
    line.duration = random.pick([nil, 3_000, 61_000_000])
    line.client = random.pick(["10.0.0.1", "10.0.0.2"])
    line.httpVersion = random.pick([.http11, .http2])
    if random.below(3) == 0 { line.status = random.pick([nil, 301, 307, 401, 404, 500, 502, 504]) }
    let origin = random.pick(origins)
    for index in line.request.list.fields.indices where line.request.list.fields[index].known == .origin {
      line.request.list.fields[index].value = origin
    }
    for index in line.response.list.fields.indices
    where line.response.list.fields[index].known == .accessControlAllowOrigin {
      line.response.list.fields[index].value = random.pick(origins + [origin, "\(origin),", "*"])
    }
    if random.below(4) == 0 {
      line.response.list.append(
        name: "Location", value: random.pick(["/x/", "https://u:p@app.example/", "https://b.example/x"]))
    }
    for side in [\Exchange.request, \Exchange.response] where random.below(3) == 0 {
      let field = random.pick(KnownField.allCases)
      line[keyPath: side].list.fields.removeAll { $0.known == field }
      guard case .only(let fields) = line[keyPath: side].coverage, fields.contains(field) else { continue }
      if random.below(2) == 0 {
        line[keyPath: side].coverage = .only(fields.subtracting(FieldSet(field)))
      } else {
        line[keyPath: side].redacted.insert(field)
      }
    }
  }

  private static func words(_ line: Exchange, by judge: inout LogJudge) -> [String] {
    var subjects = LogSubjects()
    let templates: [VerdictTemplate?] =
      switch judge.judge(line, subjects.subject(of: line, endpoint: LogScene.endpoint(of: line))) {
      case .none: []
      case .refused(let template), .possible(let template): [template]
      case .preflight(let alone, let inDoubt, _): [alone, inDoubt]
      case .request(let template, let withoutCredentials, _): [template, withoutCredentials]
      }
    return templates.map { template in
      guard let verdict = template?.verdict else { return "-" }
      let said = [
        verdict.decision.rawValue, verdict.reason?.rawValue, verdict.phase?.rawValue, verdict.certainty.rawValue,
        verdict.rootCause, verdict.chromiumError?.rawValue, verdict.fix,
      ]
      return "\(said) \(verdict.candidates) \(verdict.engines) \(verdict.evidence)"
    }
  }

  @Test(arguments: Engine.allCases, [FieldSet(.origin, .referer), Recorders.every])
  func `nothing seen before shows`(engine: Engine, fields: FieldSet) {
    var random = SplitMix64(seed: 7)
    let profile = SourceProfile(kind: .log, format: "test", recorder: .server)
    var used = LogJudge(profile: profile)
    var judged = 0
    for _ in 0..<1_500 {
      let facts = Exchanged(&random, engine: engine)
      for var line in Recorders.log(facts, duplicates: .joined, fields: fields, namesAgent: true) {
        Self.vary(&line, &random)
        var fresh = LogJudge(profile: profile)
        let expected = Self.words(line, by: &fresh)
        #expect(Self.words(line, by: &used) == expected)
        judged += expected.count
      }
    }
    #expect(judged > 1_000)
  }
}
