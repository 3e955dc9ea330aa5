/// A header field that the CORS protocol or a verdict's explanation looks at.
///
/// Fields outside this list are kept by their spelling alone: they matter only as names that a preflight may have to announce.
package enum KnownField: UInt8, CaseIterable, Sendable {
  // Request fields.
  case origin, accessControlRequestMethod, accessControlRequestHeaders, accessControlRequestPrivateNetwork
  case referer, userAgent, host, cookie, authorization, proxyAuthorization, upgrade, range
  case secFetchMode, secFetchSite, secFetchDest, secFetchStorageAccess
  case accept, acceptLanguage, contentLanguage, contentType, ifNoneMatch, ifModifiedSince, xForwardedFor

  // Response fields.
  case accessControlAllowOrigin, accessControlAllowCredentials, accessControlAllowMethods
  case accessControlAllowHeaders, accessControlMaxAge, accessControlExposeHeaders
  case vary, location, server, via, age, cacheControl, setCookie, wwwAuthenticate, allow, contentLength
  case xCache, cfCacheStatus, cfRay, xAmznErrorType, xAmzCfId, xPoweredBy
  case nonAuthoritativeReason, crossOriginResourcePolicy, contentSecurityPolicy

  /// The field name in lower case, as HTTP/2 sends it.
  @inlinable
  package var name: String { KnownField.names[Int(rawValue)] }

  @usableFromInline
  static let names: [String] = allCases.map { field in
    var name = ""
    for character in "\(field)" {
      if character.isUppercase { name += "-" }
      name += character.lowercased()
    }
    return name
  }

  /// The field name as servers usually write it over HTTP/1: `Access-Control-Allow-Origin`.
  package var usualName: String { KnownField.usualNames[Int(rawValue)] }

  private static let usualNames: [String] = names.map { name in
    name.split(separator: "-").map { $0 == "www" ? "WWW" : $0.prefix(1).uppercased() + $0.dropFirst() }
      .joined(separator: "-")
  }

  /// The field of this name, whatever its case (RFC 9110 §5.1), or `nil` for one this list does not have.
  package init?(name: some StringProtocol) {
    var copy = String(name)
    let found = copy.withUTF8 { KnownField.find(bytes: Span(_unsafeElements: $0)) }
    guard let found else { return nil }
    self = found
  }

  /// The field whose name these bytes spell, whatever their case.
  package static func find(bytes: Span<UInt8>) -> KnownField? {
    guard bytes.count >= minimumLength, bytes.count <= maximumLength else { return nil }
    for candidate in byLength[bytes.count] where matches(bytes, candidate.bytes) { return candidate.field }
    return nil
  }

  private struct Spelling {
    let field: KnownField
    let bytes: [UInt8]
  }

  private static let byLength: [[Spelling]] = {
    var table = [[Spelling]](repeating: [], count: maximumLength + 1)
    for field in allCases { table[field.name.utf8.count].append(Spelling(field: field, bytes: Array(field.name.utf8))) }
    return table
  }()
  private static let minimumLength = names.map(\.utf8.count).min() ?? 0
  private static let maximumLength = names.map(\.utf8.count).max() ?? 0

  private static func matches(_ bytes: Span<UInt8>, _ lowercased: [UInt8]) -> Bool {
    // The last byte tells most names of one length apart: compare from the end.
    var index = bytes.count - 1
    while index >= 0 {
      if bytes[index].asciiLowercased != lowercased[index] { return false }
      index -= 1
    }
    return true
  }
}

/// A set of known fields.
package struct FieldSet: OptionSet, Hashable, Sendable {
  package var rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }

  package init(_ fields: KnownField...) {
    self.init(rawValue: fields.reduce(0) { $0 | 1 << UInt64($1.rawValue) })
  }

  package func contains(_ field: KnownField) -> Bool { rawValue & 1 << UInt64(field.rawValue) != 0 }

  package mutating func insert(_ field: KnownField) { rawValue |= 1 << UInt64(field.rawValue) }
}
