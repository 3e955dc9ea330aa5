import Evidence
import Fetch

/// Whether a request ran under the CORS protocol at all, by what was recorded of its mode.
enum CorsMode {
  enum Answer {
    case cors, notCors
    /// Nothing recorded tells.
    case unknown
  }

  /// Whether a request that carried `Origin` can have had no mode but `cors`.
  ///
  /// Navigations and no-cors requests with one are POSTs, WebSocket's are GETs with `Upgrade`.
  static func isRecorded(_ exchange: Exchange, hasPreflight: Bool) -> Bool {
    if hasPreflight || exchange.request.isPresent(.secFetchMode) == true { return true }
    switch exchange.kind {
    case .xhr, .eventsource, .font, .texttrack, .manifest: return true
    default: break
    }
    switch exchange.method {
    case "GET": return exchange.request.isPresent(.upgrade) == false
    case "POST": return false
    default: return true
    }
  }

  static func of(_ exchange: Exchange, hasPreflight: Bool) -> Answer {
    if hasPreflight { return .cors }
    if exchange.status == 101 { return .notCors }
    if let mode = exchange.request.value(.secFetchMode) { return mode == "cors" ? .cors : .notCors }
    if exchange.request.isPresent(.upgrade) == true || isReport(exchange) { return .notCors }
    switch exchange.kind {
    case .websocket, .document: return .notCors
    case .fetch, .xhr, .eventsource, .font, .texttrack:
      return isOpaque(exchange) || isLeftUnread(exchange) || isSentWithoutOrigin(exchange) ? .notCors : .cors
    case .manifest: return .cors
    // Without CORS a page can send no body of another type, and links that ping have one of their own.
    case .ping
    where exchange.request.value(.contentType)?.hasPrefix("text/ping") == false
      && AuthorHeaders.needsPreflight(exchange):
      return .cors
    case .preflight: return .notCors
    case .image, .script, .stylesheet, .media, .ping, .other, .unknown:
      return exchange.request.value(.origin) != nil && !looksLikeForm(exchange) ? .cors : .unknown
    }
  }

  /// What browsers send of themselves, with types that a page would have to ask leave for (Fetch, 2.2.2 *CORS-safelisted request-header*).
  private static func isReport(_ exchange: Exchange) -> Bool {
    let type = exchange.request.value(.contentType)?.prefix { $0 != ";" }.trimmingHTTPWhitespace().asciiLowercased()
    return exchange.method == "POST" && type.map(reportTypes.contains) ?? false
  }

  private static let reportTypes: Set<String> = [
    "application/csp-report", "application/expect-ct-report+json", "application/xss-auditor-report",
    "application/ocsp-request",
  ]

  /// Chromium strips an opaque answer of all its headers, and its request of those it sent.
  private static func isOpaque(_ exchange: Exchange) -> Bool {
    exchange.delivery == .provisional && exchange.status != nil && exchange.response.list.fields.isEmpty
  }

  /// An answer that Chromium shows whole, and as aborted since the page may not read it: that of a no-cors `HEAD`. Under CORS the request
  /// would have carried an origin.
  private static func isLeftUnread(_ exchange: Exchange) -> Bool {
    exchange.delivery == .sent && exchange.failureMark == .aborted && exchange.request.isPresent(.origin) == false
  }

  /// A fetch whose headers are recorded as they were sent, and no origin among them: under CORS it would have carried one.
  private static func isSentWithoutOrigin(_ exchange: Exchange) -> Bool {
    exchange.kind == .fetch && exchange.delivery == .sent && exchange.failureMark == nil
      && exchange.request.isPresent(.origin) == false && exchange.request.value(.host) != nil
  }

  /// A form's POST carries `Origin` too, and asks for a page.
  private static func looksLikeForm(_ exchange: Exchange) -> Bool {
    exchange.method == "POST" && exchange.request.value(.accept)?.contains("text/html") == true
  }
}
