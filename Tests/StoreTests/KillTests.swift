import Correlator
import Foundation
import Store
import Testing

/// Imports killed at random moments: what is there holds whole inputs only, and the same command completes it.
///
/// `CORSLEUTH_KILLS` in the environment is how many rounds are made of each kind.
@Suite(.serialized) struct KillTests {
  static let rounds = ProcessInfo.processInfo.environment["CORSLEUTH_KILLS"].flatMap { Int($0) } ?? 4
  /// Where the program lies: beside the bundle that runs these tests.
  static let program = Bundle.main.bundleURL.appending(path: "corsleuth")

  /// Starts an import, and kills it after so many seconds if it still runs then.
  private func run(_ store: String, _ inputs: [String], killAfter seconds: Double? = nil) throws {
    let process = Process()
    process.executableURL = KillTests.program
    process.arguments = ["import", "--quiet", "--store", store] + inputs
    process.standardError = FileHandle.nullDevice
    try process.run()
    if let seconds {
      usleep(UInt32(seconds * 1_000_000))
      kill(process.processIdentifier, SIGKILL)
    }
    process.waitUntilExit()
  }

  /// Everything that the views show, but for when it was imported.
  private func content(_ store: String) throws -> [String] {
    let reader = try StoreReader(path: store)
    var lines: [String] = []
    for view in ["verdicts", "preflights", "exchanges", "traffic", "rejects"] {
      lines += try reader.table("SELECT * FROM \(view)").map { "\(view) \($0)" }
    }
    let sources = "SELECT path, sha256, format, bytes, read, kept, counted, rejected, problems, source_id FROM sources"
    return (lines + (try reader.table(sources)).map { "source \($0)" }).sorted()
  }

  /// Whether the store opens, and each of its sources is there with all its rows.
  private func expectWholeInputs(_ store: String) throws {
    let reader = try StoreReader(path: store)
    let partial = """
      SELECT path FROM sources s WHERE read <> kept + counted + rejected
        OR kept <> (SELECT count(*) FROM exchanges e WHERE e.source = s.path)
        OR counted <> (SELECT coalesce(sum(requests), 0) FROM traffic t WHERE t.source = s.path)
      """
    #expect(try reader.column(partial) == [])
    #expect(try reader.column("SELECT count(*) FROM exchanges WHERE source IS NULL") == ["0"])
  }

  @Test func `a new store`() throws {
    let folder = try Folder()
    let inputs = try (0..<3).map { try KillLog.write(to: folder.file("\($0).log"), seed: $0, lines: 1500) }
    let started = Date()
    try run(folder.file("whole.db"), inputs)
    let length = Date().timeIntervalSince(started)
    let whole = try content(folder.file("whole.db"))
    #expect(whole.count > 1000)
    var random = SystemRandomNumberGenerator()
    for round in 0..<KillTests.rounds {
      let store = folder.file("new\(round).db")
      try run(store, inputs, killAfter: Double.random(in: 0...length, using: &random))
      // It is not there before it is whole.
      if FileManager.default.fileExists(atPath: store) { #expect(try content(store) == whole) }
      try run(store, inputs)
      #expect(try content(store) == whole)
      #expect(!folder.names.contains { $0.hasPrefix("new\(round).db.") })
    }
  }

  @Test func `a store that is added to`() throws {
    let folder = try Folder()
    let inputs = try (0..<3).map { try KillLog.write(to: folder.file("\($0).log"), seed: $0, lines: 1500) }
    let base = folder.file("base.db")
    try run(base, [inputs[0]])
    // The first log grows meanwhile.
    _ = try KillLog.write(to: inputs[0], seed: 0, lines: 2500)
    func copy(_ name: String) throws -> String {
      try FileManager.default.copyItem(atPath: base, toPath: folder.file(name))
      return folder.file(name)
    }
    let reference = try copy("whole.db")
    let started = Date()
    try run(reference, inputs)
    let length = Date().timeIntervalSince(started)
    let whole = try content(reference)
    var random = SystemRandomNumberGenerator()
    for round in 0..<KillTests.rounds {
      let store = try copy("added\(round).db")
      try run(store, inputs, killAfter: Double.random(in: 0...length, using: &random))
      try expectWholeInputs(store)
      try run(store, inputs)
      #expect(try content(store) == whole)
    }
  }
}

/// A log in which every kind of row comes of some line; the longer of one seed begins with the shorter.
enum KillLog {
  static func write(to path: String, seed: Int, lines: Int) throws -> String {
    var text = ""
    for line in 0..<lines {
      let client = "203.0.113.\(line / 4 % 50)"
      let second = String(1_741_774_532 + seed * 100_000 + line / 4)
      let target = "/v\(seed)/orders/\(line / 4)"
      let common = #"{"msec":"\#(second).\#(100 + line % 4 * 10)","client":"\#(client)","host":"api.example.com","#
      let agent = #""user_agent":"Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0""#
      switch line % 4 {
      case 0:
        let allowed = line % 3 == 0 ? "" : "https://app.example.com"
        text +=
          common
          + #""method":"OPTIONS","url":"\#(target)","status":204,"origin":"https://app.example.com","acrm":"PUT","#
          + #""acao":"\#(allowed)","acam":"PUT",\#(agent)}"# + "\n"
      case 1 where line % 3 != 1:
        text +=
          common + #""method":"PUT","url":"\#(target)","status":200,"origin":"https://app.example.com","acrm":"","#
          + #""acao":"https://app.example.com","acam":"",\#(agent)}"# + "\n"
      case 2 where line % 50 == 2: text += common + "broken\n"
      default:
        text +=
          common + #""method":"GET","url":"/static/\#(line)","status":200,"origin":"","acrm":"","acao":"",\#(agent)}"#
          + "\n"
      }
    }
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    return path
  }
}
