/// Methods (Fetch, 2.2.1).
package enum Method {
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
