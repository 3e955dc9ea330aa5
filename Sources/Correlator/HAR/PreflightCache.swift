import Evidence
import Fetch

/// How long a preflight's answer stands for further requests (Fetch, 4.9 *CORS-preflight cache*).
enum PreflightCache {
  /// Microseconds for which each engine keeps an answer without `Access-Control-Max-Age`.
  static let standard: Int64 = 5_000_000

  /// The longest each engine keeps one, in seconds.
  static func cap(_ engine: Engine?) -> Int64 {
    switch engine {
    case .chromium: 7_200
    case .firefox, nil: 86_400
    case .webkit: 600
    }
  }

  /// Microseconds for which this answer may be reused.
  static func lifetime(maxAge: String?, engine: Engine?) -> Int64 {
    guard let maxAge else { return standard }
    guard let seconds = Int64(maxAge) else {
      // Firefox keeps an answer with a malformed age not at all, the others for the usual five seconds.
      return engine == .firefox || maxAge.allSatisfy(\.isNumber) ? 0 : standard
    }
    return max(0, min(seconds, cap(engine))) * 1_000_000
  }

  /// Whether the preflight's answer can have let the request through.
  static func covers(_ preflight: Exchange, _ request: Exchange) -> Bool {
    guard let asked = preflight.startedAt, let begun = request.startedAt else { return true }
    let engine = request.request.value(.userAgent).flatMap { Engine(userAgent: $0) }
    let age = begun - (asked + (preflight.duration ?? 0))
    let lifetime = lifetime(maxAge: preflight.response.value(.accessControlMaxAge), engine: engine)
    guard age >= 0, age <= lifetime + preflight.clockGranularity else { return false }
    let methods = TokenList(preflight.response.value(.accessControlAllowMethods))
    let names = TokenList(preflight.response.value(.accessControlAllowHeaders))
    let asksForMethod = preflight.request.value(.accessControlRequestMethod) == request.method
    return
      (Method.isSafelisted(request.method) || asksForMethod || methods.contains(request.method)
      || methods.contains("*"))
      && AuthorHeaders.unsafeNames(of: request).allSatisfy { names.containsIgnoringCase($0) || names.contains("*") }
  }
}
