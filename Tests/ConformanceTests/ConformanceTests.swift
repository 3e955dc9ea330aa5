import Correlator
import Foundation
import Testing

/// The program against real browsers: recordings of scripted requests, with each browser's own verdict beside them.
///
/// `CORSLEUTH_CAPTURES` names another folder of recordings than the fixtures here; `make conformance` prints the table.
@Suite struct ConformanceTests {
  static let chromium = ["chromium", "chromium-ck", "chromium-h2"]
  static let firefox = ["firefox", "firefox-ck", "firefox-h2"]

  static var captures: URL? {
    if let path = ProcessInfo.processInfo.environment["CORSLEUTH_CAPTURES"], !path.isEmpty {
      return URL(filePath: path, directoryHint: .isDirectory)
    }
    return Bundle.module.url(forResource: "Captures", withExtension: nil)
  }

  /// What cannot be told from the recordings, and why.
  static let exceptions = [
    "transport005":
      "Firefox reads garbage on a reused connection as an answer of its own making, and records nothing of it",
    "ckpost026": "Firefox, same site, no cookie to send: nothing recorded tells that the request was credentialed",
    "ckpost027": "Firefox, same site, no cookie to send: nothing recorded tells that the request was credentialed",
    "element064": "the answer was readable; what failed was decoding it as a video",
  ]

  static func score(_ folder: String, names: (Verdict) -> String?) throws -> [String: Score] {
    let captures = try #require(captures)
    let capture = try CaptureFolder(captures.appending(path: folder))
    var groups: [String: Score] = [:]
    for scenario in capture.scenarios {
      let score = Score(scenario, capture.verdicts[scenario.id] ?? [], in: folder, names: names)
      groups[scenario.group] = (groups[scenario.group] ?? Score()) + score
    }
    return groups
  }

  static func total(_ folder: String, names: (Verdict) -> String?) throws -> Score {
    try score(folder, names: names).values.reduce(Score(), +)
  }

  @Test(arguments: chromium) func `every recorded failure of Chromium's is found, with Chromium's own error`(
    folder: String
  ) throws {
    let score = try Self.total(folder) { $0.chromiumError?.rawValue }
    #expect(score.failures > 20)
    #expect(score.deviations == [])
    #expect(score.found == score.recorded)
    #expect(score.wrongThoughCertain == 0)
  }

  @Test(arguments: firefox) func `every recorded failure of Firefox's is found, with Firefox's own reason`(
    folder: String
  ) throws {
    let score = try Self.total(folder) { $0.reason?.rawValue }
    #expect(score.failures > 20)
    let unexplained = score.deviations.filter { line in !Self.exceptions.keys.contains { line.contains($0) } }
    #expect(unexplained == [])
    #expect(score.falseAlarms == 0)
    #expect(score.wrongThoughCertain == 0)
  }

  @Test func `a failure left open has the truth among its candidates`() throws {
    let captures = try #require(Self.captures)
    for folder in Self.firefox {
      let capture = try CaptureFolder(captures.appending(path: folder))
      for scenario in capture.scenarios where scenario.failed {
        let verdicts = capture.verdicts[scenario.id] ?? []
        guard !verdicts.contains(where: { $0.decision == .blocked }), let truth = scenario.reasons.first,
          !verdicts.isEmpty
        else { continue }
        #expect(verdicts.contains { $0.candidates.map(\.rawValue).contains(truth) }, "\(folder)/\(scenario.id)")
      }
    }
  }

  @Test func `what Playwright records of blocked requests is found, and nothing else is called blocked`() throws {
    let score = try Self.total("playwright") { _ in nil }
    #expect(score.found == score.failures)
    #expect(score.falseAlarms == 0)
    #expect(score.wrongThoughCertain == 0)
  }

  @Test func `a proxy's recording of the same traffic gives Chromium's errors`() throws {
    let captures = try #require(Self.captures)
    let capture = try CaptureFolder(captures.appending(path: "playwright"), only: { $0 == "mitmproxy" })
    var total = Score()
    for scenario in capture.scenarios {
      guard let verdicts = capture.verdicts[scenario.id] else { continue }
      total = total + Score(scenario, verdicts, in: "mitmproxy") { $0.chromiumError?.rawValue }
    }
    #expect(total.failures > 50)
    // The recording ends with this preflight: whether its request would have followed, it does not show.
    #expect(total.deviations.filter { !$0.contains("preacac012") } == [])
    #expect(total.wrongThoughCertain == 0)
  }

  @Test func `with CORS switched off in Firefox, requests that needed a preflight show it`() throws {
    let captures = try #require(Self.captures)
    let capture = try CaptureFolder(captures.appending(path: "firefox-corsoff"))
    for group in ["preacac", "xhr"] {
      for scenario in capture.scenarios where scenario.group == group {
        let verdicts = capture.verdicts[scenario.id] ?? []
        #expect(verdicts.map(\.reason) == [.disabled], "\(scenario.id)")
      }
    }
    // A file with simple requests alone does not show it: what is said of them is never certain.
    let all = capture.verdicts.values.flatMap { $0 }
    #expect(all.allSatisfy { $0.certainty != .certain })
  }
}
