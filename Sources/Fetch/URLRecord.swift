/// A URL as the URL standard's parser sees it, as far as CORS needs: scheme, credentials, host, port, path, query.
///
/// `spelled` is the input; nothing that is reported is rebuilt from the parts but the origin.
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
    let text = input.trimmingHTTPWhitespace()
    guard let colon = text.utf8.firstIndex(of: 0x3A), colon > text.startIndex else { return nil }
    let name = text[..<colon]
    guard let first = name.utf8.first, first.isASCIIAlpha,
      name.utf8.allSatisfy({ $0.isASCIIAlpha || $0.isASCIIDigit || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E })
    else { return nil }
    scheme = name.asciiLowercased()
    credentials = nil
    var rest = text[text.utf8.index(after: colon)...].prefixBeforeFragment()
    if URLRecord.defaultPort(scheme) != nil {
      // A special URL's authority begins after any run of slashes, backslashes counted as slashes.
      while let slash = rest.utf8.first, slash == 0x2F || slash == 0x5C { rest = rest.dropFirst() }
      let end = rest.utf8.firstIndex { $0 == 0x2F || $0 == 0x5C || $0 == 0x3F } ?? rest.endIndex
      guard let authority = Authority(rest[..<end], scheme: scheme) else { return nil }
      host = authority.host
      port = authority.port
      credentials = authority.credentials
      (path, query) = URLRecord.splitQuery(rest[end...])
      if path.isEmpty { path = "/" }
      if URLRecord.mayHaveDotSegments(path) { path = URLRecord.removingDotSegments(path) }
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
    if let absolute = URLRecord(reference) {
      self = absolute
      return
    }
    let text = reference.trimmingHTTPWhitespace().prefixBeforeFragment()
    if text.hasPrefix("//") || text.hasPrefix("\\\\") {
      self.init(base.scheme + ":" + text)
      return
    }
    self = base
    if text.hasPrefix("/") || text.hasPrefix("\\") {
      (path, query) = URLRecord.splitQuery(text[...])
    } else if text.hasPrefix("?") {
      query = String(text.dropFirst())
    } else if !text.isEmpty {
      let folder = base.path[...(base.path.lastIndex(of: "/") ?? base.path.startIndex)]
      (path, query) = URLRecord.splitQuery((base.path.isEmpty ? "/" : folder) + text)
    }
    path = URLRecord.removingDotSegments(path)
  }

  private static func splitQuery(_ text: Substring) -> (String, String?) {
    guard let mark = text.utf8.firstIndex(of: 0x3F) else { return (String(text), nil) }
    return (String(text[..<mark]), String(text[text.utf8.index(after: mark)...]))
  }

  private static func mayHaveDotSegments(_ path: String) -> Bool {
    var before: UInt8 = 0
    for byte in path.utf8 {
      if before == UInt8(ascii: "/"), byte == UInt8(ascii: ".") || byte == UInt8(ascii: "%") { return true }
      before = byte
    }
    return false
  }

  private static func removingDotSegments(_ path: String) -> String {
    var kept: [Substring] = []
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
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

extension String {
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
  /// The URL put together again without its fragment: what exporters write of it.
  package var spelling: String {
    var text = scheme + ":"
    if let host {
      text += "//" + (credentials.map { $0 + "@" } ?? "") + host + (port.map { ":\($0)" } ?? "")
    }
    return text + path + (query.map { "?" + $0 } ?? "")
  }
}
