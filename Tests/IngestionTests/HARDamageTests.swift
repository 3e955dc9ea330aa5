import Evidence
import Foundation
import Ingestion
import Testing

/// Thousands of damaged files, the same ones in every run.
struct HARDamageTests {
  struct Random {
    var state: UInt64
    mutating func next(below bound: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return Int((mixed ^ mixed >> 31) % UInt64(max(bound, 1)))
    }
  }

  static func damaged(_ bytes: [UInt8], _ random: inout Random) -> [UInt8] {
    var bytes = bytes
    for _ in 0...random.next(below: 3) {
      let at = random.next(below: bytes.count)
      let length = min(bytes.count - at, 1 + random.next(below: 200))
      switch random.next(below: 7) {
      case 0: bytes[at] ^= UInt8(1 << random.next(below: 8))
      case 1: bytes[at] = UInt8(random.next(below: 256))
      case 2: bytes.removeSubrange(at..<at + length)
      case 3: bytes.insert(contentsOf: bytes[at..<at + length], at: at)
      case 4: bytes.removeSubrange(max(1, at)...)
      case 5:
        let mark = Array("\"\\{}[],:\u{0}0-en\u{FF}".utf8)
        bytes[at] = mark[random.next(below: mark.count)]
      default:
        let bracket: [UInt8] = random.next(below: 2) == 0 ? [0x5B] : Array("{\"a\":".utf8)
        bytes.insert(contentsOf: (0..<10_000).flatMap { _ in bracket }, at: at)
      }
    }
    return bytes
  }

  /// How many entries another parser finds; `nil` where it finds no JSON.
  static func entryCount(_ bytes: [UInt8]) -> Int? {
    let root = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    return ((root?["log"] as? [String: Any])?["entries"] as? [Any])?.count
  }

  @Test(arguments: harFixtureNames.prefix(10))
  func `a damaged file says the same wherever its chunks end`(name: String) throws {
    let original = try harFixture(name)
    var random = Random(state: UInt64(name.utf8.reduce(11) { $0 &* 31 &+ UInt64($1) }))
    for variant in 0..<60 {
      // Without its middle, so that entries lie close to each other.
      let short = Array(original.prefix(6000) + original.suffix(3000))
      let bytes = HARDamageTests.damaged(short, &random)
      let chunk = 1 + random.next(below: 400)
      #expect(readHAR(bytes, chunk: chunk).everything == readHAR(bytes).everything, "variant \(variant), \(chunk)")
    }
  }

  @Test(arguments: harFixtureNames.prefix(10))
  func `three hundred damaged variants each are read without a crash, and with a word on what was lost`(
    name: String
  ) throws {
    let original = try harFixture(name)
    let whole = readHAR(original).summary.kept
    var random = Random(state: UInt64(name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) }))
    for variant in 0..<300 {
      let bytes = HARDamageTests.damaged(original, &random)
      let result = readHAR(bytes)
      let summary = result.summary
      #expect(summary.kept + summary.rejected == summary.read, "variant \(variant)")
      if summary.kept < whole, result.problems.isEmpty {
        // Then what is left has to be a sound file that holds no more than was read.
        #expect(HARDamageTests.entryCount(bytes) == summary.read, "variant \(variant)")
      }
      #expect(result.sink.problems.allSatisfy { $0.why.hasSuffix(".") && $0.sample.utf8.count <= 120 })
      if variant % 10 == 0 {
        let pieces = readHAR(bytes, chunk: 1 + variant % 97)
        #expect(pieces.problems == result.problems, "variant \(variant)")
        #expect(pieces.everything == result.everything, "variant \(variant)")
      }
    }
  }
}
