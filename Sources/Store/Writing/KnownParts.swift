import Evidence

/// What an exchange's row refers to.
struct ExchangeIDs {
  var client: Int64?
  var endpoint: Int64?
  var trait: Int64
  var requestSet: Int64
  var responseSet: Int64
  var userAgent: Int64?
  var referer: Int64?
}

/// The rows of the parts that lines of one log have had, by their hashes.
final class KnownParts {
  private let cache = IDCache(capacity: 1 << 18)

  /// Tells the kinds of parts apart in one table.
  private enum Kind: UInt64 {
    case client = 0x9E37_79B9_7F4A_7C15
    case endpoint = 0x3C6E_F372_FE94_F82A
    case userAgent = 0xDAA6_6D2C_7DDF_743F
    case referer = 0x78DD_E6E5_FD29_F054
    case trait = 0x1715_609F_7C74_6C69
    case request = 0xB54C_DA58_FBBE_E87E
    case response = 0x5384_5412_7B09_6493
  }

  /// `nil` where one of the parts is new, or was forgotten.
  @inline(__always)
  func ids(_ parts: LineParts) -> ExchangeIDs? {
    guard let trait = cache[parts.trait ^ Kind.trait.rawValue],
      let request = cache[parts.request ^ Kind.request.rawValue],
      let response = cache[parts.response ^ Kind.response.rawValue]
    else { return nil }
    var ids = ExchangeIDs(trait: trait, requestSet: request, responseSet: response)
    guard find(parts.client, .client, &ids.client), find(parts.endpoint, .endpoint, &ids.endpoint),
      find(parts.userAgent, .userAgent, &ids.userAgent), find(parts.referer, .referer, &ids.referer)
    else { return nil }
    return ids
  }

  /// Whether the part is known, or not there.
  @inline(__always)
  private func find(_ part: UInt64, _ kind: Kind, _ id: inout Int64?) -> Bool {
    if part == 0 { return true }
    id = cache[part ^ kind.rawValue]
    return id != nil
  }

  func remember(_ parts: LineParts, _ ids: ExchangeIDs) {
    remember(parts.trait, .trait, ids.trait)
    remember(parts.request, .request, ids.requestSet)
    remember(parts.response, .response, ids.responseSet)
    remember(parts.client, .client, ids.client)
    remember(parts.endpoint, .endpoint, ids.endpoint)
    remember(parts.userAgent, .userAgent, ids.userAgent)
    remember(parts.referer, .referer, ids.referer)
  }

  private func remember(_ part: UInt64, _ kind: Kind, _ id: Int64?) {
    guard let id, cache[part ^ kind.rawValue] == nil else { return }
    cache.remember(part ^ kind.rawValue, id)
  }
}
