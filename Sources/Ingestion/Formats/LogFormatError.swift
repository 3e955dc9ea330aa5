/// Why a format's definition cannot be used.
package enum LogFormatError: Error, Equatable, Sendable {
  /// `escape=none`: a quote inside a value ends it, and lines may break.
  case unescaped(name: String)
  /// Fields that every reader needs, and the definition does not log.
  case missing(name: String, fields: [String])
  /// Nothing in the text is a format's definition or name.
  case notADefinition(String)

  /// What is wrong and what to do.
  package var sentence: String {
    switch self {
    case .unescaped(let name):
      "log_format \(name) uses escape=none: values may hold quotes and line ends, so its lines cannot be told apart; "
        + "use escape=json"
    case .missing(let name, let fields):
      "format \(name) does not log \(fields.joined(separator: ", ")): without them no request can be read"
    case .notADefinition(let text):
      "\(text.prefix(60)) is neither a format's name nor a log_format, LogFormat or pattern"
    }
  }
}
