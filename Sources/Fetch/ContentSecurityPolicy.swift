/// A page's policies on where its scripts may connect to (Content Security Policy, level 3).
package struct ContentSecurityPolicy: Hashable, Sendable {
  /// The deciding directive and its source list, of each policy that has one.
  private var lists: [SourceList] = []

  private struct SourceList: Hashable {
    let directive: String
    let sources: [String]
  }

  /// - Parameter fields: The values of `Content-Security-Policy`, one for each line; each may hold several policies, and all of them have to agree.
  package init(_ fields: [String]) {
    for policy in fields.flatMap({ $0.split(separator: ",") }) {
      var directives: [String: [String]] = [:]
      for directive in policy.split(separator: ";") {
        let words = directive.split { $0 == " " || $0 == "\t" }.map(String.init)
        // Of two directives of one name the second is ignored.
        guard let name = words.first?.asciiLowercased(), directives[name] == nil else { continue }
        directives[name] = Array(words.dropFirst())
      }
      let deciding =
        directives["connect-src"].map { ("connect-src", $0) } ?? directives["default-src"].map { ("default-src", $0) }
      if let (name, sources) = deciding { lists.append(SourceList(directive: name, sources: sources)) }
    }
  }

  /// The directive that forbids a page of this origin to connect there; `nil` where none does.
  ///
  /// - Parameter afterRedirect: Whether it is where a redirect leads: paths of the policy are not compared then.
  package func directive(
    forbidding url: URLRecord, to page: Origin, afterRedirect: Bool = false
  ) -> String? {
    let list = lists.first { list in
      !list.sources.contains { ContentSecurityPolicy.matches($0, url, page, comparesPath: !afterRedirect) }
    }
    return list.map { ([$0.directive] + $0.sources).joined(separator: " ") }
  }

  /// *Does url match expression in origin with redirect count?* (6.7.2.8)
  private static func matches(_ source: String, _ url: URLRecord, _ page: Origin, comparesPath: Bool) -> Bool {
    let source = source.asciiLowercased()
    if source == "*" { return url.isHTTP || url.scheme == "ws" || url.scheme == "wss" || url.scheme == page.scheme }
    if source == "'self'" { return isSelf(url, page) }
    if source.hasPrefix("'") { return false }
    if source.hasSuffix(":"), !source.contains("/") { return scheme(String(source.dropLast()), covers: url.scheme) }
    return matchesHost(source, url, page, comparesPath: comparesPath)
  }

  private static func isSelf(_ url: URLRecord, _ page: Origin) -> Bool {
    guard case .tuple(let own, let host, let port) = page, host == url.host else { return false }
    return scheme(own, covers: url.scheme) && (port == url.port || port == nil && url.port == nil)
  }

  /// *scheme-part matches*: the secure kin of a scheme are covered by it.
  private static func scheme(_ allowed: String, covers scheme: String) -> Bool {
    switch (allowed, scheme) {
    case ("http", "https"), ("ws", "wss"), ("ws", "http"), ("ws", "https"), ("wss", "https"), ("http", "ws"),
      ("http", "wss"),
      ("https", "wss"):
      true
    default: allowed == scheme
    }
  }

  private static func matchesHost(_ source: String, _ url: URLRecord, _ page: Origin, comparesPath: Bool) -> Bool {
    var rest = source[...]
    if let colon = source.firstIndex(of: ":"), source[colon...].hasPrefix("://") {
      guard scheme(String(source[..<colon]), covers: url.scheme) else { return false }
      rest = source[colon...].dropFirst(3)
    } else if let own = page.scheme, !scheme(own, covers: url.scheme) {
      return false
    }
    let slash = rest.firstIndex(of: "/")
    let authority = rest[..<(slash ?? rest.endIndex)]
    let path = slash.map { String(rest[$0...]) } ?? ""
    let colon = authority.lastIndex(of: ":").flatMap { authority[$0...].contains("]") ? nil : $0 }
    let name = String(authority[..<(colon ?? authority.endIndex)])
    let port = colon.map { String(authority[authority.index(after: $0)...]) }
    return isHost(name, url.host) && isPort(port, url) && (!comparesPath || isPath(path, url.path))
  }

  private static func isHost(_ pattern: String, _ host: String?) -> Bool {
    guard let host else { return false }
    if pattern == "*" { return true }
    return pattern.hasPrefix("*.") ? host.hasSuffix(pattern.dropFirst()) : host == pattern
  }

  /// A port that is not named is the scheme's own, and 80 stands for TLS' 443 too.
  private static func isPort(_ port: String?, _ url: URLRecord) -> Bool {
    guard let port else { return url.port == nil }
    if port == "*" { return true }
    let asked = url.port ?? URLRecord.defaultPort(url.scheme)
    return UInt16(port) == asked || port == "80" && asked == 443
  }

  private static func isPath(_ path: String, _ asked: String) -> Bool {
    if path.isEmpty || path == "/" { return true }
    return path.hasSuffix("/") ? asked.asciiLowercased().hasPrefix(path) : asked.asciiLowercased() == path
  }
}
