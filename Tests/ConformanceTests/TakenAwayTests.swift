import Correlator
import Foundation
import Testing

/// What a recording has lost on its way to whoever reads it: less is said of the rest, and less surely, but nothing wrong for certain.
@Suite struct TakenAwayTests {
  typealias Object = [String: Any]

  /// Something that an exporter does not write, or a tool took away.
  struct Loss: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let apply: @Sendable (inout [Object]) -> Void

    init(_ name: String, _ apply: @escaping @Sendable (inout [Object]) -> Void) {
      (testDescription, self.apply) = (name, apply)
    }

    /// Members of each entry.
    static func members(_ names: String...) -> Loss {
      Loss(names.joined(separator: ", ")) { entries in
        for index in entries.indices { for name in names { entries[index][name] = nil } }
      }
    }

    /// Members of each entry's request and response.
    static func ofBothSides(_ names: String...) -> Loss {
      Loss(names.joined(separator: ", ")) { entries in
        change(&entries, ["request", "response"]) { side in for name in names { side[name] = nil } }
      }
    }

    /// Header fields, of which `isLost` is told the name; or of their values what stands in their place.
    static func fields(
      _ name: String, of sides: [String] = ["request", "response"], for value: String? = nil,
      _ isLost: @escaping @Sendable (String) -> Bool
    ) -> Loss {
      Loss(name) { entries in
        change(&entries, sides) { side in
          let fields = side["headers"] as? [Object] ?? []
          side["headers"] = fields.compactMap { field in
            guard isLost((field["name"] as? String ?? "").lowercased()) else { return field }
            return value.map { field.merging(["value": $0]) { $1 } }
          }
        }
      }
    }

    private static func change(_ entries: inout [Object], _ sides: [String], _ change: (inout Object) -> Void) {
      for index in entries.indices {
        for side in sides {
          var part = entries[index][side] as? Object ?? [:]
          change(&part)
          entries[index][side] = part
        }
      }
    }
  }

  static let losses: [Loss] = [
    Loss("members that only this exporter writes") { entries in
      entries = entries.compactMap { standard($0) as? Object }
    },
    .members("startedDateTime"), .members("time", "timings", "connection", "serverIPAddress"), .members("pageref"),
    .ofBothSides("httpVersion"), .ofBothSides("headersSize", "bodySize"), .ofBothSides("content", "postData"),
    Loss("order") { $0.reverse() },
    Loss("preflights") { $0.removeAll { isPreflight($0) } },
    Loss("every second entry") { $0 = $0.enumerated().filter { $0.offset % 2 == 0 }.map(\.element) },
    Loss("every other entry") { $0 = $0.enumerated().filter { $0.offset % 2 == 1 }.map(\.element) },
    .fields("Sec-Fetch fields") { $0.hasPrefix("sec-fetch") },
    .fields("cookies") { $0 == "cookie" || $0 == "set-cookie" },
    .fields("Origin") { $0 == "origin" },
    .fields("Origin and Referer") { $0 == "origin" || $0 == "referer" },
    .fields("User-Agent") { $0 == "user-agent" },
    .fields("the requests' fields", of: ["request"]) { _ in true },
    .fields("the answers' fields", of: ["response"]) { _ in true },
    .fields("all fields") { _ in true },
    .fields("Origin's value", for: "") { $0 == "origin" },
    .fields("Access-Control-Allow-Origin's value", for: "***") { $0 == "access-control-allow-origin" },
    .fields("all values", for: "[REDACTED]") { _ in true },
    Loss("the answers that failed") { entries in
      for index in entries.indices {
        guard let error = (entries[index]["response"] as? Object)?["_error"] as? String else { continue }
        entries[index]["response"] = ["status": 0, "headers": [Object](), "_error": error] as Object
      }
    },
  ]

  private static func isPreflight(_ entry: Object) -> Bool {
    (entry["request"] as? Object)?["method"] as? String == "OPTIONS"
  }

  private static func standard(_ value: Any) -> Any {
    if let object = value as? Object {
      return object.filter { !$0.key.hasPrefix("_") }.mapValues { standard($0) }
    }
    return (value as? [Any])?.map { standard($0) } ?? value
  }

  @Test(arguments: losses, ["chromium-h2", "firefox-h2"])
  func `nothing wrong is certain without`(loss: Loss, folder: String) throws {
    let score = try score(folder, after: loss)
    #expect(score.wrongThoughCertain == 0, "\(score.deviations.filter { $0.contains("(certain)") })")
  }

  @Test(arguments: ["chromium-h2", "firefox-h2"])
  func `nothing wrong is certain where the exporter is unknown as well`(folder: String) throws {
    let score = try score(folder, after: Self.losses[0]) { log in
      log["creator"] = ["name": "x", "version": "1"]
      log["browser"] = nil
    }
    #expect(score.wrongThoughCertain == 0)
    #expect(score.found * 20 > score.recorded * 19)
    #expect(score.rightReason * 20 > score.found * 19)
  }

  private func score(_ folder: String, after loss: Loss, _ change: (inout Object) -> Void = { _ in }) throws -> Score {
    let captures = try #require(ConformanceTests.captures)
    let capture = try CaptureFolder(captures.appending(path: folder)) { log in
      var entries = log["entries"] as? [Object] ?? []
      loss.apply(&entries)
      log["entries"] = entries
      change(&log)
    }
    return capture.scenarios.filter { ConformanceTests.exceptions[$0.id] == nil }.reduce(Score()) { sum, scenario in
      // A redirect passed, whatever became of what it led to, and so may one try have of several.
      let verdicts = (capture.verdicts[scenario.id] ?? []).filter {
        $0.decision != .allowed || !(300..<400).contains($0.status ?? 0) && !scenario.outcomes.contains(true)
      }
      return sum
        + Score(scenario, verdicts, in: folder) {
          folder.hasPrefix("firefox") ? $0.reason?.rawValue : $0.chromiumError?.rawValue
        }
    }
  }
}
