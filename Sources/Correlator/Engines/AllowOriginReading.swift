import Evidence
import Fetch

/// What a value of `Access-Control-Allow-Origin` is to an engine.
struct AllowOriginReading: OptionSet, Sendable {
  let rawValue: UInt8

  init(rawValue: UInt8) { self.rawValue = rawValue }

  static let absent = AllowOriginReading(rawValue: 1)
  static let wildcard = AllowOriginReading(rawValue: 2)
  static let match = AllowOriginReading(rawValue: 4)
  static let mismatch = AllowOriginReading(rawValue: 8)
  /// Chromium's: no URL at all.
  static let invalid = AllowOriginReading(rawValue: 16)
  /// More than one value, in one line or several.
  static let several = AllowOriginReading(rawValue: 32)
  /// Any value, or none: Chromium alone tells one that is no URL from one that names another origin.
  private static func unknown(to engine: Engine) -> AllowOriginReading {
    let any: AllowOriginReading = [.absent, .wildcard, .match, .mismatch, .several]
    return engine == .chromium ? any.union(.invalid) : any
  }

  /// Calls `body` with each reading of the set.
  @inline(__always)
  func forEach(_ body: (AllowOriginReading) -> Void) {
    var rest = rawValue
    while rest != 0 {
      let lowest = rest & (~rest &+ 1)
      body(AllowOriginReading(rawValue: lowest))
      rest ^= lowest
    }
  }

  /// Reads an answer as `engine` does.
  init(_ answer: Answer, by engine: Engine) {
    let field = KnownField.accessControlAllowOrigin
    guard case .recorded(let combined) = answer.headers.get(field) else {
      self = .unknown(to: engine)
      return
    }
    guard let combined else {
      // A log that writes an empty field like an absent one leaves both open.
      self = answer.headers.confusesEmptyWithAbsent ? [.absent, engine == .chromium ? .invalid : .mismatch] : .absent
      return
    }
    switch engine {
    case .chromium: self = .chromium(combined, expected: answer.expectedOrigin)
    case .firefox: self = .firefox(answer)
    case .webkit: self = .webkit(combined, expected: answer.expectedOrigin)
    }
  }

  private init(exact value: String, expected: String?) {
    if value == "*" {
      self = .wildcard
    } else if let expected {
      self = value == expected ? .match : .mismatch
    } else {
      // A value that no browser would send as its origin matches none.
      self = Origin(parsing: value)?.serialized == value ? [.match, .mismatch] : .mismatch
    }
  }

  /// `services/network/public/cpp/cors/cors.cc`, `CheckAccess`.
  private static func chromium(_ value: String, expected: String?) -> AllowOriginReading {
    let reading = AllowOriginReading(exact: value, expected: expected)
    guard reading.contains(.mismatch) else { return reading }
    if value.utf8.contains(where: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") }) {
      return reading.subtracting(.mismatch).union(.several)
    }
    return value == "null" || URLRecord(value) != nil ? reading : .invalid
  }

  /// `netwerk/protocol/http/nsCORSListenerProxy.cpp`, `CheckRequestApproved`.
  ///
  /// Lines are counted by their name as spelled on the wire: HTTP/2's lower-case ones never count as several.
  private static func firefox(_ answer: Answer) -> AllowOriginReading {
    let field = KnownField.accessControlAllowOrigin
    let headers = answer.headers
    let isLowerCase = answer.httpVersion == .http2 || answer.httpVersion == .http3
    let spelled = headers.list.fields.count { $0.known == field && $0.name == "Access-Control-Allow-Origin" }
    if spelled > 1, !isLowerCase { return .several }
    let merged = headers.mergedByFirefox(field)
    let mayBeSeveral = merged.count > 1 || headers.duplicates == .respelled && headers.list.count(field) > 1
    return merged.reduce(into: mayBeSeveral && !isLowerCase ? .several : []) {
      $0.formUnion(AllowOriginReading(exact: $1, expected: answer.expectedOrigin))
    }
  }

  /// `Source/WebCore/loader/CrossOriginAccessControl.cpp`, `passesAccessControlCheck`.
  private static func webkit(_ value: String, expected: String?) -> AllowOriginReading {
    let reading = AllowOriginReading(exact: value, expected: expected)
    return reading.contains(.mismatch) && value.contains(",")
      ? reading.subtracting(.mismatch).union(.several) : reading
  }
}
