package import Evidence
package import Fetch

/// One format of access logs: how its lines are read, what they can show, and lines that prove it.
package struct LogFormat: Sendable {
  /// A stable name for `--log-format`: `combined`, `caddy`.
  package var name: String
  package var title: String
  package var layout: Layout
  /// What stands around its lines.
  package var wrapping = Wrapping.none
  /// How values are escaped.
  package var escaping: Escaping
  /// What `time` means.
  package var timeMeaning: TimeMeaning
  package var durationUnit: DurationUnit = .unknown
  /// What becomes of a header field that was sent twice.
  package var duplicates: HeaderRecord.Duplicates = .unknown
  /// Whether an empty header field and an absent one are written alike.
  package var confusesEmptyWithAbsent: Bool = false
  /// What a log of this format cannot show besides, one sentence each: `blindSpots` is all of them.
  package var cannotShow: [String] = []
  /// What a log of it cannot show, one sentence each.
  package var blindSpots: [String] {
    cannotShow + (confusesEmptyWithAbsent ? ["An empty header and an absent one look alike."] : [])
  }
  /// The server's name for `log-config`, where its configuration can log more.
  package var configuration: String?
  package var samples: [LogSample] = []

  package enum Layout: Sendable {
    /// Literals and fields.
    case text(LogPattern)
    /// One JSON object a line; members by their path.
    case json(JSONMapping)
    /// Columns named by a `#Fields` line.
    case columns
  }

  package enum TimeMeaning: String, Sendable {
    case start, end, unknown
  }

  package init(
    _ name: String, title: String, layout: Layout, escaping: Escaping, timeMeaning: TimeMeaning,
    samples: [LogSample] = []
  ) {
    self.name = name
    self.title = title
    self.layout = layout
    self.escaping = escaping
    self.timeMeaning = timeMeaning
    self.samples = samples
  }

  /// A copy with some of its properties set: a catalogue row's tail.
  func with(_ change: (inout LogFormat) -> Void) -> LogFormat {
    var copy = self
    change(&copy)
    return copy
  }

  package var isJSON: Bool { if case .json = layout { true } else { false } }

  /// The header fields that its layout names; a reader adds those that lines name themselves.
  package var coverage: (request: FieldSet, response: FieldSet) {
    var request: FieldSet = []
    var response: FieldSet = []
    for field in layoutFields {
      if let known = field.requestField { request.insert(known) }
      if let known = field.responseField { response.insert(known) }
    }
    return (request, response)
  }

  /// What its layout names; formats whose lines name their fields themselves have none.
  package var layoutFields: [LogField] {
    switch layout {
    case .text(let pattern): pattern.pieces.compactMap(\.field)
    case .json(let mapping): mapping.omitsAbsent ? [] : Array(mapping.members.values)
    case .columns: []
    }
  }
}

/// How a server keeps quotes and control bytes from breaking its lines.
package enum Escaping: Sendable {
  /// Values stand as they are.
  case none
  /// `\"`, `\\`, `\n`, `\xHH`, `\uXXXX`: nginx, Apache, Tomcat.
  case backslash
  case json
  /// `+` for a space (IIS).
  case plus
  /// `%20` (CloudFront).
  case percent
}

/// A line of a format, and what must be read from it.
package struct LogSample: Sendable {
  /// One line or, for a format with directives, several.
  package var text: String
  /// Names of `LogField` and values; of `time`, `start` and `duration`, microseconds.
  package var expected: [String: String]

  package init(_ text: String, _ expected: [String: String]) {
    self.text = text
    self.expected = expected
  }
}

/// Which member of a JSON line holds what.
package struct JSONMapping: Sendable {
  /// Paths with dots, in lower case: `request.headers.origin`.
  package var members: [String: LogField]
  /// Whether members that the mapping does not name are told by the usual names.
  package var usesSynonyms: Bool
  /// Members that every line of the format has: by them it is told from others.
  package var signature: [String]
  /// Whether a header that was not sent has no member at all.
  package var omitsAbsent: Bool

  package init(
    _ members: [String: LogField], usesSynonyms: Bool = false, signature: [String] = [], omitsAbsent: Bool = false
  ) {
    self.members = members
    self.usesSynonyms = usesSynonyms
    self.signature = signature
    self.omitsAbsent = omitsAbsent
  }
}
