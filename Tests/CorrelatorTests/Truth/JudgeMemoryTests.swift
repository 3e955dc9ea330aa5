import Correlator
import Evidence
import Fetch
import Testing

/// A judge of logs remembers kinds of lines. Whatever it has seen before, it says of a line what one says that sees it first.
@Suite struct JudgeMemoryTests {
  static let targets = ["/x", "/y/7", "https://api.example/x", "https://api.example/y/7", "http://api.example:8080/x"]

  private static func words(_ line: Exchange, by judge: inout LogJudge) -> [String] {
    var subjects = LogSubjects()
    let templates: [VerdictTemplate?] =
      switch judge.judge(line, subjects.subject(of: line, endpoint: LogScene.endpoint(of: line))) {
      case .none: []
      case .refused(let template), .possible(let template): [template]
      case .preflight(let alone, let amongFollowed, _): [alone, amongFollowed]
      case .request(let template, let withoutCredentials): [template, withoutCredentials]
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
    let profile = SourceProfile(kind: "log", format: "test", recorder: .server)
    var used = LogJudge(profile: profile)
    var judged = 0
    for _ in 0..<1_500 {
      let facts = Exchanged(&random, engine: engine)
      for var line in Recorders.log(facts, duplicates: .joined, fields: fields, namesAgent: true) {
        line.url = random.pick(Self.targets)
        line.target = line.url.hasPrefix("/") ? nil : URLRecord(line.url)
        line.duration = random.pick([nil, 3_000, 61_000_000])
        line.client = random.pick(["10.0.0.1", "10.0.0.2"])
        if random.pick([true, false, false]) { line.status = random.pick([301, 307, 401, 404, 500, 502, 504]) }
        var fresh = LogJudge(profile: profile)
        let expected = Self.words(line, by: &fresh)
        #expect(Self.words(line, by: &used) == expected)
        judged += expected.count
      }
    }
    #expect(judged > 1_000)
  }
}
