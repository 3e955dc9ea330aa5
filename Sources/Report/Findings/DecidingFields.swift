import Correlator

/// Which fields of the deciding answer a reason looks at.
struct DecidingFields {
  let names: [String]
  /// Whether the status decided.
  let isStatus: Bool

  init(_ verdict: Verdict) {
    switch verdict.reason {
    case .missingAllowOrigin, .allowOriginNotMatchingOrigin, .multipleAllowOriginNotAllowed, .notSupportingCredentials:
      names = ["access-control-allow-origin"]
    case .missingAllowCredentials: names = ["access-control-allow-credentials"]
    case .methodNotFound, .invalidAllowMethod: names = ["access-control-allow-methods"]
    case .missingAllowHeaderFromPreflight, .invalidAllowHeader: names = ["access-control-allow-headers"]
    case .externalRedirectNotAllowed: names = ["location"]
    case .disabled, .didNotSucceed, .originHeaderNotAdded, .requestNotHttp, .preflightDidNotSucceed, nil: names = []
    }
    isStatus = verdict.reason == .preflightDidNotSucceed || verdict.reason == .externalRedirectNotAllowed
  }
}

/// The fields that a problem shows, in this order, and their usual spelling.
enum FieldNames {
  static let preflightRequest = ["origin", "access-control-request-method", "access-control-request-headers"]
  static let preflightResponse = [
    "access-control-allow-origin", "access-control-allow-credentials", "access-control-allow-methods",
    "access-control-allow-headers", "access-control-max-age", "location", "www-authenticate", "allow", "vary", "server",
  ]
  static let request = [
    "origin", "cookie", "authorization", "content-type", "sec-fetch-mode", "sec-fetch-storage-access",
  ]
  static let response = [
    "access-control-allow-origin", "access-control-allow-credentials", "location", "vary", "age", "x-cache",
    "cf-cache-status", "server",
  ]

  static func same(_ a: String, _ b: String) -> Bool { a == b || a.lowercased() == b.lowercased() }

  /// `access-control-allow-origin` as `Access-Control-Allow-Origin`.
  static func spelled(_ name: String) -> String {
    name.split(separator: "-", omittingEmptySubsequences: false)
      .map { $0 == "www" ? "WWW" : $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: "-")
  }
}
