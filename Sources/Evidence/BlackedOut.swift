import Fetch

extension HeaderRecord {
  /// Whether a recorder, or a tool that cleans recordings, wrote this in place of a value: `REDACTED`, `[cookie redacted]`, `<masked>`,
  /// `***`, `xxxxx`.
  package static func isBlackedOut(_ value: String) -> Bool {
    let bytes = value.utf8
    // Nearly every value is told by its first byte.
    guard let first = bytes.first, bytes.count <= longest, mayBegin(first) else { return false }
    if bytes.count >= 3, maskBytes.contains(first), bytes.allSatisfy({ $0 == first }) { return true }
    if value.unicodeScalars.allSatisfy({ $0 == "•" || $0 == "█" }) { return true }
    let words = value.asciiLowercased().split { !$0.isLetter }
    if words.contains("redacted") { return words.count <= 4 }
    return enclosing.contains(first) && words.count <= 2 && words.contains { removed.contains(String($0)) }
  }

  private static let longest = 64
  private static let maskBytes = Set("*xX#".utf8)
  private static let enclosing = Set("[<({_*".utf8)
  private static let removed: Set = ["masked", "removed", "hidden", "filtered", "scrubbed", "sanitized", "stripped"]

  private static func mayBegin(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte | 0x20 == UInt8(ascii: "r") || maskBytes.contains(byte) || enclosing.contains(byte)
  }
}
