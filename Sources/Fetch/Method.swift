/// Methods (Fetch, 2.2.1).
package enum Method {
  /// Upper-cases the six names that browsers normalise, and leaves `patch` as it is (Fetch, *normalize a method*).
  package static func normalized(_ method: String) -> String {
    for name in ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"] where name.utf8.count == method.utf8.count {
      if method.asciiLowercased() == name.asciiLowercased() { return name }
    }
    return method
  }

  /// Whether this is a CORS-safelisted method: `GET`, `HEAD`, `POST`, compared byte for byte.
  package static func isSafelisted(_ method: String) -> Bool {
    method == "GET" || method == "HEAD" || method == "POST"
  }

  /// Whether a server may refuse the method before it reads a field, and log none: nginx takes capitals, `-` and `_` alone
  /// (`ngx_http_parse_request_line`).
  package static func isRefusedUnread(_ method: String) -> Bool {
    !method.utf8.allSatisfy { (0x41...0x5A).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
  }
}
