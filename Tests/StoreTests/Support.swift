import Correlator
import Evidence
import Fetch
import Foundation
import Store

/// A folder that is gone with the test.
final class Folder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
}

/// Two thousand and twenty-six, the second of January, midnight.
let midnight: Int64 = 1_767_312_000_000_000
let options = StoreWriter.Options(now: midnight, key: StoreKey(k0: 1, k1: 2))

func digest(_ number: Int) -> String {
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: 8 - digits.count) + digits + String(repeating: "ab", count: 28)
}

func summary(_ path: String, _ number: Int, kind: SourceKind = .har, read: Int = 0) -> SourceSummary {
  SourceSummary(
    path: path, sha256: digest(number), kind: kind, format: "test", bytes: 1, read: read, kept: read, rejected: 0)
}

/// A failing request and its preflight in one line.
struct Case {
  var entry: Int
  var origin: String? = "https://app.example"
  var endpoint = "https://api.example/users/{id}"
  var method = "PUT"
  var decision = Verdict.Decision.blocked
  var reason: ReasonKey? = .missingAllowOrigin
  var phase: Verdict.Phase? = .preflight
  var client: String?
  var rootCause: String?
  var minutes: Int64 = 0
  var certainty = Verdict.Certainty.certain
  var candidates: [ReasonKey] = []
  var engines: PerEngine<Verdict.Decision>?
  var status: Int?

  var verdict: Verdict {
    var verdict = Verdict(
      anchor: Locator(entry: entry, offset: 0), method: method, url: "https://api.example/users/\(entry)?page=1",
      endpoint: endpoint, decision: decision, certainty: certainty, recordedBy: .chromium,
      engines: engines ?? PerEngine { _ in decision })
    verdict.exchange = Locator(entry: entry, offset: 0)
    verdict.preflight = phase == .preflight ? Locator(entry: entry + 1, offset: 0) : nil
    verdict.origin = origin
    verdict.targetOrigin = "https://api.example"
    verdict.reason = decision == .blocked ? reason : nil
    verdict.phase = phase
    verdict.client = client
    verdict.rootCause = rootCause
    verdict.candidates = candidates
    verdict.startedAt = midnight + minutes * 60_000_000
    verdict.status = status
    verdict.evidence = [Fact("access-control-allow-origin", "absent", from: "preflight response")]
    verdict.fix = "Send Access-Control-Allow-Origin."
    return verdict
  }
}

extension StoreWriter {
  /// One whole input.
  func fill(_ path: String, _ number: Int, _ body: (Import) throws -> Void) throws {
    guard let input = try begin(source: path, sha256: digest(number)) else { return }
    try body(input)
    try input.finish(summary(path, number))
  }
}

extension Import {
  /// The request, and what is said of it.
  func add(_ one: Case) throws {
    let verdict = one.verdict
    try add(Exchange(locator: verdict.anchor, method: verdict.method, url: verdict.url, status: verdict.status))
    try add(verdict)
  }
}

extension StoreReader {
  func table(_ sql: String, _ parameters: [String: Cell] = [:]) throws -> [[Cell]] {
    var found: [[Cell]] = []
    try rows(sql, parameters) { found.append($0) }
    return found
  }

  /// One column, written as text.
  func column(_ sql: String) throws -> [String] {
    try table(sql).map { row in
      switch row.first {
      case .text(let text): text
      case .int(let number): "\(number)"
      case .real(let number): "\(number)"
      case .null: "NULL"
      case .blob, nil: "?"
      }
    }
  }
}

/// A temporary store with one source of these verdicts.
func reader(_ cases: [Case], path: String = "a.har") throws -> StoreReader {
  let writer = try StoreWriter(.temporary, options: options)
  try writer.fill(path, 7) { input in for one in cases { try input.add(one) } }
  return try writer.close()
}
