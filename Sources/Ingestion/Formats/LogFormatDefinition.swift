import Fetch

extension LogFormat {
  /// The formats that a user's text defines: a catalogue name, a format string as it stands in a server's configuration,
  /// whole directives, a whole configuration, or the catalogue's own notation with `<status>` and its like.
  package static func definitions(in text: String) throws(LogFormatError) -> [LogFormat] {
    if let found = LogFormatCatalogue.format(named: text) { return [found] }
    if text.contains("log_format") {
      let configuration = NginxConfiguration(text)
      if configuration.formats.isEmpty, let problem = configuration.problems.first { throw problem }
      if !configuration.formats.isEmpty { return configuration.formats }
    }
    let lower = text.asciiLowercased()
    if lower.contains("logformat") || lower.contains("customlog") {
      let configuration = ApacheConfiguration(text)
      if configuration.formats.isEmpty, let problem = configuration.problems.first { throw problem }
      if !configuration.formats.isEmpty { return configuration.formats }
    }
    if let directive = directive(around: text) { return try definitions(in: directive) }
    if text.contains("$status") || text.contains("${status}") { return [try .nginx(name: "custom", text)] }
    if text.contains("<status>") {
      return [
        LogFormat(
          "custom", title: "A pattern of one's own", layout: .text(LogPattern(text)), escaping: .backslash,
          timeMeaning: .unknown)
      ]
    }
    if text.contains("%") { return [try .apache(name: "custom", text)] }
    throw .notADefinition(text)
  }

  /// The directive whose arguments were pasted without its name: `'$remote_addr …' '$status'`, `main escape=json '…'`, `"%h …"`.
  private static func directive(around text: String) -> String? {
    let text = text.trimming { $0.isWhitespace || $0 == ";" }
    if text.contains("$status") || text.contains("${status}") {
      if isQuoted(text) || text.hasPrefix("escape=") { return "log_format custom \(text);" }
      let name = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
      let rest = text[name.endIndex...].drop(while: \.isWhitespace)
      let isNamed = !name.isEmpty && rest.startIndex > name.endIndex
      return isNamed && (rest.hasPrefix("escape=") || isQuoted(rest)) ? "log_format \(text);" : nil
    }
    return text.contains("%") && isQuoted(text) ? "LogFormat \(text)" : nil
  }

  /// Whether its first quote opens an argument, and not a value within one: that argument is all, or a line ends behind it.
  private static func isQuoted(_ text: Substring) -> Bool {
    guard let quote = text.first, quote == "'" || quote == "\"" else { return false }
    if quote == "'" { return true }
    var isEscaped = false
    for index in text.indices.dropFirst() {
      if !isEscaped, text[index] == quote {
        let rest = text[text.index(after: index)...]
        return !rest.contains { $0 == "$" || $0 == "%" }
          || rest.prefix(while: \.isWhitespace).contains(where: \.isNewline)
      }
      isEscaped = !isEscaped && text[index] == "\\"
    }
    return false
  }

  /// JSON lines whose members are given: `origin` → `req.headers.origin`.
  ///
  /// What is not given is told by its name.
  ///
  /// A name that is no field is an error of the caller's: `LogField(named:)` tells.
  package static func json(members: [(field: LogField, path: String)]) -> LogFormat {
    var mapping = JSONMapping([:], usesSynonyms: true)
    for member in members { mapping.members[member.path.asciiLowercased()] = member.field }
    return genericJSON.with {
      $0.layout = .json(mapping)
      $0.samples = []
    }
  }
}

extension String {
  fileprivate func trimming(_ isTrimmed: (Character) -> Bool) -> Substring {
    var rest = self[...].drop(while: isTrimmed)
    while let last = rest.last, isTrimmed(last) { rest.removeLast() }
    return rest
  }
}
