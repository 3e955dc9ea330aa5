import Fetch

/// Which names announce a secret.
enum SecretName {
  /// Header fields whose whole value is left out.
  static let fields: Set<KnownField> = [.cookie, .setCookie, .authorization, .proxyAuthorization]

  static let fieldNames: Set<String> = Set(fields.map(\.name))

  /// Query parameters that are a secret by this very name, written without `-`, `_`, `.` and brackets.
  private static let whole: Set<String> = [
    "auth", "code", "jwt", "key", "nonce", "otp", "pass", "pin", "pwd", "session", "sid", "sig", "state", "ticket",
    "assertion", "samlrequest", "samlresponse", "googleaccessid",
  ]

  /// … and those that end so: `access_token`, `X-Amz-Signature`, `client_secret`, ….
  private static let endings = [
    "token", "secret", "password", "passwd", "passphrase", "apikey", "accesskey", "privatekey", "secretkey",
    "signature",
    "credential", "credentials", "sessionid", "sessid", "authorization", "assertion", "authcode", "csrf", "xsrf", "jwt",
    "subscriptionkey", "cookie",
  ]

  /// Whether a query parameter of this name carries a credential.
  static func isSecret(parameter name: some Sequence<UInt8>) -> Bool {
    var letters: [UInt8] = []
    for byte in name where byte.isASCIIAlpha || byte.isASCIIDigit || byte >= 0x80 {
      letters.append(byte.asciiLowercased)
    }
    let plain = String(decoding: letters, as: UTF8.self)
    return whole.contains(plain) || endings.contains(where: plain.hasSuffix)
  }
}
