import Fetch
import Words

/// How a value of `Access-Control-Allow-Origin` misses the origin that asked: found by comparing the two.
enum OriginSlip: Equatable {
  case empty, nullText, template, quotes, invisible, unencoded, list, pattern, noScheme, slash, path, letterCase,
    defaultPort
  case scheme, port, www, subdomain, bareDomain, notAnOrigin
  /// A well-formed origin with nothing in common.
  case otherOrigin

  init(value: String, expected: String) {
    self = OriginSlip.ofText(value, expected) ?? OriginSlip.ofOrigins(value, expected)
  }

  private static func ofText(_ value: String, _ expected: String) -> OriginSlip? {
    if value.isEmpty { return .empty }
    if value.asciiLowercased() == "null" { return .nullText }
    if isTemplate(value) { return .template }
    if value.contains("\"") || value.contains("'") { return .quotes }
    if value.unicodeScalars.contains(where: isInvisible) { return .invisible }
    if value.utf8.contains(where: { $0 == 0x2C || $0 == 0x20 || $0 == 0x3B }) { return .list }
    if value.contains("*") || value.hasPrefix("^") || value.hasSuffix("$") { return .pattern }
    if value == expected + "/" { return .slash }
    if value.hasPrefix(expected + "/") { return .path }
    if value != expected, value.asciiLowercased() == expected { return .letterCase }
    if value == expected + ":443" || value == expected + ":80" { return .defaultPort }
    if isUnencoded(value, expected) { return .unencoded }
    if !value.contains("://") { return expected.hasSuffix("//" + value) ? .noScheme : .notAnOrigin }
    return nil
  }

  /// A variable that nobody filled in: `$http_origin`, `${origin}`, `{{ origin }}`, `%{Origin}i`, `<origin>`, `undefined`.
  private static func isTemplate(_ value: String) -> Bool {
    let marks = ["${", "{{", "{%", "%{", "#{", "%s", "%(", "[object", "<"]
    if marks.contains(where: { value.holds($0) }) { return true }
    if value.hasPrefix("$") || value.hasPrefix("{") || value.hasPrefix("%") || value.hasPrefix("@") { return true }
    return ["undefined", "none", "nil", "false", "true", "origin"].contains(value.asciiLowercased())
  }

  /// Controls, and what comes along in copying: a no-break space, zero-width characters, a byte order mark.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA1, 0x200B...0x200F, 0x2060, 0xFEFF: true
    default: false
    }
  }

  /// Whether the two differ in nothing but labels that the origin has in Punycode (URL, 3.3 *IDNA*), and the value in characters.
  private static func isUnencoded(_ value: String, _ expected: String) -> Bool {
    func labels(_ origin: String) -> [Substring] {
      origin.split(omittingEmptySubsequences: false) { "/.".contains($0) }
    }
    let (found, wanted) = (labels(value), labels(expected))
    return found.count == wanted.count
      && zip(found, wanted).allSatisfy {
        $0 == $1 || $1.hasPrefix("xn--") && $0.utf8.contains { byte in byte >= 0x80 }
      }
  }

  private static func ofOrigins(_ value: String, _ expected: String) -> OriginSlip {
    guard let url = URLRecord(value), case .tuple(let scheme, let host, let port) = url.origin,
      case .tuple(let wantedScheme, let wantedHost, let wantedPort)? = Origin(parsing: expected)
    else { return .notAnOrigin }
    if host == wantedHost {
      if port != wantedPort { return .port }
      if scheme != wantedScheme { return .scheme }
      return .notAnOrigin
    }
    if host == "www." + wantedHost || wantedHost == "www." + host { return .www }
    if host.hasSuffix("." + wantedHost) { return .subdomain }
    if wantedHost.hasSuffix("." + host) { return .bareDomain }
    return .otherOrigin
  }

  /// What is wrong, as the end of a sentence that begins with the value.
  var words: Message {
    switch self {
    case .empty: "is empty"
    case .nullText: "is null, in words or in code, instead of an origin"
    case .template: "is a template that nobody filled in"
    case .quotes: "has quotes in it"
    case .invisible: "holds an invisible character"
    case .unencoded: "writes the host in characters that browsers send in Punycode"
    case .list: "is a list, and only one origin may stand there"
    case .pattern: "is a pattern, and browsers compare byte by byte"
    case .noScheme: "lacks the scheme"
    case .slash: "ends in a slash, which origins do not have"
    case .path: "has a path, which origins do not have"
    case .letterCase: "has capitals, and origins are written small"
    case .defaultPort: "names the default port, which origins leave out"
    case .scheme: "has the other scheme"
    case .port: "has another port"
    case .www: "differs by www."
    case .subdomain: "is a subdomain of the origin that asked"
    case .bareDomain: "is the parent domain of the origin that asked"
    case .notAnOrigin: "is not an origin"
    case .otherOrigin: "is another site's origin"
    }
  }
}
