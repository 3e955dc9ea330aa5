/// An IPv6 address (URL, 3.5 *IPv6 parser* and *IPv6 serializer*).
struct IPv6Address {
  let pieces: [UInt16]

  init?(_ text: Substring) {
    let text = String(text)
    let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count <= 2, !text.contains(":::") else { return nil }
    guard let head = IPv6Address.groups(halves[0]) else { return nil }
    if halves.count == 1 {
      guard head.count == 8 else { return nil }
      pieces = head
    } else {
      guard let tail = IPv6Address.groups(halves[1]), head.count + tail.count < 8 else { return nil }
      pieces = head + [UInt16](repeating: 0, count: 8 - head.count - tail.count) + tail
    }
  }

  private static func groups(_ text: Substring) -> [UInt16]? {
    if text.isEmpty { return [] }
    var found: [UInt16] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, part.contains(".") {
        let bytes = part.split(separator: ".", omittingEmptySubsequences: false).map(byte)
        guard bytes.count == 4, let a = bytes[0], let b = bytes[1], let c = bytes[2], let d = bytes[3] else {
          return nil
        }
        found += [UInt16(a) << 8 | UInt16(b), UInt16(c) << 8 | UInt16(d)]
      } else {
        guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(\.isASCIIHexDigit),
          let value = UInt16(part, radix: 16)
        else { return nil }
        found.append(value)
      }
    }
    return found
  }

  /// A decimal number below 256, without sign or leading zeros.
  private static func byte(_ text: Substring) -> UInt8? {
    text.utf8.allSatisfy(\.isASCIIDigit) && (text == "0" || !text.hasPrefix("0")) ? UInt8(text) : nil
  }

  /// With the longest run of two or more zero pieces written `::`.
  var serialized: String {
    var best = 0..<0
    var start: Int?
    for index in 0...8 {
      if index < 8, pieces[index] == 0 {
        start = start ?? index
      } else if let begun = start {
        if index - begun > max(best.count, 1) { best = begun..<index }
        start = nil
      }
    }
    let text = { (range: Range<Int>) in self.pieces[range].map { String($0, radix: 16) }.joined(separator: ":") }
    return best.isEmpty ? text(0..<8) : text(0..<best.lowerBound) + "::" + text(best.upperBound..<8)
  }
}
