import Scanning
import Testing

struct TimestampTests {
  static let iso: [(String, String, Int64, Bool)] = [
    ("2026-11-23T18:49:51.008Z", "2026-11-23T18:49:51.008000Z", 1000, true),
    ("2026-11-23T18:49:51Z", "2026-11-23T18:49:51.000000Z", 1_000_000, true),
    ("2026-11-23T18:49:51.1Z", "2026-11-23T18:49:51.100000Z", 100_000, true),
    ("2026-11-23T18:49:51.123456789Z", "2026-11-23T18:49:51.123456Z", 1, true),
    ("2026-11-23T20:49:51.008+02:00", "2026-11-23T18:49:51.008000Z", 1000, true),
    ("2026-11-23T14:19:51.0080000-0430", "2026-11-23T18:49:51.008000Z", 1, true),
    ("2026-11-23T20:49:51+02", "2026-11-23T18:49:51.000000Z", 1_000_000, true),
    ("2026-11-23 18:49:51.008", "2026-11-23T18:49:51.008000Z", 1000, false),
    ("2026-11-23 18:49:51 +0000", "2026-11-23T18:49:51.000000Z", 1_000_000, true),
    ("2024-02-29t23:59:60z", "2024-03-01T00:00:00.000000Z", 1_000_000, true),
    ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z", 1, true),
    ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z", 1_000_000, true),
    ("2000-12-31T00:30:00+01:00", "2000-12-30T23:30:00.000000Z", 1_000_000, true),
  ]

  @Test(arguments: iso)
  func `ISO 8601 in every spelling that exporters use`(text: String, utc: String, step: Int64, hasZone: Bool) throws {
    let stamp = try #require(iso8601(text))
    #expect(Timestamp.iso8601(microseconds: stamp.microseconds) == utc)
    #expect(stamp.granularity == step)
    #expect(stamp.hasZone == hasZone)
  }

  @Test(arguments: [
    "", "2026", "2026-11-23", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-11-31T00:00:00Z",
    "2026-11-23T24:00:00Z", "2026-11-23T18:60:00Z", "2026-11-23T18:49:51.Z", "2026-11-23T18:49:51ZZ",
    "2026-11-23T18:49:51+25:00", "NaN-NaN-NaNTNaN:NaN:NaN", "SystemTime { tv_sec: 1, tv_nsec: 2 }",
  ])
  func `what is no date is none`(text: String) {
    #expect(iso8601(text) == nil)
  }

  @Test func `writing and reading are inverse over four centuries`() throws {
    var instant: Int64 = -6_000_000_000_000_000
    while instant < 6_000_000_000_000_000 {
      let text = Timestamp.iso8601(microseconds: instant)
      #expect(iso8601(text)?.microseconds == instant)
      instant += 1_234_567_890_123
    }
  }
}
