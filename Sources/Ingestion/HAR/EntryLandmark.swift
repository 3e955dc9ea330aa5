import Scanning

/// A name that each entry has once: a second one within an entry means that a quote or a bracket was lost on the way.
enum EntryLandmark {
  static let bytes = Array("\"startedDateTime\"".utf8)
  /// Where in it `dD` is, which is rare elsewhere.
  private static let rare = 7
  private static let small = Words.pattern(UInt8(ascii: "d"))
  private static let capital = Words.pattern(UInt8(ascii: "D"))

  /// How often it comes in `range`, a part of valid JSON.
  static func count(in text: Span<UInt8>, _ range: Range<Int>) -> Int {
    let raw = text.bytes
    let (small, capital) = (small, capital)
    /// Marks the places of `dD` among the eight from here on.
    func marks(_ at: Int) -> UInt64 {
      Words.matches(Words.load(raw, at), small) & Words.matches(Words.load(raw, at + 1), capital)
    }
    var count = 0
    var at = range.lowerBound
    while at + 33 <= range.upperBound {
      if marks(at) | marks(at + 8) | marks(at + 16) | marks(at + 24) != 0 {
        for place in at..<at + 32 where isHere(text, place - rare, range) { count += 1 }
      }
      at += 32
    }
    while at < range.upperBound {
      if isHere(text, at - rare, range) { count += 1 }
      at += 1
    }
    return count
  }

  private static func isHere(_ text: Span<UInt8>, _ start: Int, _ range: Range<Int>) -> Bool {
    guard start >= range.lowerBound, start + bytes.count <= range.upperBound else { return false }
    for (index, byte) in bytes.enumerated() where text[start + index] != byte { return false }
    return start == range.lowerBound || text[start - 1] != UInt8(ascii: "\\")
  }
}
