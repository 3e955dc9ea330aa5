import Fetch

/// Finds the secrets in a text: one pass, and nothing but the pass where there is neither `=`, `:` nor a scheme's name.
enum SecretScanner {
  /// The places of secrets, in order and apart from each other.
  static func find(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var index = 0
    while index < bytes.count {
      let place: Range<Int>? =
        switch bytes[index] {
        case 0x3D: pair(bytes, equals: index, width: 1)
        case 0x25 where isEscape(bytes, index, 0x33, 0x44): pair(bytes, equals: index, width: 3)
        case 0x3A: colon(bytes, index)
        case 0x20: scheme(bytes, space: index)
        default: nil
        }
      if let place, place.lowerBound >= (found.last?.upperBound ?? 0), !place.isEmpty {
        found.append(place)
        index = max(index + 1, place.upperBound)
      } else {
        index += 1
      }
    }
    return found
  }

  /// Whether `%` and these two hexadecimal digits stand here, in either case.
  private static func isEscape(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ high: UInt8, _ low: UInt8) -> Bool {
    at + 2 < bytes.count && bytes[at] == 0x25 && bytes[at + 1] == high
      && bytes[at + 2].asciiLowercased == low.asciiLowercased
  }

  /// `name=value`, also percent-encoded within another parameter.
  private static func pair(_ bytes: UnsafeBufferPointer<UInt8>, equals: Int, width: Int) -> Range<Int>? {
    var name = nameBefore(bytes, equals)
    // `%3Ftoken%3D…`: the two digits belong to the escape before the name.
    if name.lowerBound > 0, bytes[name.lowerBound - 1] == 0x25, name.count > 2 {
      name = name.lowerBound + 2..<name.upperBound
    }
    guard SecretName.isSecret(parameter: bytes[name]) || isSecretEncoded(bytes, before: equals, name) else {
      return nil
    }
    var end = equals + width
    while end < bytes.count, !endsValue(bytes[end]) {
      // The end of a parameter that is nested in another one: `%26` and `%23`.
      if width == 3, isEscape(bytes, end, 0x32, 0x36) || isEscape(bytes, end, 0x32, 0x33) { break }
      end += 1
    }
    return equals + width..<end
  }

  /// Whether the name is a secret's with the escapes before its last part: `user%5Bpassword%5D=…`.
  private static func isSecretEncoded(
    _ bytes: UnsafeBufferPointer<UInt8>, before end: Int, _ name: Range<Int>
  ) -> Bool {
    // Two digits before it are those of an escape that was left out.
    guard (0...2).contains(where: { name.lowerBound > $0 && bytes[name.lowerBound - 1 - $0] == 0x25 }) else {
      return false
    }
    return SecretName.isSecret(parameter: bytes[nameBefore(bytes, end) { isName($0) || $0 == 0x25 }])
  }

  private static func nameBefore(
    _ bytes: UnsafeBufferPointer<UInt8>, _ end: Int, _ isName: (UInt8) -> Bool = isName
  ) -> Range<Int> {
    var start = end
    while start > 0, end - start < 64, isName(bytes[start - 1]) { start -= 1 }
    return start..<end
  }

  private static func isName(_ byte: UInt8) -> Bool {
    byte.isASCIIAlpha || byte.isASCIIDigit || byte == 0x5F || byte == 0x2D || byte == 0x2E || byte == 0x5B
      || byte == 0x5D
  }

  private static func endsValue(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x26, 0x23, 0x3B, 0x22, 0x27, 0x3C, 0x3E, 0x2C, 0x5C: true
    default: byte <= 0x20
    }
  }

  /// `://user:password@`, `Cookie: …`, and `"token": "…"`.
  private static func colon(_ bytes: UnsafeBufferPointer<UInt8>, _ colon: Int) -> Range<Int>? {
    if colon + 2 < bytes.count, bytes[colon + 1] == 0x2F, bytes[colon + 2] == 0x2F {
      return userInformation(bytes, colon + 3)
    }
    var end = colon
    let isQuoted = end > 0 && bytes[end - 1] == 0x22
    if isQuoted { end -= 1 }
    let name = nameBefore(bytes, end)
    guard !name.isEmpty else { return nil }
    let spelled = String(decoding: name.map { bytes[$0].asciiLowercased }, as: UTF8.self)
    var start = colon + 1
    while start < bytes.count, bytes[start] == 0x20 { start += 1 }
    if SecretName.fieldNames.contains(spelled) { return start..<endOfLine(bytes, start) }
    if isQuoted, start < bytes.count, bytes[start] == 0x22 {
      // A HAR's own header objects: `"name": "Cookie", "value": "…"`.
      if spelled == "name", namesSecretField(bytes, start + 1) { return start + 1..<endOfLine(bytes, start) }
      guard SecretName.isSecret(parameter: bytes[name]) else { return nil }
      var stop = start + 1
      while stop < bytes.count, bytes[stop] != 0x22, bytes[stop] > 0x1F { stop += bytes[stop] == 0x5C ? 2 : 1 }
      return start + 1..<min(stop, bytes.count)
    }
    return nil
  }

  private static func namesSecretField(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    var end = start
    while end < bytes.count, end - start < 32, isName(bytes[end]) { end += 1 }
    return SecretName.fieldNames.contains(
      String(decoding: (start..<end).map { bytes[$0].asciiLowercased }, as: UTF8.self))
  }

  private static func endOfLine(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    return end
  }

  private static func userInformation(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Range<Int>? {
    var last: Int?
    var index = start
    scan: while index < bytes.count {
      switch bytes[index] {
      case 0x2F, 0x3F, 0x23, 0x5C, 0x22, 0x00...0x20: break scan
      case 0x40: last = index
      default: break
      }
      index += 1
    }
    return last.map { start..<$0 }
  }

  /// The credentials after an authentication scheme's name (RFC 9110 §11.4): `Bearer eyJ…`.
  private static func scheme(_ bytes: UnsafeBufferPointer<UInt8>, space: Int) -> Range<Int>? {
    var start = space
    while start > 0, space - start < 10, bytes[start - 1].isASCIIAlpha { start -= 1 }
    guard (5...9).contains(space - start) else { return nil }
    let name = String(decoding: (start..<space).map { bytes[$0].asciiLowercased }, as: UTF8.self)
    guard name == "bearer" || name == "basic" || name == "digest" || name == "negotiate" else { return nil }
    var end = space + 1
    while end < bytes.count, !endsValue(bytes[end]) { end += 1 }
    // A word of prose after the word is no credential.
    guard end - space > 8 else { return nil }
    return space + 1..<end
  }
}
