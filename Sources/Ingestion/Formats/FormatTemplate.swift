import Fetch

/// A server's format string as literals and fields: of a text line or, where it begins with `{`, of a JSON object.
struct FormatTemplate {
  var pieces: [LogPattern.Piece] = []
  var durationUnit: DurationUnit = .unknown

  var isJSON: Bool {
    guard case .literal(let text)? = pieces.first else { return false }
    return text.trimmingHTTPWhitespace().hasPrefix("{")
  }

  mutating func append(_ character: Character) {
    if case .literal(let text)? = pieces.last {
      pieces[pieces.count - 1] = .literal(text + String(character))
    } else {
      pieces.append(.literal(String(character)))
    }
  }

  mutating func append(_ text: String) { for character in text { append(character) } }

  /// The pieces, with those that make one value taken together.
  private var joined: [LogPattern.Piece] {
    var result: [LogPattern.Piece] = []
    for piece in pieces {
      result.append(piece)
      while let (field, count) = FormatTemplate.whole(result.suffix(3)) {
        result.removeLast(count)
        result.append(.field(field))
      }
    }
    return result
  }

  /// What the last of these pieces make together, and how many of them: a moment in parts, an address with its port.
  private static func whole(_ pieces: ArraySlice<LogPattern.Piece>) -> (field: LogField, count: Int)? {
    guard let last = pieces.last?.field, pieces.count >= 2 else { return nil }
    let before = pieces.dropLast()
    var literal = ""
    if case .literal(let text)? = before.last { literal = text }
    guard let first = literal.isEmpty ? before.last?.field : before.dropLast().last?.field else { return nil }
    let count = literal.isEmpty ? 2 : 3
    switch (first, literal, last) {
    // IPv6 has colons of its own.
    case (.client, ":", .clientPort): return (.clientAndPort, count)
    case (.date, " ", .clock), (.date, "T", .clock), (.date, ":", .clock): return (.time, count)
    case (.time, ".", .fraction), (.time, ",", .fraction): return (.time, count)
    case (.startTime, ".", .fraction), (.endTime, ".", .fraction): return (first, count)
    case (.time, " ", .zone), (.time, "", .zone): return (.time, count)
    case (.startTime, " ", .zone), (.startTime, "", .zone), (.endTime, " ", .zone), (.endTime, "", .zone):
      return (first, count)
    default: return nil
    }
  }

  /// Checks that a request can be read, and lays the fields out as text or as JSON.
  func layout(name: String) throws(LogFormatError) -> LogFormat.Layout {
    let pieces = joined
    let fields = Set(pieces.compactMap(\.field))
    var missing: [String] = []
    if fields.isDisjoint(with: [.time, .startTime, .endTime]), !fields.isSuperset(of: [.date, .clock]) {
      missing.append("the time")
    }
    if fields.isDisjoint(with: [.requestLine, .method]) { missing.append("the method") }
    if fields.isDisjoint(with: [.requestLine, .target, .path]) { missing.append("the target") }
    if !fields.contains(.status) { missing.append("the status") }
    guard missing.isEmpty else { throw .missing(name: name, fields: missing) }
    return isJSON ? .json(JSONMapping(JSONTemplate.members(of: pieces))) : .text(LogPattern(pieces: pieces))
  }
}

/// Finds the members of a JSON object that a format string writes.
enum JSONTemplate {
  static func members(of pieces: [LogPattern.Piece]) -> [String: LogField] {
    var walk = Walk()
    for piece in pieces {
      switch piece {
      case .literal(let text): for character in text { walk.take(character) }
      case .field(let field): walk.fields.append(field)
      }
    }
    return walk.members
  }

  private struct Walk {
    var members: [String: LogField] = [:]
    var fields: [LogField] = []
    private var path: [String] = []
    private var key: String?
    private var text = ""
    private var isInString = false

    mutating func take(_ character: Character) {
      if isInString {
        if character == "\"" { isInString = false } else { text.append(character) }
        return
      }
      switch character {
      case "\"": isInString = true
      case ":":
        key = text
        text = ""
        fields = []
      case "{":
        if let key { path.append(key) }
        key = nil
        text = ""
      case ",": endMember()
      case "}":
        endMember()
        if !path.isEmpty { path.removeLast() }
      default: break
      }
    }

    private mutating func endMember() {
      if let key, var field = JSONTemplate.meaning(of: fields, isPure: text.isEmpty) {
        if field == .custom { field = LogSynonyms.field(named: key) ?? .ignored }
        members[(path + [key]).joined(separator: ".").asciiLowercased()] = field
      }
      (key, text, fields) = (nil, "", [])
    }
  }

  /// What several variables in one value make together.
  static func meaning(of fields: [LogField], isPure: Bool) -> LogField? {
    if fields.count == 1, isPure { return fields.first }
    if fields.contains(.method), fields.contains(.target) || fields.contains(.path) { return .requestLine }
    if fields.contains(.target) || fields.contains(.path), fields.contains(.host) || fields == [.path, .query] {
      return .target
    }
    return fields == [.host, .port] ? .host : nil
  }
}
