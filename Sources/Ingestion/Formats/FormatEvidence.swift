package import Fetch

/// The header fields by which a log tells what CORS decided, most telling first.
package enum FormatEvidence {
  package static let request: [KnownField] = [
    .origin, .accessControlRequestMethod, .accessControlRequestHeaders, .secFetchMode, .secFetchSite, .cookie, .referer,
    .userAgent,
  ]
  package static let response: [KnownField] = [
    .accessControlAllowOrigin, .accessControlAllowCredentials, .accessControlAllowMethods, .accessControlAllowHeaders,
    .accessControlMaxAge, .vary,
  ]

  /// The names of those that a log records and of those that it lacks; `nil` records every header that was sent.
  package static func split(_ fields: [KnownField], by recorded: FieldSet?) -> (shown: [String], lacking: [String]) {
    guard let recorded else { return (fields.map(\.name), []) }
    return (
      fields.filter { recorded.contains($0) }.map(\.name), fields.filter { !recorded.contains($0) }.map(\.name)
    )
  }
}

extension LogFormat {
  /// In short, what a log of this format can say of CORS.
  package var reach: String {
    switch layout {
    case .columns: return "headers as its #Fields line names them"
    case .json(let mapping) where mapping.members.values.contains(.responseHeaders): return "all headers, both ways"
    case .json(let mapping) where mapping.omitsAbsent: return "headers that are configured, both ways"
    case .json(let mapping) where mapping.usesSynonyms: return "headers as its members name them"
    default: break
    }
    let known = coverage
    if known.response.contains(.accessControlAllowOrigin) { return "headers, both ways" }
    if known.request.contains(.origin) { return "the request's headers" }
    // Only where a server's own configuration writes the line can it be made longer.
    let isOwn = configuration == nil || ["nginx", "apache"].contains(configuration)
    if isOwn, case .text(let pattern) = layout, pattern.tail == .pairs {
      return known.request.contains(.referer) ? "Referer; headers as pairs that follow" : "headers as pairs that follow"
    }
    return known.request.contains(.referer) ? "Referer in place of the origin" : "no headers"
  }
}
