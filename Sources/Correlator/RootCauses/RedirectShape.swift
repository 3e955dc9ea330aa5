import Evidence
import Fetch

/// What a redirect is for, as far as its two addresses tell.
enum RedirectShape: Equatable {
  case scheme, slash, login, other
  /// From https to http at the same host: the service does not know of the TLS before it.
  case downgrade

  init(from url: URLRecord, to target: URLRecord) {
    let sameHost = url.host == target.host
    if RedirectShape.isLogin(target, from: url) {
      self = .login
    } else if sameHost, url.scheme == "http", target.scheme == "https", RedirectShape.samePath(url, target) {
      self = .scheme
    } else if sameHost, url.scheme == "https", target.scheme == "http" {
      self = .downgrade
    } else if sameHost, url.scheme == target.scheme, url.path != target.path, RedirectShape.samePath(url, target) {
      self = .slash
    } else {
      self = .other
    }
  }

  private static func samePath(_ a: URLRecord, _ b: URLRecord) -> Bool { a.path.bare == b.path.bare }

  private static let words: Set<String> = [
    "login", "signin", "sign-in", "sign_in", "logon", "auth", "authorize", "authenticate", "sso", "saml", "saml2",
    "oauth", "oauth2", "openid", "openid-connect", "oidc", "cas", "adfs", "account", "sessions", "challenge",
  ]

  /// Words of a login page in the target that the asking address did not have itself.
  private static func isLogin(_ target: URLRecord, from url: URLRecord) -> Bool {
    let found = parts(target).filter(words.contains)
    return !found.isEmpty && found.contains { !parts(url).contains($0) }
  }

  private static func parts(_ url: URLRecord) -> [String] {
    let host = (url.host ?? "").split(separator: ".")
    let path = url.path.split { $0 == "/" || $0 == "." }
    return (host + path).map { $0.asciiLowercased() }
  }
}

extension String {
  /// A path without its trailing slash.
  fileprivate var bare: Substring { hasSuffix("/") ? dropLast() : self[...] }
}

extension CauseContext {
  /// The shape of the redirect that answered; `nil` where none did.
  var redirectShape: RedirectShape? {
    guard let target = redirectTarget, let url = deciding?.target ?? URLRecord(fix.url) else { return nil }
    return RedirectShape(from: url, to: target)
  }
}
