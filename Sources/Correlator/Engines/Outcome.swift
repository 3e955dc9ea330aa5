/// What one check, or a whole stage, can end in for one engine.
///
/// Chromium's outcomes carry its error, and through it the reason; the other engines' carry the reason alone.
package struct Outcome: Hashable, Sendable {
  let rawValue: UInt8

  package static let pass = Outcome(rawValue: 0)

  package static func reason(_ key: ReasonKey) -> Outcome { Outcome(rawValue: 1 + key.index) }

  package static func error(_ error: ChromiumError) -> Outcome { Outcome(rawValue: 16 + error.index) }

  package var chromiumError: ChromiumError? { rawValue < 16 ? nil : ChromiumError.allCases[Int(rawValue) - 16] }

  /// `nil` for a pass, and for a refusal that none of the fifteen reasons names.
  package var reason: ReasonKey? {
    if rawValue == 0 { return nil }
    return rawValue < 16 ? ReasonKey.allCases[Int(rawValue) - 1] : chromiumError?.reason
  }
}

/// The outcomes that are still possible.
package struct OutcomeSet: Equatable, Sendable, ExpressibleByArrayLiteral {
  private(set) var bits: UInt64 = 0

  package init(arrayLiteral elements: Outcome...) { for element in elements { insert(element) } }

  package var isEmpty: Bool { bits == 0 }

  package var count: Int { bits.nonzeroBitCount }

  package func contains(_ outcome: Outcome) -> Bool { bits & 1 << UInt64(outcome.rawValue) != 0 }

  package mutating func insert(_ outcome: Outcome) { bits |= 1 << UInt64(outcome.rawValue) }

  package mutating func remove(_ outcome: Outcome) { bits &= ~(1 << UInt64(outcome.rawValue)) }

  package mutating func formUnion(_ other: OutcomeSet) { bits |= other.bits }

  /// In the order of their raw values.
  package var elements: [Outcome] {
    var found: [Outcome] = []
    var rest = bits
    while rest != 0 {
      found.append(Outcome(rawValue: UInt8(rest.trailingZeroBitCount)))
      rest &= rest &- 1
    }
    return found
  }

  package var canPass: Bool { contains(.pass) }

  package var canFail: Bool { bits & ~1 != 0 }

  /// Whether a redirect may have been refused for where it leads, whatever its answer allows.
  var refusesRedirect: Bool {
    contains(.reason(.didNotSucceed)) || contains(.error(.redirectContainsCredentials))
      || contains(.error(.corsDisabledScheme))
  }

  var failures: OutcomeSet {
    var rest = self
    rest.remove(.pass)
    return rest
  }

  var decision: Verdict.Decision { canPass ? (canFail ? .undetermined : .allowed) : canFail ? .blocked : .undetermined }
}

extension ReasonKey {
  var index: UInt8 {
    for (index, key) in ReasonKey.allCases.enumerated() where key == self { return UInt8(index) }
    preconditionFailure("every reason is one of all cases")
  }
}

extension ChromiumError {
  var index: UInt8 {
    for (index, error) in ChromiumError.allCases.enumerated() where error == self { return UInt8(index) }
    preconditionFailure("every error is one of all cases")
  }

  /// MDN's reason for the same failure; `nil` where CORS has none (a `same-origin` request that left its origin).
  package var reason: ReasonKey? {
    switch self {
    case .disallowedByMode, .invalidResponse: nil
    case .wildcardOriginNotAllowed, .preflightWildcardOriginNotAllowed: .notSupportingCredentials
    case .missingAllowOriginHeader, .preflightMissingAllowOriginHeader: .missingAllowOrigin
    case .multipleAllowOriginValues, .preflightMultipleAllowOriginValues: .multipleAllowOriginNotAllowed
    case .invalidAllowOriginValue, .allowOriginMismatch, .preflightInvalidAllowOriginValue,
      .preflightAllowOriginMismatch:
      .allowOriginNotMatchingOrigin
    case .invalidAllowCredentials, .preflightInvalidAllowCredentials: .missingAllowCredentials
    case .corsDisabledScheme: .requestNotHttp
    case .preflightInvalidStatus: .preflightDidNotSucceed
    case .preflightDisallowedRedirect: .externalRedirectNotAllowed
    case .invalidAllowMethodsPreflightResponse: .invalidAllowMethod
    case .invalidAllowHeadersPreflightResponse: .invalidAllowHeader
    case .methodDisallowedByPreflightResponse: .methodNotFound
    case .headerDisallowedByPreflightResponse: .missingAllowHeaderFromPreflight
    case .redirectContainsCredentials: .didNotSucceed
    }
  }

  /// The name that the same failure has on a preflight.
  var onPreflight: ChromiumError {
    switch self {
    case .wildcardOriginNotAllowed: .preflightWildcardOriginNotAllowed
    case .missingAllowOriginHeader: .preflightMissingAllowOriginHeader
    case .multipleAllowOriginValues: .preflightMultipleAllowOriginValues
    case .invalidAllowOriginValue: .preflightInvalidAllowOriginValue
    case .allowOriginMismatch: .preflightAllowOriginMismatch
    case .invalidAllowCredentials: .preflightInvalidAllowCredentials
    default: self
    }
  }
}
