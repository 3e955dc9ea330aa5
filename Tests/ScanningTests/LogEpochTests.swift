import Scanning
import Testing

@Suite struct LogEpochTests {
  @Test(
    arguments: [
      ("1741737611", 1_741_737_611_000_000, 1_000_000), ("1741737611.693", 1_741_737_611_693_000, 1000),
      ("9999999999.999", 9_999_999_999_999_000, 1000), ("1741737611,693", 1_741_737_611_693_000, 1000),
      ("174173761.6935", 174_173_761_693_500, 100),
      ("1741737611693", 1_741_737_611_693_000, 1000), ("1741737611693123", 1_741_737_611_693_123, 1),
      ("1741737611693123456", 1_741_737_611_693_123, 1), ("12345678", 12_345_678_000_000, 1_000_000),
      ("00000000", 0, 1_000_000), ("99999999.5", 99_999_999_500_000, 100_000),
    ] as [(String, Int64, Int64)])
  func `digits since 1970 are told by their number`(text: String, microseconds: Int64, granularity: Int64) {
    #expect(Self.read(text) == LogTime(microseconds: microseconds, granularity: granularity))
  }

  @Test(
    arguments: [
      ("1.79e9", 1_790_000_000_000_000, 1_000_000), ("1.7907e+12", 1_790_700_000_000_000, 1_000_000),
      ("1.79070012345E9", 1_790_700_123_450_000, 10_000), ("1.790700123456e9", 1_790_700_123_456_000, 1000),
      ("1.790700123456e12", 1_790_700_123_456_000, 1000), ("1.7907001234567e+12", 1_790_700_123_456_700, 100),
      ("1.790700123456789e+15", 1_790_700_123_456_789, 1), ("1.790700123456789e18", 1_790_700_123_456_789, 1),
      ("1.79070012345678901234567e18", 1_790_700_123_456_789, 1), ("179e7", 1_790_000_000_000_000, 1_000_000),
      ("1790700123e0", 1_790_700_123_000_000, 1_000_000),
    ] as [(String, Int64, Int64)])
  func `floats are told by the digits that they stand for`(text: String, microseconds: Int64, granularity: Int64) {
    #expect(Self.read(text) == LogTime(microseconds: microseconds, granularity: granularity))
  }

  @Test(
    arguments: [
      "1e99", "1e", "1e+", "1.79e9x", "1.79e+-9", "e9", ".5e9", "0.179e10", "1.79e6", "1.79e20", "1.79e-9", "1.79ee9",
      "1.790700123456e+012", "12/e9", "1790-e99", "1.7907001234567890123456789",
    ])
  func `what is no float, or none of our time, is no moment`(text: String) {
    #expect(Self.read(text) == nil)
  }

  @Test(
    arguments: [
      "1234567", "1234567x", "x2345678", "1234:678", "12345/78", "1741737611x", "1741737611.",
      "1741737611.6:3", "17417376/1.693", "1741737611/693",
      "1741737611693123456.", "12345678901234567890",
    ])
  func `what is not all digits is no moment`(text: String) {
    #expect(Self.read(text) == nil)
  }

  private static func read(_ text: String) -> LogTime? {
    Array(text.utf8).withUnsafeBytes { bytes in bytes.baseAddress.flatMap { LogTime($0, 0, bytes.count) } }
  }
}
