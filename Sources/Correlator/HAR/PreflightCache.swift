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
    guard let maxAge, !maxAge.isEmpty else { return standard }
    let seconds: Int64
    if engine == .firefox {
      // It keeps an answer with a malformed age not at all, and takes one beyond its longest for that, however many digits it has.
      guard maxAge.utf8.allSatisfy(\.isASCIIDigit) else { return 0 }
      seconds = Int64(maxAge) ?? .max
    } else {
      guard let number = Int64(maxAge) else { return standard }
      seconds = number
    }
    return max(0, min(seconds, cap(engine))) * 1_000_000
  }

  /// Whether what was granted with or without credentials stands for a request with or without (Fetch, *cache entry match*); each is
  /// `nil` where the mode is not known, and rules nothing out.
  static func matches(granted: Bool?, asked: Bool?, by engine: Engine?) -> Bool {
    guard let granted, let asked else { return true }
    // Firefox keeps the two apart (`nsPreflightCache::GetCacheKey`).
    return engine == .firefox ? granted == asked : granted || !asked
  }

  /// Whether the preflight's answer can have let the request through.
  static func covers(_ preflight: Exchange, _ request: Exchange, by engine: Engine?) -> Bool {
    // An entry is its origin's (Fetch, 4.9).
    if let one = preflight.request.value(.origin), let other = request.request.value(.origin), one != other {
      return false
    }
    guard let asked = preflight.startedAt, let begun = request.startedAt else { return true }
    let age = begun - (asked + (preflight.duration ?? 0))
    let lifetime = lifetime(maxAge: preflight.response.value(.accessControlMaxAge), engine: engine)
    guard age >= 0, age <= lifetime + preflight.clockGranularity else { return false }
    let methods = TokenList(preflight.response.value(.accessControlAllowMethods))
    let names = TokenList(preflight.response.value(.accessControlAllowHeaders))
    guard engine != .firefox else {
      // It compares letter by letter what it kept, and keeps nothing of methods that it takes for granted.
      return (["GET", "POST"].contains(request.method) || methods.contains(request.method))
        && AuthorHeaders.unsafeNames(of: request).allSatisfy { names.containsIgnoringCase($0) }
    }
    let asksForMethod = preflight.request.value(.accessControlRequestMethod) == request.method
    return
      (Method.isSafelisted(request.method) || asksForMethod || methods.contains(request.method)
      || methods.contains("*"))
      && AuthorHeaders.unsafeNames(of: request).allSatisfy {
        names.containsIgnoringCase($0) || names.contains("*") && $0 != "authorization"
      }
  }
}
