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
