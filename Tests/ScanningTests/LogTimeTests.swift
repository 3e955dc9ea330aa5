import Scanning
import Testing

/// Moments as access logs write them.
@Suite struct LogTimeTests {
  static func read(_ text: String) -> LogTime? {
    Array(text.utf8).withUnsafeBytes { bytes in bytes.baseAddress.flatMap { LogTime($0, 0, bytes.count) } }
  }

  static let second: Int64 = 1_741_737_611_000_000

  @Test(
    arguments: [
      ("12/Mar/2025:00:00:11 +0000", 0, 1_000_000), ("12/Mar/2025:01:00:11 +0100", 0, 1_000_000),
      ("2025-03-12T00:00:11Z", 0, 1_000_000), ("2025-03-12 00:00:11", 0, 1_000_000),
      ("2025/03/12 00:00:11.413", 413_000, 1000),
      ("2025-03-12T00:00:11.413Z", 413_000, 1000), ("2025-03-11T19:00:11,5-05:00", 500_000, 100_000),
      ("1741737611", 0, 1_000_000), ("1741737611.413", 413_000, 1000), ("1741737611413", 413_000, 1000),
      ("1741737611413250", 413_250, 1), ("1741737611413250999", 413_250, 1),
    ] as [(String, Int64, Int64)])
  func `are told from their shape`(_ text: String, _ fraction: Int64, _ granularity: Int64) {
    #expect(Self.read(text) == LogTime(microseconds: Self.second + fraction, granularity: granularity))
  }

  @Test(arguments: [
    "", "-", "yesterday", "12/Foo/2025:00:00:11 +0000", "32/Mar/2025:00:00:11 +0000", "2025-13-12T00:00:11Z",
    "2025/03-12 00:00:11",
    "2025-03-12T25:00:11Z", "1741737611x", "17417376114132509991",
  ]) func `are nothing else`(_ text: String) { #expect(Self.read(text) == nil) }

  @Test func `have no more digits than there is room for`() {
    for count in 8...30 {
      let read = Self.read(String(repeating: "9", count: count))
      #expect((read == nil) == (count > 19))
    }
  }
}
