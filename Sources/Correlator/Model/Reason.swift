package import Words

/// One of the fifteen reasons, in words: the catalogue behind `explain`, the `reasons` table, the report and the README.
///
/// Each reason is a file of its own in `Reasons/`.
package struct Reason: Sendable {
  package let key: ReasonKey
  /// A short sentence without full stop.
  package let title: Message
  /// Plain words: what the browser checks, and what it found.
  package let meaning: Message
  /// The clause of the Fetch standard.
  package let clause: Message
  /// What the evidence looks like in a HAR and in a log.
  package let evidence: Message
  /// What to change, in general; what the report prints for one failure is made by `fix`.
  package let remedy: Message
  package let chromiumErrors: [ChromiumError]
  /// What Firefox's console prints between `(Reason: ` and `)`.
  package let firefoxMessage: String
  /// What WebKit's console prints, or what to expect instead.
  package let webkitMessage: Message
  /// What to write into each server's configuration so that it allows what a policy says.
  let configure: @Sendable (CORSPolicy) -> [Configuration]
  /// One sentence for one failure: what to change, where.
  package let fix: @Sendable (FixContext) -> Message

  package struct Configuration: Sendable {
    package let server: String
    package internal(set) var lines: String

    package init(server: String, lines: String) {
      self.server = server
      self.lines = lines
    }
  }

  package init(
    key: ReasonKey, title: Message, meaning: Message, clause: Message, evidence: Message, remedy: Message,
    chromiumErrors: [ChromiumError] = [], firefoxMessage: String, webkitMessage: Message,
    configurations: @escaping @Sendable (CORSPolicy) -> [Configuration] = { _ in [] },
    fix: @escaping @Sendable (FixContext) -> Message
  ) {
    self.key = key
    self.title = title
    self.meaning = meaning
    self.clause = clause
    self.evidence = evidence
    self.remedy = remedy
    self.chromiumErrors = chromiumErrors
    self.firefoxMessage = firefoxMessage
    self.webkitMessage = webkitMessage
    configure = configurations
    self.fix = fix
  }

  /// The page on MDN; one of the fifteen addresses there has a capital letter of its own.
  package var mdnAddress: String {
    let slug = key == .missingAllowCredentials ? "CORSMIssingAllowCredentials" : key.rawValue
    return "https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS/Errors/\(slug)"
  }
}

/// What a fix is made from: the failing exchange's own facts.
package struct FixContext: Sendable {
  package var origin: String
  package var targetOrigin: String
  package var method: String
  package var url: String
  /// Whether the preflight decided.
  package var inPreflight: Bool
  package var credentials: Bool?
  /// The answer that decided.
  package var status: Int?
  package var server: String?
  package var allowOrigin: String?
  /// Whether it is written down if the answer has one: where not, it may be there.
  package var recordsAllowOrigin = true
  package var allowCredentials: String?
  package var allowMethods: String?
  package var allowHeaders: String?
  /// Unsafe request-header names that the preflight announced.
  package var requestedHeaders: [String]
  /// Those of them that the answer does not allow.
  package var missingHeaders: [String]
  package var location: String?
  /// The exporter's words for a transport failure.
  package var transportError: String?

  package init(
    origin: String, targetOrigin: String, method: String, url: String, inPreflight: Bool = false,
    credentials: Bool? = nil, status: Int? = nil, server: String? = nil, allowOrigin: String? = nil,
    allowCredentials: String? = nil, allowMethods: String? = nil, allowHeaders: String? = nil,
    requestedHeaders: [String] = [], missingHeaders: [String] = [], location: String? = nil,
    transportError: String? = nil
  ) {
    self.origin = origin
    self.targetOrigin = targetOrigin
    self.method = method
    self.url = url
    self.inPreflight = inPreflight
    self.credentials = credentials
    self.status = status
    self.server = server
    self.allowOrigin = allowOrigin
    self.allowCredentials = allowCredentials
    self.allowMethods = allowMethods
    self.allowHeaders = allowHeaders
    self.requestedHeaders = requestedHeaders
    self.missingHeaders = missingHeaders
    self.location = location
    self.transportError = transportError
  }
}
