import Foundation

/// A line as the configuration of `corsleuth log-config nginx` writes it, of a page at `https://app.example.org`.
struct NginxLine {
  private static let page = "https://app.example.org"
  private static let start = 1_795_459_797
  private static let empty = [
    "acrm", "acrh", "sec_fetch_storage_access", "cookie", "authorization", "acao", "acac", "acam", "acah", "acma",
    "vary", "location",
  ]

  enum Browser: String {
    case chrome =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
    case firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"
  }

  private let seconds: Double
  private let status: Int
  private var fields: [String: String]

  /// - Parameters:
  ///   - seconds: When, since the first line.
  ///   - changes: Fields that differ from a plain cross-site request's.
  init(
    _ seconds: Double, _ method: String, _ path: String = "/a", _ status: Int = 200, by browser: Browser = .chrome,
    with changes: [String: String] = [:]
  ) {
    self.seconds = seconds
    self.status = status
    fields = Dictionary(uniqueKeysWithValues: Self.empty.map { ($0, "") })
    fields.merge([
      "remote_addr": "10.0.0.1", "scheme": "https", "host": "api.example.com", "method": method, "request_uri": path,
      "protocol": "HTTP/2.0", "referer": Self.page + "/", "user_agent": browser.rawValue, "origin": Self.page,
      "sec_fetch_mode": "cors", "sec_fetch_site": "cross-site",
    ]) { $1 }
    fields.merge(changes) { $1 }
  }

  /// A preflight for a PUT, answered with all that it asks for.
  static func preflight(
    _ seconds: Double, _ status: Int = 204, by browser: Browser = .chrome, with changes: [String: String] = [:]
  ) -> NginxLine {
    let granted = ["acrm": "PUT", "acao": page, "acac": "true", "acam": "PUT"]
    return NginxLine(seconds, "OPTIONS", "/a", status, by: browser, with: granted.merging(changes) { $1 })
  }

  /// A request whose answer allows the page.
  static func allowed(_ seconds: Double, _ method: String = "PUT", by browser: Browser = .chrome) -> NginxLine {
    NginxLine(seconds, method, by: browser, with: ["acao": page])
  }

  /// A line of somebody else's, an hour later: the log goes on.
  static let later = NginxLine(
    3600, "GET", "/static", with: ["remote_addr": "10.9.9.9", "origin": "", "sec_fetch_mode": ""])

  func json() throws -> String {
    var object: [String: Any] = fields
    object["msec"] = Double(Self.start) + seconds
    object["request_time"] = 0.001
    object["status"] = status
    return String(decoding: try JSONSerialization.data(withJSONObject: object, options: .sortedKeys), as: UTF8.self)
  }

  /// The same behind the line that nginx writes by default, with a time of whole seconds.
  func text() -> String {
    let names = ["origin", "acrm", "acrh", "acao", "acac", "acam", "acah"]
    return combined() + names.map { " \($0)=\"\(fields[$0] ?? "")\"" }.joined() + " host=\"api.example.com\" rt=0.001"
  }

  /// The same in nginx's own default format, which has none of the headers.
  func combined() -> String {
    let text = { (name: String) in fields[name] ?? "" }
    // 2026-11-23T18:49:57Z and what follows within that day, as ISO 8601 has it.
    let time = Date(timeIntervalSince1970: Double(Self.start) + seconds).ISO8601Format().suffix(9).dropLast()
    let request = "\(text("method")) \(text("request_uri")) \(text("protocol"))"
    return "\(text("remote_addr")) - - [23/Nov/2026:\(time) +0000] \"\(request)\" \(status) 12 "
      + "\"\(text("referer"))\" \"\(text("user_agent"))\""
  }
}
