/// The browser engines whose rules are known.
package enum Engine: String, CaseIterable, Sendable {
  case chromium, firefox, webkit

  /// The engine that sends this `User-Agent`; `nil` for one that is no browser's.
  package init?(userAgent: String) {
    var agent = userAgent
    let found = agent.withUTF8 { bytes -> Engine? in
      func has(_ token: StaticString) -> Bool { Engine.position(of: token, in: bytes) != nil }
      guard has("Mozilla/"), !has("compatible; "), !has("bot") else { return nil }
      if has("Chrome/") || has("Chromium/") { return .chromium }
      if has("Firefox/"), has("Gecko/") { return .firefox }
      // Every browser on iOS is WebKit, whatever it calls itself.
      return has("AppleWebKit/") && (has("Safari/") || has("Mobile/") || has("Version/")) ? .webkit : nil
    }
    guard let found else { return nil }
    self = found
  }

  /// The engine's major version in this `User-Agent`, where it tells.
  package static func majorVersion(of engine: Engine, in userAgent: String) -> Int? {
    let token: StaticString =
      switch engine {
      case .chromium: "Chrome/"
      case .firefox: "Firefox/"
      case .webkit: "Version/"
      }
    var agent = userAgent
    return agent.withUTF8 { bytes in
      guard let start = position(of: token, in: bytes) else { return nil }
      let digits = bytes[(start + token.utf8CodeUnitCount)...].prefix { $0 &- 48 < 10 }
      return Int(String(decoding: digits, as: UTF8.self))
    }
  }

  /// By bytes: a search by characters takes a hundred times as long, and each request has a user agent.
  private static func position(of token: StaticString, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    token.withUTF8Buffer { token in
      guard bytes.count >= token.count else { return nil }
      for start in 0...(bytes.count - token.count) where bytes[start] == token[0] {
        var index = 1
        while index < token.count, bytes[start + index] == token[index] { index += 1 }
        if index == token.count { return start }
      }
      return nil
    }
  }
}

/// Who wrote a recording.
package enum Recorder: String, Sendable {
  case chromium, firefox, webkit, proxy, server, unknown

  package init(_ engine: Engine) {
    switch engine {
    case .chromium: self = .chromium
    case .firefox: self = .firefox
    case .webkit: self = .webkit
    }
  }

  /// The engine of a browser that records itself; `nil` for who stands between or behind.
  package var engine: Engine? {
    switch self {
    case .chromium: .chromium
    case .firefox: .firefox
    case .webkit: .webkit
    case .proxy, .server, .unknown: nil
    }
  }
}
