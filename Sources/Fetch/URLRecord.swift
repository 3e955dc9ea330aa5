/// A URL as the URL standard's parser sees it, as far as CORS needs: scheme, credentials, host, port, path, query.
///
/// It is what rules look at; people are told the URL as it was recorded.
package struct URLRecord: Hashable, Sendable {
  package var scheme: String
  /// `user:password` as spelled; `nil` where there is none, or an empty one.
  package var credentials: String?
  /// Serialised; `nil` where the scheme has no authority (`data:`, `mailto:`).
  package var host: String?
  /// `nil` where it is the scheme's default.
  package var port: UInt16?
  package var path: String
  package var query: String?

  /// Whether the scheme is one of the standard's *special schemes* (URL, 4.2).
  package var isSpecial: Bool { URLRecord.defaultPort(scheme) != nil || scheme == "file" }

  package var hasCredentials: Bool { credentials != nil }

  package var isHTTP: Bool { scheme == "http" || scheme == "https" }

  /// The URL's origin (URL, 4.7): a tuple for special schemes but `file`, opaque for all others.
  package var origin: Origin {
    guard scheme != "file", URLRecord.defaultPort(scheme) != nil, let host else { return .opaque }
    return .tuple(scheme: scheme, host: host, port: port)
  }

  static func defaultPort(_ scheme: String) -> UInt16? {
    switch scheme {
    case "http", "ws": 80
    case "https", "wss": 443
    case "ftp": 21
    default: nil
    }
  }

  /// Parses an absolute URL (URL, 4.4 *basic URL parser*); `nil` where the standard's parser fails.
  package init?(_ input: String) {
    let text = input.strippedAsURL()
    guard let colon = URLRecord.schemeEnd(text) else { return nil }
    scheme = text[..<colon].asciiLowercased()
    credentials = nil
    var rest = text[text.utf8.index(after: colon)...].prefixBeforeFragment()
    if URLRecord.defaultPort(scheme) != nil {
      // A special URL's authority begins after any run of slashes, backslashes counted as slashes.
      while rest.utf8.first?.isSlash == true { rest = Substring(rest.utf8.dropFirst()) }
      let end = rest.utf8.firstIndex { $0.isSlash || $0 == 0x3F } ?? rest.endIndex
      guard let authority = Authority(rest[..<end], scheme: scheme) else { return nil }
      host = authority.host
      port = authority.port
      credentials = authority.credentials
      (path, query) = URLRecord.splitQuery(rest[end...])
      if path.isEmpty { path = "/" }
      if !URLRecord.isPlain(path) { path = URLRecord.removingDotSegments(path) }
    } else if rest.hasPrefix("//") {
      rest = rest.dropFirst(2)
      let end = rest.utf8.firstIndex { $0 == 0x2F || $0 == 0x3F } ?? rest.endIndex
      let (before, after) = Authority.splitCredentials(rest[..<end])
      credentials = before
      host = after.isEmpty ? nil : String(after)
      port = nil
      (path, query) = URLRecord.splitQuery(rest[end...])
    } else {
      host = nil
      port = nil
      (path, query) = URLRecord.splitQuery(rest)
    }
  }

  /// Parses a reference that may be relative, as a `Location` value may be.
  package init?(_ reference: String, relativeTo base: URLRecord) {
    var text = reference.strippedAsURL().prefixBeforeFragment()
    if let colon = URLRecord.schemeEnd(text) {
      let rest = text[text.utf8.index(after: colon)...]
      guard base.isSpecial, text[..<colon].asciiLowercased() == base.scheme, !rest.hasPrefix("//") else {
        self.init(reference)
        return
      }
      text = rest
    }
    if text.utf8.count > 1, text.utf8.prefix(2).allSatisfy(\.isSlash) {
      self.init(base.scheme + ":" + text)
      return
    }
    self = base
    if text.utf8.first?.isSlash == true {
      (path, query) = URLRecord.splitQuery(text[...])
    } else if text.hasPrefix("?") {
      query = String(text.dropFirst())
    } else if !text.isEmpty {
      let folder = base.path.utf8.lastIndex(of: 0x2F).map { base.path[...$0] } ?? "/"
      (path, query) = URLRecord.splitQuery(folder + text)
    }
    path = URLRecord.removingDotSegments(path)
  }

  private static func splitQuery(_ text: Substring) -> (String, String?) {
    guard let mark = text.utf8.firstIndex(of: 0x3F) else { return (String(text), nil) }
    return (String(text[..<mark]), String(text[text.utf8.index(after: mark)...]))
  }

  /// Up to the colon after a text's scheme; `nil` where it has none.
  private static func schemeEnd(_ text: Substring) -> Substring.Index? {
    guard let colon = text.utf8.firstIndex(of: 0x3A), let first = text.utf8.first, first.isASCIIAlpha,
      text[..<colon].utf8.allSatisfy({ $0.isASCIIAlpha || $0.isASCIIDigit || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E })
    else { return nil }
    return colon
  }

  /// Whether a special URL's path has nothing to resolve: neither dot segments nor backslashes, which are slashes there.
  private static func isPlain(_ path: String) -> Bool {
    var before: UInt8 = 0
    for byte in path.utf8 {
      if byte == UInt8(ascii: "\\") { return false }
      if before == UInt8(ascii: "/"), byte == UInt8(ascii: ".") || byte == UInt8(ascii: "%") { return false }
      before = byte
    }
    return true
  }

  private static func removingDotSegments(_ path: String) -> String {
    var kept: [Substring] = []
    // By bytes: a mark that combines with a slash would hide it.
    let segments = path.utf8.split(omittingEmptySubsequences: false, whereSeparator: \.isSlash).dropFirst()
    for (index, bytes) in segments.enumerated() {
      let isLast = index == segments.count - 1
      let segment = Substring(bytes)
      switch segment.asciiLowercased() {
      case ".", "%2e":
        if isLast { kept.append("") }
      case "..", ".%2e", "%2e.", "%2e%2e":
        if !kept.isEmpty { kept.removeLast() }
        if isLast { kept.append("") }
      default: kept.append(segment)
      }
    }
    return "/" + kept.joined(separator: "/")
  }
}

extension UInt8 {
  /// A slash, or a backslash, which special URLs read as one.
  fileprivate var isSlash: Bool { self == 0x2F || self == 0x5C }

  fileprivate var isTabOrNewline: Bool { self == 0x09 || self == 0x0A || self == 0x0D }
}

extension String {
  /// Without what the URL parser takes out before it looks: C0 controls and spaces at both ends, tabs and line ends anywhere
  /// (URL, 4.4 *basic URL parser*, steps 1 to 3).
  fileprivate func strippedAsURL() -> Substring {
    let isTrimmed: (UInt8) -> Bool = { $0 <= 0x20 }
    let start = utf8.firstIndex { !isTrimmed($0) } ?? endIndex
    let end = utf8.lastIndex { !isTrimmed($0) }.map { utf8.index(after: $0) } ?? start
    let text = self[start..<end]
    guard text.utf8.contains(where: \.isTabOrNewline) else { return text }
    return Substring(decoding: text.utf8.filter { !$0.isTabOrNewline }, as: UTF8.self)
  }

  /// Up to the first `#`: what HTTP sends of a URL.
  package func prefixBeforeFragment() -> Substring { self[...].prefixBeforeFragment() }
}

extension Substring {
  func prefixBeforeFragment() -> Substring {
    let text = self
    return text[..<(text.utf8.firstIndex(of: 0x23) ?? text.endIndex)]
  }
}

extension URLRecord {
  /// The URL put together again without its fragment, percent-encoded as a browser does: what exporters write of it.
  package var spelling: String {
    var text = scheme + ":"
    if let host {
      text += "//" + (credentials.map { $0 + "@" } ?? "") + host + (port.map { ":\($0)" } ?? "")
    }
    // What has no slash behind its scheme is opaque, and hardly encoded.
    guard isSpecial else { return text + path + (query.map { "?" + $0 } ?? "") }
    return text + URLRecord.encoded(path, "\"<>`{}") + (query.map { "?" + URLRecord.encoded($0, "\"<>'") } ?? "")
  }

  /// Percent-encodes these bytes, spaces, controls and what is not ASCII (URL, 1.3 *path percent-encode set*, *special-query
  /// percent-encode set*).
  private static func encoded(_ text: String, _ set: StaticString) -> String {
    func isKept(_ byte: UInt8) -> Bool {
      byte > 0x20 && byte < 0x7F
        && !UnsafeBufferPointer(start: set.utf8Start, count: set.utf8CodeUnitCount).contains(byte)
    }
    guard !text.utf8.allSatisfy(isKept) else { return text }
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in text.utf8 {
      if isKept(byte) {
        result.append(byte)
      } else {
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
