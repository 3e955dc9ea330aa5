/// The browser engines whose rules are known.
package enum Engine: String, CaseIterable, Sendable {
  case chromium, firefox, webkit

  /// The engine that sends this `User-Agent`; `nil` for one that is no browser's.
  package init?(userAgent: some StringProtocol) {
    func has(_ token: String) -> Bool { userAgent.contains(token) }
    guard has("Mozilla/"), !has("compatible; "), !has("bot") else { return nil }
    if has("Chrome/") || has("Chromium/") || has("HeadlessChrome/") {
      self = .chromium
    } else if has("Firefox/"), has("Gecko/") {
      self = .firefox
    } else if has("AppleWebKit/"), has("Safari/") || has("Mobile/") || has("Version/") {
      // Every browser on iOS is WebKit, whatever it calls itself.
      self = .webkit
    } else {
      return nil
    }
  }

  /// The engine's major version in this `User-Agent`, where it tells.
  package static func majorVersion(of engine: Engine, in userAgent: some StringProtocol) -> Int? {
    let token =
      switch engine {
      case .chromium: "Chrome/"
      case .firefox: "Firefox/"
      case .webkit: "Version/"
      }
    guard let range = userAgent.firstRange(of: token) else { return nil }
    return Int(userAgent[range.upperBound...].prefix { $0.isASCII && $0.isNumber })
  }
}

/// Who wrote a recording.
package enum Recorder: String, Sendable {
  case chromium, firefox, webkit, proxy, server, unknown
}
