import Evidence
import Fetch

/// The headers that the page itself set, told from those that the browser adds: only the page's can ask for a preflight.
enum AuthorHeaders {
  /// The CORS-unsafe request-header names that this request's recorded headers show.
  ///
  /// `authorization` counts: browsers add one of their own only to credentialed requests. `cache-control`, `pragma` and the
  /// conditional fields do not: browsers add them on reloads and revalidations, and who did is not recorded.
  static func unsafeNames(of exchange: Exchange) -> [String] {
    let names = RequestHeaders.unsafeNames(
      exchange.request.list.fields.compactMap { field in
        isAddedByBrowser(field) ? nil : (field.name, field.value)
      })
    // Its name alone counts, whatever its value was.
    guard exchange.request.redacted.contains(.authorization) else { return names }
    return names + [KnownField.authorization.name]
  }

  /// Whether what is recorded shows that a preflight was needed.
  static func needsPreflight(_ exchange: Exchange) -> Bool {
    !Method.isSafelisted(exchange.method) || !unsafeNames(of: exchange).isEmpty
  }

  /// Every name that a preflight may have had to announce: those of fields that either the page or the browser sets, too, and of
  /// those that are safelisted by a value that was blacked out.
  static func possiblyUnsafeNames(of exchange: Exchange) -> [String] {
    let names = exchange.request.list.fields.map { $0.name.asciiLowercased() }
    let redacted = safelistedByValue.filter(exchange.request.redacted.contains).map(\.name)
    let languages = exchange.request.list.fields.filter(isLongLanguageList).map { $0.name.asciiLowercased() }
    return unsafeNames(of: exchange) + names.filter(addedByEither.contains) + languages + redacted
  }

  private static let safelistedByValue: [KnownField] = [
    .contentType, .range, .accept, .acceptLanguage, .contentLanguage,
  ]

  private static let addedByEither: Set<String> = [
    "cache-control", "pragma", "if-none-match", "if-modified-since", "if-range", "if-match", "if-unmodified-since",
  ]

  private static func isAddedByBrowser(_ field: HeaderField) -> Bool {
    if let known = field.known {
      switch known {
      case .authorization: return false
      case .acceptLanguage: return isLongLanguageList(field)
      case let known where safelistedByValue.contains(known): return false
      default: return true
      }
    }
    let name = field.name.asciiLowercased()
    return RequestHeaders.isForbidden(name: name) || addedByBrowsers.contains(name)
      || name.hasPrefix("x-browser-") || name.hasPrefix("x-devtools-")
  }

  /// An `Accept-Language` that is too long to be safelisted: of a user of many languages the browser's own is, and it is added after the
  /// safelist was asked (Fetch, 4.5 *HTTP-network-or-cache fetch*).
  private static func isLongLanguageList(_ field: HeaderField) -> Bool {
    field.known == .acceptLanguage && field.value.utf8.count > RequestHeaders.longestSafelisted
  }

  private static let addedByBrowsers: Set<String> = [
    "priority", "pragma", "upgrade-insecure-requests", "x-client-data", "save-data", "device-memory", "dpr",
    "viewport-width", "width", "rtt", "downlink", "ect", "last-event-id", "if-range", "if-match",
    "if-unmodified-since", "service-worker", "service-worker-navigation-preload", "purpose",
    "ping-from", "ping-to", "intervention", "alt-used", "available-dictionary", "dictionary-id",
  ]
}
