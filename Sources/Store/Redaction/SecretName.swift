import Fetch

/// Which names announce a secret.
enum SecretName {
  /// Header fields whose whole value is left out.
  static let fields: Set<KnownField> = [.cookie, .setCookie, .authorization, .proxyAuthorization]

  static let fieldNames: Set<String> = Set(fields.map(\.name))

  /// Query parameters that are a secret by this very name, written without `-`, `_`, `.` and brackets.
  private static let whole = [
    "auth", "code", "jwt", "key", "mfa", "nonce", "pass", "pin", "pwd", "session", "sid", "sig", "state", "ticket",
    "samlrequest", "samlresponse", "googleaccessid",
  ]

  /// … and those that end so: `access_token`, `X-Amz-Signature`, `client_secret`, ….
  private static let endings = [
    "token", "secret", "password", "passwd", "passphrase", "apikey", "accesskey", "privatekey", "secretkey",
    "subscriptionkey", "signature", "credential", "credentials", "sessionid", "sessid", "authorization", "assertion",
    "authcode", "csrf", "xsrf", "cookie", "appkey", "bearer", "hmac", "otp", "mfacode", "passcode", "devicecode",
    "usercode", "codeverifier",
  ]

  private struct Spelling {
    let bytes: [UInt8]
    let isWhole: Bool
  }

  /// By the last byte, which rules out nearly every name at once.
  private static let byLastByte: [[Spelling]] = {
    var table = [[Spelling]](repeating: [], count: 256)
    for (words, isWhole) in [(whole, true), (endings, false)] {
      for word in words {
        let bytes = Array(word.utf8)
        if let last = bytes.last { table[Int(last)].append(Spelling(bytes: bytes, isWhole: isWhole)) }
      }
    }
    return table
  }()

  /// Whether a query parameter of this name carries a credential.
  static func isSecret(parameter name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    // Forms and `URLSearchParams` write `user[password]` with its brackets encoded.
    guard !name.contains(UInt8(ascii: "%")) else {
      return decoded(name).withUnsafeBufferPointer { isSecret(parameter: Slice(base: $0, bounds: $0.indices)) }
    }
    guard let last = name.last(where: isLetter) else { return false }
    return byLastByte[Int(last.asciiLowercased)].contains { matches(name, $0) }
  }

  /// Without percent signs: what is no `%XX` loses its own, which is no letter.
  private static func decoded(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
    var result: [UInt8] = []
    var rest = name[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        result.append(byte)
        continue
      }
      guard let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.count > 1 else {
        continue
      }
      if code != UInt8(ascii: "%") { result.append(code) }
      rest = rest.dropFirst(2)
    }
    return result
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte.isASCIIAlpha || byte.isASCIIDigit || byte >= 0x80 }

  /// Compares from the end, over whatever is no letter and no digit.
  private static func matches(_ name: Slice<UnsafeBufferPointer<UInt8>>, _ spelling: Spelling) -> Bool {
    var left = spelling.bytes.count
    for byte in name.reversed() where isLetter(byte) {
      if left == 0 { return !spelling.isWhole }
      left -= 1
      if byte.asciiLowercased != spelling.bytes[left] { return false }
    }
    return left == 0
  }
}
