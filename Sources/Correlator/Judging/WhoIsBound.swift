import Evidence
import Fetch

/// Who is bound by CORS, and to which answers: what a recorder that marks no failure leaves open.
extension Scene {
  /// Whether an extension asked that may have a permission for the host, and is not bound by CORS then. One that needs a preflight has
  /// none, and one whose request a browser marked as failed was refused.
  var mayHavePermission: Bool {
    guard let request, preflight == nil, grant == nil, request.outcome == .notMarked else { return false }
    return origin?.isExtensionOrigin ?? false
  }

  /// Whether it may be none of CORS' business: a beacon or a no-cors fetch, each of which sends an origin with a POST and needs no leave to
  /// be answered. Only what such requests can be is: one with a field or type of the page's own asked for more, a
  /// server that names an origin expects to be asked, and what neighbours do it does too.
  var mayBeOutsideCORS: Bool {
    guard let request, request.outcome == .notMarked, profile.recorder != .server, !modeIsRecorded, preflight == nil,
      request.method == "POST", request.wasAnswered, !neighboursRunUnderCORS
    else { return false }
    if AuthorHeaders.needsPreflight(request) { return false }
    if request.response.isPresent(.accessControlAllowOrigin) == true { return false }
    return request.request.value(.accept) ?? "*/*" == "*/*"
  }

  /// Whether the answer may be one that the network asks again after, before CORS gets to see it: an interim one, a proxy's challenge, a
  /// misdirection, too early (Fetch, 4.6 *HTTP-network-or-cache fetch*), or a server's challenge that a browser meets without asking
  /// its user where credentials are included, which preflights never do.
  ///
  /// - Parameter modes: Whether credentials were included, as far as it is open.
  func mayBeAskedAgain(_ modes: [Bool]) -> Bool {
    guard let exchange = request ?? preflight, exchange.outcome == .notMarked, let status = exchange.status else {
      return false
    }
    switch status {
    case 100...199, 421, 425: return true
    // A challenge of the server itself is a refusal.
    case 407: return profile.recorder != .server
    case 401 where request != nil && modes.contains(true):
      let scheme = exchange.response.value(.wwwAuthenticate)?.asciiLowercased() ?? ""
      return scheme.hasPrefix("negotiate") || scheme.hasPrefix("ntlm")
    default: return false
    }
  }

  /// Whether an app asked whose own page is no website's: its shell decides whether its pages are bound by CORS.
  ///
  /// WebKit's view leaves it no choice (Capacitor's and Ionic's apps on iOS; Tauri's on macOS). Electron's has `webSecurity`, and
  /// lets an app write answers anew; Android's has `setAllowUniversalAccessFromFileURLs`; Tauri has a client of its own besides, which names the
  /// same origin.
  var isOfAnApp: Bool {
    (request ?? preflight)?.outcome == .notMarked && origin?.isAppOrigin ?? false
  }

  /// Whether it is WebKit's view: the schemes of Capacitor and Ionic are those of their apps on iOS.
  private var isInWebKit: Bool {
    if let engine { return engine == .webkit }
    return ["capacitor:", "ionic:"].contains { origin?.hasPrefix($0) ?? false }
  }

  /// Whether the shell may have let pass what was recorded as refused. A preflight of WebKit's, by its own name, shows that it does not.
  var mayBeRewritten: Bool { isOfAnApp && !(engine == .webkit && preflight != nil) }

  /// Whether nothing shows that the app's shell binds its pages.
  ///
  /// Of files WebKit's views ask for nothing either: the old one never enforced CORS, the new one lets it be switched off for them.
  var mayBeUnbound: Bool {
    guard isOfAnApp, preflight == nil, grant == nil else { return false }
    return !isInWebKit || origin?.hasPrefix("file:") ?? false
  }
}

extension String {
  /// `chrome-extension://…`, `moz-extension://…`, `safari-web-extension://…`.
  var isExtensionOrigin: Bool { prefix { $0 != ":" }.hasSuffix("-extension") }

  /// `capacitor://localhost`, `app://bundle`, `file://`: an origin of a scheme that the Web has none in.
  var isAppOrigin: Bool {
    guard let colon = utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
    return !["http", "https"].contains(self[..<colon]) && !isExtensionOrigin
  }
}
