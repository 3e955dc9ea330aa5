/// Request-headers and the preflight (Fetch, 2.2.2).
package enum RequestHeaders {
  /// The most bytes that a safelisted value has.
  package static let longestSafelisted = 128

  /// Whether this is a CORS-safelisted request-header.
  package static func isSafelisted(name: String, value: String) -> Bool {
    guard value.utf8.count <= longestSafelisted else { return false }
    switch name.asciiLowercased() {
    case "accept": return !value.utf8.contains(where: \.isCORSUnsafe)
    case "accept-language", "content-language": return value.utf8.allSatisfy(\.isLanguageByte)
    case "content-type":
      guard !value.utf8.contains(where: \.isCORSUnsafe), let essence = MIMEType.essence(of: value) else { return false }
      return ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"].contains(essence)
    case "range": return isSimpleRange(value)
    default: return false
    }
  }

  /// The CORS-unsafe request-header names of a list, lower-cased, sorted, each once.
  package static func unsafeNames(_ headers: [(name: String, value: String)]) -> [String] {
    var unsafe: Set<String> = []
    var safelisted: Set<String> = []
    var safelistedSize = 0
    for (name, value) in headers {
      if isSafelisted(name: name, value: value) {
        safelisted.insert(name.asciiLowercased())
        safelistedSize += value.utf8.count
      } else {
        unsafe.insert(name.asciiLowercased())
      }
    }
    if safelistedSize > 1024 { unsafe.formUnion(safelisted) }
    return unsafe.sorted()
  }

  /// Whether a script can never set this field (Fetch, *forbidden request-header*, by name alone).
  package static func isForbidden(name: String) -> Bool {
    let name = name.asciiLowercased()
    return name.hasPrefix("proxy-") || name.hasPrefix("sec-") || forbidden.contains(name)
  }

  private static let forbidden: Set<String> = [
    "accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method",
    "connection", "content-length", "cookie", "cookie2", "date", "dnt", "expect", "host", "keep-alive", "origin",
    "referer", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade", "via",
  ]

  /// A single range with a start, without white space (Fetch, *parse a single range header value*).
  private static func isSimpleRange(_ value: String) -> Bool {
    guard value.hasPrefix("bytes=") else { return false }
    let parts = value.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts.allSatisfy({ $0.utf8.allSatisfy(\.isASCIIDigit) }) else {
      return false
    }
    if parts[1].isEmpty { return true }
    // Of any length: without leading zeros the shorter number is the smaller.
    let (start, end) = (parts[0].drop { $0 == "0" }, parts[1].drop { $0 == "0" })
    return start.utf8.count == end.utf8.count ? start <= end : start.utf8.count < end.utf8.count
  }
}

extension UInt8 {
  /// CORS-unsafe request-header byte.
  package var isCORSUnsafe: Bool {
    if self < 0x20 { return self != 0x09 }
    switch self {
    case UInt8(ascii: "\""), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ":"), UInt8(ascii: "<"),
      UInt8(ascii: ">"), UInt8(ascii: "?"), UInt8(ascii: "@"), UInt8(ascii: "["), UInt8(ascii: "\\"),
      UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), 0x7F:
      return true
    default: return false
    }
  }

  fileprivate var isLanguageByte: Bool {
    if isASCIIAlpha || isASCIIDigit { return true }
    switch self {
    case 0x20, UInt8(ascii: "*"), UInt8(ascii: ","), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ";"),
      UInt8(ascii: "="):
      return true
    default: return false
    }
  }
}

/// MIME types, as far as the safelist asks (MIME Sniffing, *parse a MIME type*).
enum MIMEType {
  /// `type/subtype` in lower case; `nil` where the standard's parser fails.
  static func essence(of value: String) -> String? {
    let text = value.trimmingHTTPWhitespace()
    let end = text.utf8.firstIndex(of: 0x3B) ?? text.endIndex
    let parts = text[..<end].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    var subtype = parts[1]
    while let last = subtype.utf8.last, last.isHTTPWhitespace { subtype = subtype.dropLast() }
    guard !parts[0].isEmpty, !subtype.isEmpty, parts[0].utf8.allSatisfy(\.isTokenByte),
      subtype.utf8.allSatisfy(\.isTokenByte)
    else { return nil }
    return "\(parts[0].asciiLowercased())/\(subtype.asciiLowercased())"
  }
}
