import Correlator
import Foundation
import Testing

/// What a server's log can say of requests, against what their browsers decided.
@Suite struct LogConformanceTests {
  /// Firefox's requests over HTTP/2 passed by nginx.
  static let folders = ["chromium", "chromium-ck", "chromium-h2", "firefox", "firefox-ck", "webkit"]

  /// The failures whose requests show in a log with CORS headers.
  static let held = [
    "chromium": 135, "chromium-ck": 32, "chromium-h2": 166, "firefox": 139, "firefox-ck": 32, "webkit": 166,
  ]

  struct Scores {
    var all = Score()
    /// Without what the log's fields cannot decide.
    var decidable = Score()
  }

  static func score(_ folder: String, _ log: ServerLog) throws -> Scores {
    let captures = try #require(ConformanceTests.captures)
    let capture = try CaptureFolder(captures.appending(path: folder), log: log)
    var scores = Scores()
    for scenario in capture.scenarios {
      let score = Score(scenario, capture.verdicts[scenario.id] ?? [], in: folder) { verdict in
        folder.hasPrefix("chromium") ? verdict.chromiumError?.rawValue : verdict.reason?.rawValue
      }
      scores.all = scores.all + score
      if Undecidable.holds(.verdict, log, scenario.id) { continue }
      let hidesReason = Undecidable.holds(.reason, log, scenario.id)
      scores.decidable = scores.decidable + (hidesReason ? score.withoutReasons : score)
    }
    return scores
  }

  @Test(arguments: folders, ServerLog.allCases.filter(\.recordsHeaders))
  func `with CORS headers, what the log's fields decide is found, with the browser's own reason`(
    folder: String, log: ServerLog
  ) throws {
    let scores = try Self.score(folder, log)
    let score = scores.decidable
    #expect(scores.all.recorded == Self.held[folder])
    #expect(score.deviations == [])
    #expect(Double(score.found) >= 0.97 * Double(score.recorded))
    #expect(scores.all.falseAlarms == 0)
    #expect(scores.all.wrongThoughCertain == 0)
  }

  @Test(arguments: folders) func `without headers, what is not found is left open, and nothing wrong is certain`(
    folder: String
  ) throws {
    let score = try Self.score(folder, .combined).all
    #expect(score.found > 5)
    #expect(score.found + score.leftOpen == score.recorded)
    #expect(score.falseAlarms == 0)
    #expect(score.wrongThoughCertain == 0)
  }

  @Test(arguments: ServerLog.allCases) func `with CORS switched off in the browser, nothing is certain`(
    log: ServerLog
  ) throws {
    let captures = try #require(ConformanceTests.captures)
    let verdicts = try log.verdicts(in: captures.appending(path: "firefox-corsoff"))
    #expect(verdicts.allSatisfy { $0.certainty != .certain })
  }

  @Test(arguments: ServerLog.allCases.filter(\.recordsHeaders))
  func `what is listed as undecidable does deviate somewhere`(log: ServerLog) throws {
    let deviations = try Self.folders.flatMap { try Self.score($0, log).all.deviations }
    for row in Undecidable.all where row.logs.contains(log) {
      for id in row.scenarios { #expect(deviations.contains { $0.contains("/\(id) ") }, "\(id): \(row.why)") }
    }
  }
}
