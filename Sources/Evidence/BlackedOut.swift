import Fetch

extension HeaderRecord {
  /// Whether a recorder, or a tool that cleans recordings, wrote this in place of a value: `REDACTED`, `[cookie redacted]`, `<masked>`,
  /// `***`, `xxxxx`.
  @inline(__always)
  package static func isBlackedOut(_ value: String) -> Bool {
    // Nearly every value is told by its first byte.
    guard let first = value.utf8.first else { return false }
    switch first {
    case UInt8(ascii: "*"), UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "#"), UInt8(ascii: "R"),
      UInt8(ascii: "r"), UInt8(ascii: "["), UInt8(ascii: "<"), UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "_"),
      0x80...0xFF:
      return isMask(value) || isRemark(value)
    default: return false
    }
  }

  /// Three or more times the same, or blocks and bullets.
  private static func isMask(_ value: String) -> Bool {
    guard let first = value.unicodeScalars.first else { return false }
    let isOne = value.unicodeScalars.allSatisfy { $0 == first }
    return isOne && (first == "•" || first == "█" || value.utf8.count >= 3 && "*xX#".unicodeScalars.contains(first))
  }

  /// That something was here.
  private static func isRemark(_ value: String) -> Bool {
    // Shorter than any of the words is `*/*`, which every other request accepts.
    guard (6...64).contains(value.utf8.count) else { return false }
    let words = value.asciiLowercased().split { !$0.isLetter }
    if words.contains("redacted") { return words.count <= 4 }
    let isEnclosed = value.utf8.first.map { "[<({_*".utf8.contains($0) } ?? false
    return isEnclosed && words.count <= 2 && words.contains { removed.contains(String($0)) }
  }

  private static let removed: Set = ["masked", "removed", "hidden", "filtered", "scrubbed", "sanitized", "stripped"]
}
