import Correlator
import Foundation
import Testing

/// What can be said from a server's log, each sentence on a log of a few lines.
@Suite struct LogClaimTests {
  struct Claim: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let lines: [NginxLine]
    /// Decision, reason, certainty.
    var verdicts: [String] = []
    /// Outcome, the line of the follow-up, how many more it let through.
    var preflights: [String] = []

    init(_ sentence: String, _ lines: [NginxLine], verdicts: [String] = [], preflights: [String] = []) {
      testDescription = sentence
      self.lines = lines
      self.verdicts = verdicts
      self.preflights = preflights
    }
  }

  private static func imported(_ lines: [String]) throws -> ImportedLog {
    let file = FileManager.default.temporaryDirectory.appending(path: "corsleuth-\(UUID().uuidString).log")
    defer { try? FileManager.default.removeItem(at: file) }
    try (lines.joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
    return try ImportedLog(file)
  }

  private static func expect(_ claim: Claim, _ log: ImportedLog) throws {
    let verdicts = try log.verdicts().map { verdict in
      [verdict.decision.rawValue, verdict.reason?.rawValue, verdict.certainty.rawValue].compactMap { $0 }
        .joined(separator: " ")
    }
    #expect(verdicts == claim.verdicts)
    let preflights = try log.texts(
      "SELECT outcome || coalesce(' by ' || follow_up_entry, '') || ', covers ' || covers FROM preflights ORDER BY entry"
    )
    #expect(preflights == claim.preflights)
  }

  static let withHeaders = [
    Claim(
      "a client that was gone before its preflight was answered was refused nothing",
      [.preflight(0, 499, with: ["acao": "", "acac": "", "acam": ""]), .later], verdicts: ["undetermined possible"],
      preflights: ["undetermined, covers 0"]),
    Claim(
      "a preflight with a status outside 200–299 failed", [.preflight(0, 500), .later],
      verdicts: ["blocked CORSPreflightDidNotSucceed inferred"], preflights: ["refused, covers 0"]),
    Claim(
      "a preflight that allows no origin failed", [.preflight(0, 204, with: ["acao": ""]), .later],
      verdicts: ["blocked CORSMissingAllowOrigin possible"], preflights: ["refused, covers 0"]),
    Claim(
      "one that allows all it was asked and is not followed was left by its page", [.preflight(0), .later],
      verdicts: ["undetermined possible"], preflights: ["abandoned, covers 0"]),
    Claim(
      "a follow-up proves that its preflight passed", [.preflight(0), .allowed(0.05), .later],
      verdicts: ["allowed inferred"], preflights: ["followed by 2, covers 0"]),
    Claim(
      "an answer that allows no origin is blocked", [NginxLine(0, "GET"), .later],
      verdicts: ["blocked CORSMissingAllowOrigin possible"]),
    Claim(
      "of a no-cors request it is not", [NginxLine(0, "GET", with: ["sec_fetch_mode": "no-cors"]), .later]),
    Claim(
      "a cookie that travelled tells the credentials mode",
      [NginxLine(0, "GET", with: ["cookie": "REDACTED", "acao": "*"]), .later],
      verdicts: ["blocked CORSNotSupportingCredentials inferred"]),
    Claim(
      "so does Sec-Fetch-Storage-Access",
      [NginxLine(0, "GET", with: ["sec_fetch_storage_access": "none", "acao": "*"]), .later],
      verdicts: ["blocked CORSNotSupportingCredentials inferred"]),
    Claim(
      "and its absence, of a browser that sends it", [NginxLine(0, "GET", with: ["acao": "*"]), .later],
      verdicts: ["allowed inferred"]),
    Claim(
      "but not within one site", [NginxLine(0, "GET", with: ["acao": "*", "sec_fetch_site": "same-site"]), .later],
      verdicts: ["undetermined possible"]),
    Claim(
      "an OPTIONS that is no preflight is not counted",
      [NginxLine(0, "OPTIONS", "/health", with: ["origin": "", "sec_fetch_mode": ""]), .later]),
    Claim(
      "the cache lets through what follows within Access-Control-Max-Age",
      [.preflight(0, with: ["acma": "600"]), .allowed(0.05), .allowed(300), .allowed(900), .later],
      verdicts: (0..<3).map { _ in "allowed inferred" }, preflights: ["followed by 2, covers 1"]),
    Claim(
      "but two hours at most in Chromium",
      [.preflight(0, with: ["acma": "86400"]), .allowed(0.05), .allowed(7000), .allowed(9000)],
      verdicts: (0..<3).map { _ in "allowed inferred" }, preflights: ["followed by 2, covers 1"]),
    Claim(
      "and a day in Firefox",
      [
        .preflight(0, by: .firefox, with: ["acma": "172800"]), .allowed(0.05, by: .firefox),
        .allowed(80_000, by: .firefox),
        .allowed(90_000, by: .firefox),
      ],
      verdicts: (0..<3).map { _ in "allowed inferred" }, preflights: ["followed by 2, covers 1"]),
  ]

  @Test(arguments: withHeaders) func `a log with CORS headers says`(_ claim: Claim) throws {
    try Self.expect(claim, try Self.imported(claim.lines.map { try $0.json() }))
  }

  @Test(arguments: [NginxLine.Browser.chrome, .firefox])
  func `Chromium sends a preflight for each of four parallel calls, Firefox one that covers the others`(
    browser: NginxLine.Browser
  ) throws {
    let asked = (0..<(browser == .chrome ? 4 : 1)).map { _ in NginxLine.preflight(0, by: browser) }
    let calls = (0..<4).map { NginxLine.allowed(0.05 + Double($0) / 1000, by: browser) }
    let log = try Self.imported((asked + calls + [.later]).map { try $0.json() })
    let preflights = try log.rows("SELECT outcome, covers FROM preflights")
    #expect(preflights == asked.map { _ in [.text("followed"), .int(browser == .chrome ? 0 : 3)] })
  }

  @Test func `with whole seconds and a duration, a request's preflight is the line before it, not one of a second ago`()
    throws
  {
    let lines = [NginxLine.preflight(0, with: ["acac": ""]), .preflight(1), .allowed(1), .later].map { $0.text() }
    let followed = try Self.imported(lines).texts(
      "SELECT outcome || coalesce(' by ' || follow_up_entry, '') FROM preflights ORDER BY entry")
    #expect(followed == ["refused", "followed by 3"])
  }

  @Test func `one that passes as logged may have been refused for a second line, of which nginx logs the first`() throws
  {
    let log = try Self.imported([NginxLine.preflight(0), .later].map { try $0.json() })
    #expect(
      try log.verdicts().map(\.candidates) == [[.multipleAllowOriginNotAllowed, .missingAllowCredentials]])
  }

  static let withoutHeaders = [
    Claim(
      "an OPTIONS that nobody followed is a suspicion, and the referer stands in for its origin",
      [.preflight(0), .later], verdicts: ["blocked CORSMissingAllowOrigin possible"],
      preflights: ["refused, covers 0"]),
    Claim(
      "a follow-up proves that its preflight passed, and not that its answer could be read",
      [.preflight(0), .allowed(1), .later], verdicts: ["undetermined possible"],
      preflights: ["followed by 2, covers 0"]),
    Claim(
      "an OPTIONS of no browser's is no preflight",
      ["curl/8.5.0", "kube-probe/1.29", "Microsoft-WebDAV-MiniRedir/10.0.19043"].map {
        NginxLine(0, "OPTIONS", with: ["referer": "-", "user_agent": $0])
      } + [.later]),
  ]

  @Test(arguments: withoutHeaders) func `a combined log says`(_ claim: Claim) throws {
    let log = try Self.imported(claim.lines.map { $0.combined() })
    try Self.expect(claim, log)
    for verdict in try log.verdicts() {
      #expect(verdict.evidence.contains { $0.fact == "origin" && $0.from == "inference" })
    }
  }

  /// Preflights of one client a minute apart, each followed unless it is one of `alone`.
  private static func minutes(_ count: Int, alone: Range<Int>) -> [NginxLine] {
    (0..<count).flatMap { minute -> [NginxLine] in
      let time = Double(minute * 60)
      return alone.contains(minute) ? [.preflight(time)] : [.preflight(time), .allowed(time + 1)]
    }
  }

  @Test(arguments: [(30..<31, 0), (55..<60, 5), (0..<60, 60)])
  func `of those that nobody followed the fewer are suspected, the more the same client was let through around them`(
    alone: Range<Int>, suspected: Int
  ) throws {
    let lines = (Self.minutes(60, alone: alone) + [.later, .later]).map { $0.combined() }
    let blocked = try Self.imported(lines).verdicts().filter { $0.decision == .blocked }
    #expect(blocked.count == suspected)
    #expect(blocked.allSatisfy { $0.certainty == .possible && $0.candidates.count > 1 })
  }

  @Test func `a log without OPTIONS says so`() throws {
    let calls = (0..<3).map { NginxLine.allowed(Double($0)) }
    for lines in [try calls.map { try $0.json() }, calls.map { $0.combined() }] {
      let spots = try Self.imported(lines).texts("SELECT blind_spots FROM sources")
      #expect(spots.joined().contains("No preflight is in this log"))
    }
  }
}
