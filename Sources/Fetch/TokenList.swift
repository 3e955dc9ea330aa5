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
  package init(_ value: String?) {
    guard var value else { return }
    value.withUTF8 { bytes in
      var start = 0
      while start < bytes.count {
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: ",") { end += 1 }
        add(bytes, start, end)
        start = end + 1
      }
    }
  }

  private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) {
    var (start, end) = (start, end)
    while start < end, bytes[start].isHTTPWhitespace { start += 1 }
    while start < end, bytes[end - 1].isHTTPWhitespace { end -= 1 }
    guard start < end else { return }
    let item = bytes[start..<end]
    if item.allSatisfy(\.isTokenByte) {
      items.append(String(decoding: item, as: UTF8.self))
    } else if malformed == nil {
      malformed = String(decoding: item, as: UTF8.self)
    }
  }

  package func contains(_ token: String) -> Bool { items.contains { $0 == token } }

  package func containsIgnoringCase(_ token: String) -> Bool {
    let wanted = token.asciiLowercased()
    return items.contains { $0.asciiLowercased() == wanted }
  }
}
