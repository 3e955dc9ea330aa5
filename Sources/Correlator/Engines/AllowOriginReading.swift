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
    case .firefox: self = .firefox(combined, answer)
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
  /// Lines are counted by their name as spelled on the wire: HTTP/2's lower-case ones never count as several. Merging skips
  /// empty lines, so an empty one beside the right one passes there. What a recorder joined may have been one line or several.
  private static func firefox(_ combined: String, _ answer: Answer) -> AllowOriginReading {
    let fields = answer.headers.list
    guard fields.count(.accessControlAllowOrigin) > 1 else {
      let reading = AllowOriginReading(exact: combined, expected: answer.expectedOrigin)
      guard answer.headers.duplicates != .kept, combined.utf8.contains(UInt8(ascii: ",")) else { return reading }
      let values = combined.split(separator: ",").map { $0.trimmingHTTPWhitespace() }.filter { !$0.isEmpty }
      let merged = AllowOriginReading(exact: values.joined(separator: ", "), expected: answer.expectedOrigin)
      let isLowerCase = answer.httpVersion == .http2 || answer.httpVersion == .http3
      return reading.union(merged).union(isLowerCase ? [] : .several)
    }
    let lines = fields.fields.filter { $0.known == .accessControlAllowOrigin }
    let version = answer.httpVersion
    if lines.count(where: { $0.name == "Access-Control-Allow-Origin" }) > 1, version != .http2, version != .http3 {
      return .several
    }
    let values = lines.map { $0.value.trimmingHTTPWhitespace() }
    let merged = values.filter { !$0.isEmpty }.joined(separator: ", ")
    return AllowOriginReading(exact: merged, expected: answer.expectedOrigin)
  }

  /// `Source/WebCore/loader/CrossOriginAccessControl.cpp`, `passesAccessControlCheck`.
  private static func webkit(_ value: String, expected: String?) -> AllowOriginReading {
    let reading = AllowOriginReading(exact: value, expected: expected)
    return reading.contains(.mismatch) && value.contains(",")
      ? reading.subtracting(.mismatch).union(.several) : reading
  }
}
