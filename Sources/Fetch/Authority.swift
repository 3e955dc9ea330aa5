import Scanning

/// The `user:password@host:port` part of a special URL (URL, 4.4, *authority state* to *port state*).
struct Authority {
  let host: String
  let port: UInt16?
  let credentials: String?

  init?(_ text: Substring, scheme: String) {
    if let plain = Authority(plain: text, scheme: scheme) {
      self = plain
      return
    }
    let (information, rest) = Authority.splitCredentials(text)
    credentials = information
    var hostText = rest
    var portText: Substring?
    if let bracket = rest.utf8.lastIndex(of: 0x5D) {
      let after = rest[rest.utf8.index(after: bracket)...]
      hostText = rest[...bracket]
      guard after.isEmpty || after.hasPrefix(":") else { return nil }
      portText = after.isEmpty ? nil : after.dropFirst()
    } else if let colon = rest.utf8.lastIndex(of: 0x3A) {
      hostText = rest[..<colon]
      portText = rest[rest.utf8.index(after: colon)...]
    }
    guard let parsed = HostParser.parse(hostText) else { return nil }
    host = parsed
    guard let portText, !portText.isEmpty else {
      port = nil
      return
    }
    guard portText.utf8.allSatisfy(\.isASCIIDigit), let number = UInt16(portText) else { return nil }
    port = number == URLRecord.defaultPort(scheme) ? nil : number
  }

  private init(host: String, port: UInt16?) {
    self.host = host
    self.port = port
    credentials = nil
  }

  /// What nearly every authority is: a lower-case name, not ending in a digit, and perhaps a port.
  ///
  /// `nil` for any other.
  private init?(plain text: Substring, scheme: String) {
    var copy = text
    let found = copy.withUTF8 { bytes -> (length: Int, port: Int?)? in
      var length = 0
      while length < bytes.count,
        bytes[length] &- 97 < 26 || bytes[length].isASCIIDigit || bytes[length] == 0x2D || bytes[length] == 0x2E
      {
        length += 1
      }
      guard length > 0, bytes[length - 1] &- 97 < 26 else { return nil }
      if length == bytes.count { return (length, nil) }
      guard bytes[length] == 0x3A, (1...5).contains(bytes.count - length - 1) else { return nil }
      var port = 0
      for byte in bytes[(length + 1)...] {
        guard byte.isASCIIDigit else { return nil }
        port = port * 10 + Int(byte - 48)
      }
      return (length, port)
    }
    guard let found, (found.port ?? 0) <= 0xFFFF else { return nil }
    // A last label such as `0xf` is a number.
    let name = text.utf8.prefix(found.length)
    guard !(name.lastIndex(of: 0x2E).map { name[name.index(after: $0)...] } ?? name[...]).starts(with: "0x".utf8) else {
      return nil
    }
    let port = found.port.map { UInt16($0) }
    self.init(host: String(Substring(name)), port: port == URLRecord.defaultPort(scheme) ? nil : port)
  }

  /// The user name and password before the last `@`, unless both are empty, and what follows it.
  static func splitCredentials(_ text: Substring) -> (String?, Substring) {
    guard let at = text.utf8.lastIndex(of: 0x40) else { return (nil, text) }
    let information = text[..<at]
    // Both are empty in `@` and in `:@`; of further colons the password is made.
    let isEmpty = information.isEmpty || information == ":"
    return (isEmpty ? nil : String(information), text[text.utf8.index(after: at)...])
  }
}

/// Hosts of special URLs (URL, 3.5 *host parsing*).
enum HostParser {
  /// The serialised host, or `nil` where the standard's parser fails.
  static func parse(_ text: Substring) -> String? {
    guard !text.isEmpty else { return nil }
    if text.hasPrefix("[") {
      guard text.hasSuffix("]") else { return nil }
      return IPv6Address(text.dropFirst().dropLast()).map { "[\($0.serialized)]" }
    }
    guard let decoded = decoded(text) else { return nil }
    // Browsers record ASCII; proxies, and people who clean recordings, may not.
    let ascii = decoded.utf8.allSatisfy { $0 < 0x80 } ? decoded.asciiLowercased() : Punycode.domain(decoded)
    guard let host = ascii, !host.utf8.contains(where: isForbidden) else { return nil }
    return endsInNumber(host) ? ipv4(host) : host
  }

  /// Forbidden domain code points (URL, 3.2 *host miscellaneous*).
  private static func isForbidden(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x20, 0x7F: true
    case UInt8(ascii: "#"), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "?"), UInt8(ascii: "@"), UInt8(ascii: "["), UInt8(ascii: "\\"), UInt8(ascii: "]"),
      UInt8(ascii: "^"), UInt8(ascii: "|"), UInt8(ascii: "%"):
      true
    default: false
    }
  }

  /// `nil` where the percent-encoded bytes are no UTF-8.
  private static func decoded(_ text: Substring) -> String? {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
    return String(validating: PercentEncoding.decoded(text.utf8.span), as: UTF8.self)
  }

  private static func endsInNumber(_ host: String) -> Bool {
    var parts = host.split(separator: ".", omittingEmptySubsequences: false)
    if parts.last == "" { parts.removeLast() }
    guard let last = parts.last, !last.isEmpty else { return false }
    return last.utf8.allSatisfy(\.isASCIIDigit) || number(last) != nil && last.hasPrefix("0x")
  }

  private static func ipv4(_ host: String) -> String? {
    var parts = host.split(separator: ".", omittingEmptySubsequences: false)
    if parts.last == "", parts.count > 1 { parts.removeLast() }
    guard parts.count <= 4 else { return nil }
    let numbers = parts.map(number)
    var value: UInt64 = 0
    for (index, found) in numbers.enumerated() {
      guard let found else { return nil }
      if index < numbers.count - 1 {
        guard found < 256 else { return nil }
        value += found << UInt64(8 * (3 - index))
      } else {
        guard found < 1 << UInt64(8 * (5 - numbers.count)) else { return nil }
        value += found
      }
    }
    return [24, 16, 8, 0].map { String(value >> $0 & 0xFF) }.joined(separator: ".")
  }

  private static func number(_ part: Substring) -> UInt64? {
    // Swift's own reading takes a sign.
    guard let first = part.utf8.first, first.isASCIIDigit, part.utf8.allSatisfy({ $0.isASCIIDigit || $0.isASCIIAlpha })
    else { return nil }
    if part.hasPrefix("0x") || part.hasPrefix("0X") {
      return part.count == 2 ? 0 : UInt64(part.dropFirst(2), radix: 16)
    }
    if part.count > 1, part.hasPrefix("0") { return UInt64(part.dropFirst(), radix: 8) }
    return UInt64(part)
  }
}
