import Correlator
import Foundation
import Testing

/// The log of an application that knows nothing of CORS: its answers allow nobody, and are what browsers got only where no proxy
/// stands in front.
@Suite struct DoubtedLogTests {
  /// What of each request the application sees.
  enum Seen: String { case both, request, preflight }

  /// A log of twelve `PUT`s a minute apart, as pino-http writes it: every header, no proxy named.
  private static func log(_ seen: Seen, growsTo count: Int = 12, in folder: URL) throws -> URL {
    var text = ""
    for minute in 0..<count {
      let time = 1_762_000_000_000 + minute * 60_000
      if seen != .request { text += line("OPTIONS", 404, time, #","access-control-request-method":"PUT""#) }
      if seen != .preflight { text += line("PUT", 200, time + 80, "") }
    }
    let file = folder.appending(path: seen.rawValue + ".json")
    try text.write(to: file, atomically: false, encoding: .utf8)
    return file
  }

  private static func line(_ method: String, _ status: Int, _ time: Int, _ announced: String) -> String {
    #"""
    {"level":30,"time":\#(time),"req":{"method":"\#(method)","url":"/items/7","headers":{"host":"api.example.com","origin":"https://app.example.com","user-agent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"\#(announced)},"remoteAddress":"203.0.113.7"},"res":{"statusCode":\#(status),"headers":{"content-type":"application/json"}},"responseTime":3,"msg":"request completed"}

    """#
  }

  private static func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "corsleuth-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  /// Decision, certainty and reason of all, and how many.
  private static func said(_ log: ImportedLog, of seen: Seen? = nil) throws -> [String] {
    try log.texts(
      """
      SELECT verdict || ' ' || certainty || ' ' || coalesce(reason || ' ', '') || count(1) FROM verdicts
      WHERE source LIKE '%\(seen?.rawValue ?? "").json' GROUP BY verdict, certainty, reason ORDER BY 1
      """)
  }

  @Test(
    arguments: [
      (.both, ["undetermined possible 24"]),
      (.request, ["blocked inferred CORSMissingAllowOrigin 12"]),
      (.preflight, ["blocked certain CORSMissingAllowOrigin 12"]),
    ] as [(Seen, [String])])
  func `requests that a browser cannot have sent on these answers take back what was said on them`(
    seen: Seen, verdicts: [String]
  ) throws {
    try Self.inFolder { folder in
      let log = try ImportedLog(Self.log(seen, in: folder))
      #expect(try Self.said(log) == verdicts)
      let isContradicted = seen == .both
      #expect(try log.texts("SELECT blind_spots FROM sources").joined().contains("a proxy in front") == isContradicted)
      #expect(
        try log.texts("SELECT DISTINCT outcome FROM preflights")
          == (isContradicted ? ["undetermined"] : seen == .preflight ? ["refused"] : []))
      for verdict in try log.verdicts() where seen != .preflight {
        #expect(verdict.evidence.last?.fact == "answer")
        #expect(!isContradicted || verdict.candidates == [.missingAllowOrigin] && verdict.fix == nil)
      }
    }
  }

  @Test func `another log changes nothing of that, whichever comes first`() throws {
    try Self.inFolder { folder in
      let (one, other) = (try Self.log(.both, in: folder), try Self.log(.preflight, in: folder))
      for log in [try ImportedLog(one, other), try ImportedLog(other, one)] {
        #expect(try Self.said(log, of: .both) == ["undetermined possible 24"])
        #expect(try Self.said(log, of: .preflight) == ["blocked certain CORSMissingAllowOrigin 12"])
      }
    }
  }

  @Test func `a log that grows is judged by all of it`() throws {
    try Self.inFolder { folder in
      let log = try ImportedLog(Self.log(.request, growsTo: 9, in: folder))
      #expect(try Self.said(log) == ["blocked certain CORSMissingAllowOrigin 9"])
      try log.add(Self.log(.request, in: folder))
      #expect(try Self.said(log) == ["blocked inferred CORSMissingAllowOrigin 12"])
    }
  }
}
