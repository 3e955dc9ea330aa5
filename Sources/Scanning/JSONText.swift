/// A string of JSON turned into text.
package enum JSONText {
  /// The text, and whether its bytes were valid UTF-8.
  ///
  /// What is no UTF-8, and surrogates without their other half (they occur in real captures), become U+FFFD.
  package static func decode(_ bytes: Span<UInt8>, _ string: JSONString) -> (text: String, isValidUTF8: Bool) {
    let contents = bytes.extracting(string.start..<string.end)
    if string.hasEscapes { return decode(unescaped(contents)) }
    return contents.withUnsafeBufferPointer { buffer in
      if string.isASCII { return (String(decoding: buffer, as: UTF8.self), true) }
      if let text = String(validating: buffer, as: UTF8.self) { return (text, true) }
      return (String(decoding: buffer, as: UTF8.self), false)
    }
  }

  private static func decode(_ bytes: [UInt8]) -> (text: String, isValidUTF8: Bool) {
    if let text = String(validating: bytes, as: UTF8.self) { return (text, true) }
    return (String(decoding: bytes, as: UTF8.self), false)
  }

  /// The contents with their escapes undone (RFC 8259 §7), as UTF-8.
  ///
  /// An escape that JSON does not know stands for itself.
  package static func unescaped(_ bytes: Span<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      guard byte == UInt8(ascii: "\\"), at < bytes.count else {
        out.append(byte)
        continue
      }
      let escape = bytes[at]
      at += 1
      switch escape {
      case UInt8(ascii: "n"): out.append(0x0A)
      case UInt8(ascii: "t"): out.append(0x09)
      case UInt8(ascii: "r"): out.append(0x0D)
      case UInt8(ascii: "b"): out.append(0x08)
      case UInt8(ascii: "f"): out.append(0x0C)
      case UInt8(ascii: "u"):
        let scalar = codePoint(bytes, &at)
        out.append(contentsOf: Array(String(Character(scalar)).utf8))
      default: out.append(escape)
      }
    }
    return out
  }

  /// The scalar of `XXXX`, or of a surrogate pair that begins there.
  private static func codePoint(_ bytes: Span<UInt8>, _ at: inout Int) -> Unicode.Scalar {
    let replacement: Unicode.Scalar = "\u{FFFD}"
    guard let high = hexUnit(bytes, at) else { return replacement }
    at += 4
    guard high & 0xF800 == 0xD800 else { return Unicode.Scalar(high) ?? replacement }
    guard high < 0xDC00, at + 6 <= bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u"),
      let low = hexUnit(bytes, at + 2), low & 0xFC00 == 0xDC00
    else { return replacement }
    at += 6
    return Unicode.Scalar(0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(low & 0x3FF))) ?? replacement
  }

  private static func hexUnit(_ bytes: Span<UInt8>, _ at: Int) -> UInt16? {
    guard at + 4 <= bytes.count else { return nil }
    var value: UInt16 = 0
    for index in at..<at + 4 {
      guard let digit = bytes[index].hexDigitValue else { return nil }
      value = value << 4 | UInt16(digit)
    }
    return value
  }
}

extension UInt8 {
  /// The value of a hexadecimal digit.
  @inlinable
  package var hexDigitValue: UInt8? {
    if self &- 0x30 < 10 { return self &- 0x30 }
    let letter = (self | 0x20) &- 0x61
    return letter < 6 ? letter &+ 10 : nil
  }
}
