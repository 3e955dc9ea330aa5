import Correlator

/// Which fields of the deciding answer a reason looks at.
struct DecidingFields {
  let names: [String]
  /// Whether the status decided.
  let isStatus: Bool

  init(_ verdict: Verdict) {
    switch verdict.reason {
    case .missingAllowOrigin, .allowOriginNotMatchingOrigin, .multipleAllowOriginNotAllowed, .notSupportingCredentials:
      names = ["Access-Control-Allow-Origin"]
    case .missingAllowCredentials: names = ["Access-Control-Allow-Credentials"]
    case .methodNotFound, .invalidAllowMethod: names = ["Access-Control-Allow-Methods"]
    case .missingAllowHeaderFromPreflight, .invalidAllowHeader: names = ["Access-Control-Allow-Headers"]
    case .externalRedirectNotAllowed: names = ["Location"]
    case .disabled, .didNotSucceed, .originHeaderNotAdded, .requestNotHttp, .preflightDidNotSucceed, nil: names = []
    }
    isStatus = verdict.reason == .preflightDidNotSucceed || verdict.reason == .externalRedirectNotAllowed
  }
}

/// The fields that a problem shows, in this order, as servers usually write them.
enum FieldNames {
  static let preflightRequest = ["Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"]
  static let preflightResponse = [
    "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Allow-Methods",
    "Access-Control-Allow-Headers", "Access-Control-Max-Age", "Location", "WWW-Authenticate", "Allow", "Vary", "Server",
  ]
  static let request = [
    "Origin", "Cookie", "Authorization", "Content-Type", "Sec-Fetch-Mode", "Sec-Fetch-Storage-Access",
  ]
  static let response = [
    "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Location", "Vary", "Age", "X-Cache",
    "Cf-Cache-Status", "Server",
  ]

  static func same(_ a: String, _ b: String) -> Bool { a == b || a.lowercased() == b.lowercased() }
}
