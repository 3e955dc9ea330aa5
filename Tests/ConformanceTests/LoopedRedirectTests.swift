import Correlator
import Evidence
import Foundation
import Testing

/// A request whose redirects did not end, in a log: 21 lines, of which the last was one too many.
@Suite struct LoopedRedirectTests {
  /// A JSON log of one client that is sent in a circle, a tenth of a second apart.
  private static func log(_ count: Int, allows origin: String = "*", logsLocation: Bool = true, in folder: URL) throws
    -> URL
  {
    let location = logsLocation ? #","location":"https://api.example.com/items""# : ""
    let lines = (0..<count).map { hop in
      #"{"msec":\#(1_762_000_000 + hop / 10).\#(hop % 10)00,"remote_addr":"203.0.113.7","method":"GET","scheme":"http","host":"api.example.com","uri":"/items","status":301,"duration":0.003,"origin":"https://app.example.com","user_agent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36","acrm":"","acrh":"","acao":"\#(origin)","acac":""\#(location)}"#
    }
    let file = folder.appending(path: "access.json")
    try (lines.joined(separator: "\n") + "\n").write(to: file, atomically: false, encoding: .utf8)
    return file
  }

  private static func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "corsleuth-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  /// Decision, certainty, reason and cause of all, and how many.
  private static func said(_ log: ImportedLog) throws -> [String] {
    try log.texts(
      """
      SELECT verdict || ' ' || certainty || coalesce(' ' || reason, '') || coalesce(' ' || root_cause, '') || ' ' || count(1)
      FROM verdicts GROUP BY verdict, certainty, reason, root_cause ORDER BY 1
      """)
  }

  @Test func `the last hop is blocked, and the others passed, which tells of the credentials`() throws {
    try Self.inFolder { folder in
      let log = try ImportedLog(Self.log(21, in: folder))
      #expect(
        try Self.said(log) == ["allowed inferred 20", "blocked inferred CORSDidNotSucceed redirect-loop 1"])
      let last = try #require(try log.verdicts().last)
      #expect(last.anchor.entry == 21 && last.phase == .redirect)
      #expect(last.evidence.contains { $0.fact == "credentials mode" && $0.value.hasPrefix("not include") })
      #expect(last.evidence.contains { $0.fact == "redirects" && $0.from == "inference" })
      #expect(last.fix?.contains("circle of redirects") ?? false)
    }
  }

  @Test func `where no location is logged, their number makes it likely`() throws {
    try Self.inFolder { folder in
      let log = try ImportedLog(Self.log(21, logsLocation: false, in: folder))
      #expect(
        try Self.said(log)
          == ["blocked possible CORSDidNotSucceed redirect-loop 1", "undetermined possible 20"])
      #expect(try log.verdicts().last?.candidates.first == .didNotSucceed)
    }
  }

  @Test func `what was refused for its own fields was not followed by a browser`() throws {
    try Self.inFolder { folder in
      let log = try ImportedLog(Self.log(21, allows: "https://other.example.com", in: folder))
      #expect(try Self.said(log) == ["blocked inferred CORSAllowOriginNotMatchingOrigin allows-other-origin 21"])
    }
  }

  @Test func `a log that grows is judged by all of it, and no hop by what was said before`() throws {
    try Self.inFolder { folder in
      let log = try ImportedLog(Self.log(20, in: folder))
      #expect(try Self.said(log) == ["undetermined possible 20"])
      try log.add(Self.log(21, in: folder))
      #expect(
        try Self.said(log) == ["allowed inferred 20", "blocked inferred CORSDidNotSucceed redirect-loop 1"])
      try log.add(Self.log(21 + 5, in: folder))
      #expect(
        try Self.said(log)
          == ["allowed inferred 20", "blocked inferred CORSDidNotSucceed redirect-loop 1", "undetermined possible 5"])
    }
  }
}
