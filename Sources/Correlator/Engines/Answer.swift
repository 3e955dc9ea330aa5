package import Evidence
import Fetch

/// What an answer's recorded bytes can mean to a check: each field a set of readings, with one element where it was recorded.
package struct Answer: Sendable {
  package let status: Int?
  let headers: HeaderRecord
  /// The origin that the answer has to name; `nil` where it is not known.
  let expectedOrigin: String?
  let httpVersion: HTTPVersion
  /// Whether it is to a preflight for the server that the preflight came from: to Firefox no other origin's.
  let isAtHome: Bool
  /// Whether Chromium's network refuses it before CORS gets to see it.
  let isMalformedToChromium: TruthSet
  /// What its lists are to what the request asked leave for.
  let allowMethods: ListSet
  let allowHeaders: ListSet

  /// - Parameters:
  ///   - asked: What the request asked leave for; `nil` for an answer to no preflight.
  ///   - asServed: Whether it was recorded where it was served. A browser marks what its network refused.
  package init(
    status: Int?, headers: HeaderRecord, expectedOrigin: String?, httpVersion: HTTPVersion,
    isAtHome: Bool = false, asServed: Bool = false, asked: PreflightQuestion? = nil
  ) {
    self.status = status
    self.headers = headers
    self.expectedOrigin = expectedOrigin
    self.httpVersion = httpVersion
    self.isAtHome = isAtHome
    isMalformedToChromium = asServed ? Answer.isMalformedToChromium(headers, httpVersion) : .no
    allowMethods = asked?.method.map { Answer.methods(headers, allow: $0) } ?? .unknown
    allowHeaders = asked?.unsafeNames.map { Answer.names(headers, allow: $0) } ?? .unknown
  }

  /// The method and header names that a preflight announces.
  package struct PreflightQuestion: Sendable {
    /// `nil` where it was not recorded.
    package var method: String?
    /// Lower-cased; `nil` where they were not recorded.
    package var unsafeNames: [String]?

    package init(method: String?, unsafeNames: [String]?) {
      self.method = method
      self.unsafeNames = unsafeNames
    }
  }

  /// Whether the origin is allowed by one line, and by the origin's own name or `*`, and credentials by no more than one.
  var isPlain: Bool {
    guard headers.list.count(.accessControlAllowOrigin) == 1,
      headers.list.count(.accessControlAllowCredentials) <= 1
    else { return false }
    let value = headers.list.get(.accessControlAllowOrigin)
    return value == "*" || value == expectedOrigin
  }

  /// Over HTTP/2 no value may hold a control character (`quiche/http2/adapter/header_validator.cc`); over HTTP/1.1 any may but NUL.
  /// Nobody saw what becomes of it over HTTP/3.
  private static func isMalformedToChromium(_ headers: HeaderRecord, _ version: HTTPVersion) -> TruthSet {
    guard version == .http2 || version == .http3 else { return .no }
    let fields = FieldSet(
      .accessControlAllowOrigin, .accessControlAllowCredentials, .accessControlAllowMethods, .accessControlAllowHeaders)
    let holdsControl = headers.list.fields.contains { field in
      guard let known = field.known, fields.contains(known) else { return false }
      return field.value.utf8.contains { $0 < 0x20 && $0 != UInt8(ascii: "\t") || $0 == 0x7F }
    }
    guard holdsControl else { return .no }
    return version == .http2 ? .yes : [.yes, .no]
  }

  /// Whether `engine` reads `true`.
  func allowCredentials(by engine: Engine) -> TruthSet {
    let field = KnownField.accessControlAllowCredentials
    guard case .recorded(let value) = headers.get(field) else { return [.yes, .no] }
    let readings = engine == .firefox ? headers.mergedByFirefox(field) : [value ?? ""]
    return readings.reduce(into: []) { $0.insert($1 == "true" ? .yes : .no) }
  }

  /// Whether the answer is to `engine` a redirect that names a target.
  func isRedirect(by engine: Engine) -> TruthSet {
    if let status, !Redirect.isRedirectStatus(status) { return .no }
    switch headers.get(.location) {
    case .recorded(nil): return .no
    case .recorded where headers.list.fields.allSatisfy({ $0.known != .location || $0.value.isEmpty }):
      // A field without a value names no target to Chromium (`HttpResponseHeaders::IsRedirect`), and to Firefox the same URL once
      // more. Nobody saw what WebKit makes of it.
      switch engine {
      case .chromium: return .no
      case .firefox: return status == nil ? [.yes, .no] : .yes
      case .webkit: return [.yes, .no]
      }
    case .recorded, .redacted: return status == nil ? [.yes, .no] : .yes
    case .notRecorded: return [.yes, .no]
    }
  }

  /// What becomes in Firefox of the redirect that it is, apart from its CORS headers; a target that was not recorded is followed.
  var redirectInFirefox: (failsUnread: Bool, leadsNowhere: Bool) {
    guard case .recorded(let location?) = headers.get(.location) else { return (false, false) }
    // Any base will do: a relative target leads to the preflight's own server.
    let url = URLRecord("http://base.invalid/").flatMap { URLRecord(location, relativeTo: $0) }
    return (Redirect.failsInFirefoxUnread(to: url), Redirect.refusal(to: url, count: 0) != nil)
  }

  var isSuccess: TruthSet { status.map { (200...299).contains($0) ? .yes : .no } ?? [.yes, .no] }

  private static func methods(_ headers: HeaderRecord, allow method: String) -> ListSet {
    ListSet(
      headers.get(.accessControlAllowMethods),
      covers: { list in
        if Method.isSafelisted(method) || list.contains(method) { return .listed }
        return list.contains("*") ? .wildcard : .lacking
      })
  }

  private static func names(_ headers: HeaderRecord, allow names: [String]) -> ListSet {
    ListSet(
      headers.get(.accessControlAllowHeaders),
      covers: { list in
        if names.allSatisfy({ list.containsIgnoringCase($0) }) { return .listed }
        return list.contains("*") ? .wildcard : .lacking
      })
  }
}

/// A yes-or-no fact of which one or both answers are possible.
struct TruthSet: OptionSet, Sendable {
  let rawValue: UInt8
  static let yes = TruthSet(rawValue: 1)
  static let no = TruthSet(rawValue: 2)

  /// Calls `body` with each answer that is possible.
  @inline(__always)
  func forEach(_ body: (Bool) -> Void) {
    if contains(.yes) { body(true) }
    if contains(.no) { body(false) }
  }
}

/// What a list of methods or header names can be to a preflight.
struct ListSet: OptionSet, Sendable {
  let rawValue: UInt8
  /// Everything asked for is there by name, or needs no leave.
  static let listed = ListSet(rawValue: 1)
  /// `*` stands for what is not there by name.
  static let wildcard = ListSet(rawValue: 2)
  static let lacking = ListSet(rawValue: 4)
  static let malformed = ListSet(rawValue: 8)
  static let unknown: ListSet = [.listed, .wildcard, .lacking, .malformed]

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ value: Recorded<String?>, covers: (TokenList) -> ListSet) {
    guard case .recorded(let value) = value else {
      // Nothing asked for needs no list, whatever an unrecorded one holds.
      self = covers(TokenList(String?.none)) == .listed ? [.listed, .malformed] : .unknown
      return
    }
    let list = TokenList(value)
    self = list.malformed == nil ? covers(list) : .malformed
  }
}
