import Evidence
import Fetch

extension LogFormat {
  /// The format that an nginx `log_format` string describes.
  ///
  /// `escape` is the directive's own: `default`, `json` or `none`, which is refused.
  package static func nginx(
    name: String, _ text: String, escape: String = "default"
  ) throws(LogFormatError) -> LogFormat {
    if escape == "none" { throw .unescaped(name: name) }
    let template = NginxTemplate.parse(text)
    let isJSON = template.isJSON
    return LogFormat(
      name, title: "nginx log_format \(name)", layout: try template.layout(name: name),
      escaping: isJSON ? .json : .backslash, timeMeaning: .end
    ).with {
      $0.durationUnit = .seconds
      $0.duplicates = .firstOnly
      $0.confusesEmptyWithAbsent = escape == "json"
      $0.configuration = "nginx"
      $0.cannotShow = ["Up to nginx 1.22 only the first of several equal response headers is logged."]
    }
  }
}

/// nginx's variables.
enum NginxTemplate {
  static func parse(_ text: String) -> FormatTemplate {
    var template = FormatTemplate()
    template.durationUnit = .seconds
    var rest = Substring(text)
    while let character = rest.first {
      rest = rest.dropFirst()
      guard character == "$" else {
        template.append(character)
        continue
      }
      let isBraced = rest.first == "{"
      if isBraced { rest = rest.dropFirst() }
      let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_" }
      rest = rest[name.endIndex...]
      if isBraced, rest.first == "}" { rest = rest.dropFirst() }
      add(String(name).asciiLowercased(), to: &template)
    }
    return template
  }

  private static func add(_ name: String, to template: inout FormatTemplate) {
    // `$uri$is_args$args` is the target in three parts.
    if name == "is_args" { return }
    if name == "args" || name == "query_string", template.pieces.last == .field(.path) {
      template.pieces[template.pieces.count - 1] = .field(.target)
      return
    }
    template.pieces.append(.field(field(named: name)))
  }

  private static let variables: [String: LogField] = [
    "remote_addr": .client, "remote_port": .clientPort, "remote_user": .user, "time_local": .time,
    "time_iso8601": .time, "msec": .endTime, "request_time": .duration, "host": .host, "http_host": .host,
    "server_name": .ignored, "scheme": .scheme, "request": .requestLine, "request_method": .method,
    "request_uri": .target, "uri": .path, "document_uri": .path, "args": .query, "query_string": .query,
    "server_protocol": .protocolVersion, "status": .status, "connection": .connection,
  ]

  private static func field(named name: String) -> LogField {
    if let found = variables[name] { return found }
    let header = { (prefix: String) in
      name.hasPrefix(prefix)
        ? KnownField(name: name.dropFirst(prefix.count).map { $0 == "_" ? "-" : $0 }.asString) : nil
    }
    if let found = header("http_") { return .request(found) }
    if let found = header("sent_http_") { return .response(found) }
    if name.hasPrefix("upstream_"), header("upstream_http_") == nil { return .upstreams }
    let isBuiltIn = ["http_", "sent_", "upstream_", "cookie_", "arg_", "ssl_", "server_"].contains {
      name.hasPrefix($0)
    }
    return isBuiltIn ? .ignored : .custom
  }
}

extension Array where Element == Character {
  fileprivate var asString: String { String(self) }
}

/// Reads `log_format` directives out of an nginx configuration.
package struct NginxConfiguration {
  /// The formats that can be used, by name, and why the others cannot.
  package private(set) var formats: [LogFormat] = []
  package private(set) var problems: [LogFormatError] = []
  /// Files that it includes and that were not looked into.
  package private(set) var includes: [String] = []

  package init(_ text: String) {
    var words: [String] = []
    for token in NginxConfiguration.tokens(text) {
      switch token {
      case .word(let word): words.append(word)
      case .end:
        take(words)
        words = []
      }
    }
  }

  private mutating func take(_ words: [String]) {
    if words.first == "include", words.count == 2 { includes.append(words[1]) }
    guard words.first == "log_format", words.count >= 3 else { return }
    var parts = words.dropFirst(2)
    var escape = "default"
    if let first = parts.first, first.hasPrefix("escape=") {
      escape = String(first.dropFirst(7))
      parts = parts.dropFirst()
    }
    do throws(LogFormatError) {
      formats.append(try LogFormat.nginx(name: words[1], parts.joined(), escape: escape))
    } catch {
      problems.append(error)
    }
  }

  /// What a backslash and a character stand for, within quotes of either kind and without.
  private static func unescaped(_ character: Character) -> String {
    switch character {
    case "\"", "'", "\\": String(character)
    case "t": "\t"
    case "r": "\r"
    case "n": "\n"
    default: "\\" + String(character)
    }
  }

  private enum Token {
    case word(String)
    case end
  }

  private static func tokens(_ text: String) -> [Token] {
    var tokens: [Token] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    var isComment = false
    for character in text {
      if isComment {
        isComment = !character.isNewline
        continue
      }
      if isEscaped {
        word = (word ?? "") + unescaped(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"", word == nil {
        quote = character
        word = ""
      } else if character == "#", word == nil {
        isComment = true
      } else if character.isWhitespace || character == ";" || character == "}" || character == "{" && word == nil {
        if let found = word { tokens.append(.word(found)) }
        word = nil
        if !character.isWhitespace { tokens.append(.end) }
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { tokens.append(.word(word)) }
    return tokens
  }
}
