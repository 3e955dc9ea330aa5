import Correlator
import Foundation
import Testing

/// `make conformance`: the verdicts beside the browsers' own, by engine and by group of scenarios.
@Suite struct ConformanceTable {
  private static let isWanted = ProcessInfo.processInfo.environment["CORSLEUTH_TABLE"] != nil

  @Test(.enabled(if: isWanted, "only `make conformance` prints it")) func `is printed`() throws {
    // Playwright's recordings of blocked requests have no answer to judge: only the finding counts.
    let folders: [(name: String, names: ((Verdict) -> String?)?)] =
      ConformanceTests.chromium.map { ($0, { $0.chromiumError?.rawValue }) }
      + ConformanceTests.firefox.map { ($0, { $0.reason?.rawValue }) }
      + [("playwright", nil)]
    var lines: [String] = []
    var deviations: [String] = []
    var byGroup: [String: [String: Score]] = [:]
    lines += Self.header("recordings")
    for folder in folders {
      var groups = try ConformanceTests.score(folder.name, names: folder.names ?? { _ in nil })
      if folder.names == nil { groups = groups.mapValues(\.withoutReasons) }
      lines.append(Self.row(folder.name, groups.values.reduce(Score(), +)))
      let engine = String(folder.name.prefix { $0 != "-" })
      byGroup[engine, default: [:]].merge(groups, uniquingKeysWith: +)
    }
    for engine in byGroup.keys.sorted() {
      let groups = byGroup[engine] ?? [:]
      lines += [""] + Self.header("\(engine), by group")
      for group in groups.keys.sorted() {
        let score = groups[group] ?? Score()
        lines.append(Self.row(group, score))
        deviations += score.deviations
      }
      lines.append(Self.row("all", groups.values.reduce(Score(), +)))
    }
    lines += ["", "Deviations"] + deviations.sorted().map { "  \($0)" } + (try Self.logs())
    // A file, for test runners write words of their own between a test's lines.
    let path = try #require(ProcessInfo.processInfo.environment["CORSLEUTH_TABLE"])
    try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// The same requests in server logs: what their fields decide, then all; and what they cannot decide.
  private static func logs() throws -> [String] {
    var lines: [String] = []
    for log in ServerLog.allCases {
      let scores = try LogConformanceTests.folders.map { (name: $0, score: try LogConformanceTests.score($0, log)) }
      if log.recordsHeaders {
        lines += [""] + header("\(log.rawValue), decidable") + scores.map { row($0.name, $0.score.decidable) }
      }
      lines += [""] + header("\(log.rawValue), all") + scores.map { row($0.name, $0.score.all) }
      let deviations = scores.flatMap(\.score.decidable.deviations).sorted().map { "  \($0)" }
      if log.recordsHeaders, !deviations.isEmpty { lines += ["", "Deviations from what it decides"] + deviations }
    }
    lines += ["", "What a log's fields do not decide"]
    return lines + Undecidable.all.map { "  \($0.why): \($0.scenarios.joined(separator: " "))" }
  }

  private static func header(_ title: String) -> [String] {
    let columns = [
      "failures", "recorded", "found", "left open", "missed", "right reason", "false alarms", "wrong though certain",
    ]
    return [
      "| \(padded(title)) | \(columns.joined(separator: " | ")) |",
      "| \(String(repeating: "-", count: 22)) |" + columns.map { _ in " ---: |" }.joined(),
    ]
  }

  private static func row(_ name: String, _ score: Score) -> String {
    let reasons = score.rightReason + score.wrongReason
    let cells = [
      "\(score.failures)", "\(score.recorded)", share(score.found, score.recorded),
      share(score.leftOpen, score.recorded),
      "\(score.recorded - score.found - score.leftOpen)", share(score.rightReason, reasons), "\(score.falseAlarms)",
      "\(score.wrongThoughCertain)",
    ]
    return "| \(padded(name)) | \(cells.joined(separator: " | ")) |"
  }

  private static func padded(_ text: String) -> String {
    text + String(repeating: " ", count: max(0, 22 - text.count))
  }

  /// `41 (97.6%)`; a dash where there is nothing to share.
  private static func share(_ part: Int, _ whole: Int) -> String {
    guard whole > 0 else { return "-" }
    let permille = (Double(part) * 1000 / Double(whole)).rounded()
    return "\(part) (\(Int(permille) / 10).\(Int(permille) % 10)%)"
  }
}
