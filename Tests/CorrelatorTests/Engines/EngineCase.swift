import Correlator
import Evidence
import Fetch
import Testing

/// What each engine calls one and the same failure; all `nil` for an answer that passes.
struct Names: Sendable {
  var chromium: ChromiumError?
  var firefox: ReasonKey?
  var webkit: ReasonKey?

  init(_ chromium: ChromiumError?, _ firefox: ReasonKey?, _ webkit: ReasonKey? = nil) {
    self.chromium = chromium
    self.firefox = firefox
    self.webkit = webkit ?? firefox
  }

  /// The one outcome of this engine.
  func outcome(_ engine: Engine) -> Outcome {
    switch engine {
    case .chromium: chromium.map { .error($0) } ?? .pass
    case .firefox: firefox.map { .reason($0) } ?? .pass
    case .webkit: webkit.map { .reason($0) } ?? .pass
    }
  }

  static let pass = Names(nil, nil)
  static let missing = Names(.missingAllowOriginHeader, .missingAllowOrigin)
  static let mismatch = Names(.allowOriginMismatch, .allowOriginNotMatchingOrigin)
  static let invalid = Names(.invalidAllowOriginValue, .allowOriginNotMatchingOrigin)
  static let wildcard = Names(.wildcardOriginNotAllowed, .notSupportingCredentials)
  static let credentials = Names(.invalidAllowCredentials, .missingAllowCredentials)
  /// Two lines over HTTP/1.1.
  static let several = Names(.multipleAllowOriginValues, .multipleAllowOriginNotAllowed)
  /// One line with a comma, or two over HTTP/2.
  static let list = Names(
    .multipleAllowOriginValues, .allowOriginNotMatchingOrigin, .multipleAllowOriginNotAllowed)
  /// One line with a space.
  static let words = Names(.multipleAllowOriginValues, .allowOriginNotMatchingOrigin)
  static let methodToken = Names(.invalidAllowMethodsPreflightResponse, .invalidAllowMethod)
  static let headerToken = Names(.invalidAllowHeadersPreflightResponse, .invalidAllowHeader)
  static let method = Names(.methodDisallowedByPreflightResponse, .methodNotFound)
  static let header = Names(.headerDisallowedByPreflightResponse, .missingAllowHeaderFromPreflight)
  static let status = Names(.preflightInvalidStatus, .preflightDidNotSucceed)
}

/// One row of cors-rules §4: an answer, and what each engine says of it.
struct EngineCase: Sendable, CustomTestStringConvertible {
  static let page = "https://app.example"

  /// The row's number there, and its words.
  var testDescription: String
  var origin = EngineCase.page
  var fields: [HeaderField] = []
  var status = 200
  var version = HTTPVersion.http11
  var include = false
  /// For a preflight.
  var method = "PUT"
  var unsafeNames: [String] = []
  var names: Names

  init(_ description: String, _ names: Names, _ change: (inout EngineCase) -> Void = { _ in }) {
    testDescription = description
    self.names = names
    change(&self)
  }

  /// A row whose answer differs in `Access-Control-Allow-Origin` alone.
  init(_ description: String, allows: String..., names: Names, change: (inout EngineCase) -> Void = { _ in }) {
    self.init(description, names)
    fields = allows.map { HeaderField(name: "Access-Control-Allow-Origin", value: $0) }
    change(&self)
  }

  mutating func add(_ name: String, _ value: String) {
    fields.append(HeaderField(name: "Access-Control-Allow-" + name, value: value))
  }

  /// The same answer as HTTP/2 carries it.
  mutating func sendOverHTTP2() {
    version = .http2
    fields = fields.map { HeaderField(name: $0.name.lowercased(), value: $0.value) }
  }

  var answer: Answer { answer(HeaderRecord(HeaderList(fields))) }

  func answer(_ headers: HeaderRecord, asked: Answer.PreflightQuestion? = nil) -> Answer {
    Answer(status: status, headers: headers, expectedOrigin: origin, httpVersion: version, asked: asked)
  }

  var preflightAnswer: Answer {
    answer(
      HeaderRecord(HeaderList(fields)), asked: Answer.PreflightQuestion(method: method, unsafeNames: unsafeNames))
  }
}
