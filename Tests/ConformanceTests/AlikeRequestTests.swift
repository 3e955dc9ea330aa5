import Foundation
import Testing

/// Preflights that pass without credentials alone and that nothing follows: refused, unless a request like theirs came, as where a
/// browser sends one for several, or has the answer in its cache.
@Suite struct AlikeRequestTests {
  private static let page = "https://app.example.org"

  private static func preflight(_ seconds: Double, with changes: [String: String] = [:]) -> NginxLine {
    let granted = ["acrm": "GET", "acrh": "x-token", "acao": page, "acam": "GET", "acah": "x-token"]
    return NginxLine(seconds, "OPTIONS", "/a", 204, with: granted.merging(changes) { $1 })
  }

  private static func request(_ seconds: Double, with changes: [String: String] = [:]) -> NginxLine {
    NginxLine(seconds, "GET", with: ["acao": page].merging(changes) { $1 })
  }

  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var lines: [NginxLine]
    /// Of the preflights that nothing followed.
    var verdicts: [String]
  }

  @Test(arguments: [
    Case(
      testDescription: "three at once, one request",
      lines: [preflight(0), preflight(0.01), preflight(0.02), request(0.02)],
      verdicts: ["undetermined"]),
    Case(
      testDescription: "answered by the cache, later", lines: [preflight(0), request(0.1), preflight(900)],
      verdicts: ["undetermined"]),
    Case(testDescription: "no request", lines: [preflight(0), preflight(900)], verdicts: ["blocked"]),
    Case(
      testDescription: "a request with credentials, before they were disallowed",
      lines: [
        preflight(0, with: ["acac": "true"]), request(0.1, with: ["acac": "true"]), preflight(900), preflight(1800),
      ], verdicts: ["blocked"]),
    Case(
      testDescription: "another client's", lines: [preflight(0), request(0.1, with: ["remote_addr": "10.0.0.2"])],
      verdicts: ["blocked"]),
    Case(
      testDescription: "of another URL",
      lines: [preflight(0), preflight(1, with: ["request_uri": "/b"]), request(1.1, with: ["request_uri": "/b"])],
      verdicts: ["blocked"]),
    Case(
      testDescription: "of another origin",
      lines: [preflight(0), request(0.1, with: ["origin": "https://other.example"])], verdicts: ["blocked"]),
    Case(
      testDescription: "half a day before", lines: [preflight(0), request(0.1), preflight(43_200)],
      verdicts: ["blocked"]),
  ])
  func `tell what became of them`(_ one: Case) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "corsleuth-\(UUID().uuidString).log")
    defer { try? FileManager.default.removeItem(at: file) }
    let later = NginxLine(
      60_000, "GET", "/static", with: ["remote_addr": "10.9.9.9", "origin": "", "sec_fetch_mode": ""])
    let text = try (one.lines + [later]).map { try $0.json() + "\n" }.joined()
    try text.write(to: file, atomically: false, encoding: .utf8)
    let said = try ImportedLog(file).texts(
      "SELECT DISTINCT verdict FROM verdicts WHERE exchange_id IS NULL ORDER BY 1")
    #expect(said == one.verdicts)
  }
}
