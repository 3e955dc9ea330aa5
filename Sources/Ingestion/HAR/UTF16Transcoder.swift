/// Turns UTF-16 into UTF-8: some shells save text that way.
struct UTF16Transcoder {
  private enum Encoding { case unknown, other, littleEndian, bigEndian }

  private var encoding = Encoding.unknown
  private var odd: UInt8?
  private var high: UInt16?

  /// The piece as UTF-8; `nil` where the input is no UTF-16.
  mutating func transcode(_ piece: Span<UInt8>) -> [UInt8]? {
    guard !piece.isEmpty else { return nil }
    if encoding == .unknown, !decide(piece) {
      // A single byte tells nothing yet.
      return []
    }
    guard encoding == .other else { return convert(piece) }
    guard let held = odd else { return nil }
    odd = nil
    return [held] + piece.withUnsafeBufferPointer { Array($0) }
  }

  /// What was held back and never completed.
  mutating func finish() -> [UInt8]? {
    if encoding == .unknown, let odd { return [odd] }
    return high == nil ? nil : Array("\u{FFFD}".utf8)
  }

  /// Whether the first two bytes are there: a byte order mark, or an ASCII character beside a zero.
  private mutating func decide(_ piece: Span<UInt8>) -> Bool {
    let first: UInt8
    let second: UInt8
    if let odd {
      (first, second) = (odd, piece[0])
    } else if piece.count > 1 {
      (first, second) = (piece[0], piece[1])
    } else {
      odd = piece[0]
      return false
    }
    switch (first, second) {
    case (0xFF, 0xFE), (0x01...0x7F, 0): encoding = .littleEndian
    case (0xFE, 0xFF), (0, 0x01...0x7F): encoding = .bigEndian
    default: encoding = .other
    }
    return true
  }

  private mutating func convert(_ piece: Span<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(piece.count)
    for index in piece.indices {
      guard let first = odd else {
        odd = piece[index]
        continue
      }
      odd = nil
      let second = piece[index]
      unit(encoding == .littleEndian ? UInt16(second) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(second), &out)
    }
    return out
  }

  private mutating func unit(_ unit: UInt16, _ out: inout [UInt8]) {
    let scalar: UInt32
    if let lead = high {
      high = nil
      guard unit & 0xFC00 == 0xDC00 else {
        out.append(contentsOf: "\u{FFFD}".utf8)
        self.unit(unit, &out)
        return
      }
      scalar = 0x10000 + (UInt32(lead & 0x3FF) << 10 | UInt32(unit & 0x3FF))
    } else if unit & 0xFC00 == 0xD800 {
      high = unit
      return
    } else {
      scalar = UInt32(unit)
    }
    if scalar < 0x80 {
      out.append(UInt8(scalar))
    } else {
      out.append(contentsOf: String(Character(Unicode.Scalar(scalar) ?? "\u{FFFD}")).utf8)
    }
  }
}
