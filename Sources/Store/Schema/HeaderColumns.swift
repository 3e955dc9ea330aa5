import Fetch

/// Which header fields are columns of `exchanges`, and on which side each is read.
///
/// Left out are the fields that differ from answer to answer and decide nothing: each would make every set of headers a
/// new one.
enum HeaderColumns {
  /// Fields of a request that repeat from request to request; stored once for each distinct set.
  static let request: [KnownField] = [
    .origin, .accessControlRequestMethod, .accessControlRequestHeaders, .accessControlRequestPrivateNetwork, .host,
    .cookie, .authorization, .proxyAuthorization, .upgrade, .range, .secFetchMode, .secFetchSite, .secFetchDest,
    .secFetchStorageAccess, .accept, .acceptLanguage, .contentLanguage, .contentType, .xForwardedFor,
  ]

  /// Fields of a request that vary on their own, each a reference of its own.
  static let requestAlone: [KnownField] = [.userAgent, .referer]

  static let response: [KnownField] = [
    .accessControlAllowOrigin, .accessControlAllowCredentials, .accessControlAllowMethods, .accessControlAllowHeaders,
    .accessControlMaxAge, .accessControlExposeHeaders, .vary, .location, .server, .via, .age, .cacheControl, .setCookie,
    .wwwAuthenticate, .allow, .xCache, .cfCacheStatus, .xAmznErrorType, .xPoweredBy, .nonAuthoritativeReason,
    .crossOriginResourcePolicy, .contentSecurityPolicy,
  ]

  /// The column of a field: its name in lower case with underscores.
  static func column(_ field: KnownField) -> String {
    String(decoding: field.name.utf8.map { $0 == 0x2D ? 0x5F : $0 }, as: UTF8.self)
  }

  /// Position in `fields` by the field's raw value; -1 for one that is not there.
  static func positions(_ fields: [KnownField]) -> [Int] {
    var positions = Array(repeating: -1, count: KnownField.allCases.count)
    for (index, field) in fields.enumerated() { positions[Int(field.rawValue)] = index }
    return positions
  }
}
