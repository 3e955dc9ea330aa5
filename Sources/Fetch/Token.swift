extension UInt8 {
  /// Whether this byte may stand in a token (RFC 9110, 5.6.2).
  package var isTokenByte: Bool {
    if isASCIIAlpha || isASCIIDigit { return true }
    switch self {
    case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
      UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
      return true
    default: return false
    }
  }
}

/// A comma-separated list of tokens, as `Access-Control-Allow-Methods` and `-Headers` hold (Fetch, *extract header list values*).
package struct TokenList: Equatable, Sendable {
  /// The well-formed items, in order; empty ones are skipped, as the ABNF's `#token` allows.
  package var items: [String] = []
  /// The first item that is no token: the whole list is then a failure.
  package var malformed: String?

  /// Reads the combined value of the field; `nil`, for an absent one, is an empty list.
  package init(_ value: (some StringProtocol)?) {
    guard let value else { return }
    for part in value.split(separator: ",", omittingEmptySubsequences: true) {
      let item = part.trimmingHTTPWhitespace()
      if item.isEmpty { continue }
      if item.utf8.allSatisfy(\.isTokenByte) {
        items.append(String(item))
      } else if malformed == nil {
        malformed = String(item)
      }
    }
  }

  package func contains(_ token: some StringProtocol) -> Bool { items.contains { $0 == token } }

  package func containsIgnoringCase(_ token: some StringProtocol) -> Bool {
    let wanted = token.asciiLowercased()
    return items.contains { $0.asciiLowercased() == wanted }
  }
}
