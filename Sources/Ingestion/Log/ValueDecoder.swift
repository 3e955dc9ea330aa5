import Fetch

/// Undoes what a server did to a value so that it fits on a line.
enum ValueDecoder {
  /// The bytes that were sent; `nil` where nothing had to be undone.
  static func decode(_ bytes: UnsafeRawBufferPointer, _ escaping: Escaping) -> [UInt8]? {
    switch escaping {
    case .none: nil
    case .backslash, .json: bytes.contains(UInt8(ascii: "\\")) ? backslashes(bytes, isJSON: escaping == .json) : nil
    case .plus: bytes.contains(UInt8(ascii: "+")) ? bytes.map { $0 == UInt8(ascii: "+") ? 0x20 : $0 } : nil
    case .percent: bytes.contains(UInt8(ascii: "%")) ? percents(bytes) : nil
    }
  }

  private static func backslashes(_ bytes: UnsafeRawBufferPointer, isJSON: Bool) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
        result.append(bytes[index])
        index += 1
        continue
      }
      let mark = bytes[index + 1]
      if mark == UInt8(ascii: "x"), let byte = hex(bytes, index + 2, 2) {
        result.append(UInt8(truncatingIfNeeded: byte))
        index += 4
      } else if mark == UInt8(ascii: "u"), let value = hex(bytes, index + 2, 4) {
        index += 6
        var scalar = value
        if value &>> 10 == 0x36, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
          bytes[index + 1] == UInt8(ascii: "u"), let low = hex(bytes, index + 2, 4), low &>> 10 == 0x37
        {
          scalar = 0x10000 + (value & 0x3FF) << 10 + low & 0x3FF
          index += 6
        }
        // Tomcat writes a byte as \u00HH, JSON a character.
        if !isJSON, scalar < 0x100 {
          result.append(UInt8(truncatingIfNeeded: scalar))
        } else {
          result.append(contentsOf: String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
        }
      } else if mark == UInt8(ascii: "x") || mark == UInt8(ascii: "u") {
        result.append(bytes[index])
        index += 1
      } else {
        result.append(control(mark) ?? mark)
        index += 2
      }
    }
    return result
  }

  /// The control character that a letter after a backslash stands for.
  private static func control(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "v"): 0x0B
    default: nil
    }
  }

  private static func percents(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), let value = hex(bytes, index + 1, 2) {
        result.append(UInt8(truncatingIfNeeded: value))
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  private static func hex(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> UInt32? {
    guard start + count <= bytes.count else { return nil }
    var value: UInt32 = 0
    for offset in start..<start + count {
      guard bytes[offset].isASCIIHexDigit else { return nil }
      let digit = bytes[offset].isASCIIDigit ? bytes[offset] - 48 : (bytes[offset] | 0x20) - 87
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
