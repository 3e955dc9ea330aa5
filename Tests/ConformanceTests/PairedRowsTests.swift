import Correlator
import Ingestion
import Store
import Testing

/// Whether what logs leave for the pairing is held in memory, read back, or read again and again: the rows are the same.
@Suite struct PairedRowsTests {
  /// Preflights of three clients, nearly all of which their requests followed, and those requests.
  private static func log(_ seed: UInt64) -> String {
    var state = seed
    func chance(_ choices: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % choices
    }
    var (lines, second): ([String], UInt64) = ([], 0)
    func add(_ method: String, _ client: UInt64) {
      let clock = [second / 3600, second / 60 % 60, second % 60].map { ($0 < 10 ? "0" : "") + "\($0)" }
      lines.append(
        #"10.0.0.\#(client) - - [12/Mar/2025:\#(clock.joined(separator: ":")) +0000] "\#(method) /api/orders HTTP/2.0" "#
          + #"204 0 "https://app.example/" "Mozilla/5.0 Chrome/141.0.0.0""#)
    }
    for _ in 0..<200 {
      let client = 1 + chance(3)
      add("OPTIONS", client)
      second += chance(2)
      if chance(40) > 0 { add("PUT", client) }
      second += 1 + chance(40)
    }
    return lines.joined(separator: "\n")
  }

  private static func rows(_ logs: [String], mostHeld: Int, atOnce: Bool = true) throws -> [[Cell]] {
    let format = try #require(LogFormatCatalogue.format(named: "combined"))
    let writer = try StoreWriter(.temporary, options: StoreWriter.Options(now: 0, key: StoreKey(k0: 1, k1: 2)))
    for (number, log) in logs.enumerated() {
      try writer.fill("log \(number)", UInt8(9 - number), format, log)
      if !atOnce { try writer.pairLogs(mostHeld: mostHeld) }
    }
    if atOnce { try writer.pairLogs(mostHeld: mostHeld) }
    return try writer.close().allRows()
  }

  @Test(arguments: [1, 2, 3, 5] as [UInt64])
  func `held or read`(_ seed: UInt64) throws {
    let logs = [Self.log(seed), Self.log(seed + 100)]
    let rows = try Self.rows(logs, mostHeld: 10_000)
    #expect(try Self.rows(logs, mostHeld: 0) == rows)
    #expect(try Self.rows(logs, mostHeld: 10_000, atOnce: false) == rows)
    #expect(try Self.rows(logs, mostHeld: 0, atOnce: false) == rows)
    let outcomes = rows.compactMap { $0.last }
    // Both one that was alone among followed ones, and one that was not.
    for outcome in ["followed", "refused", "undetermined"] {
      #expect(outcomes.contains(.text(outcome)), "\(outcome)")
    }
  }
}
