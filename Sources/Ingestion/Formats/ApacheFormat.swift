import Evidence
import Fetch

extension LogFormat {
  /// The format that an Apache `LogFormat` string, or Tomcat's like, describes.
  package static func apache(name: String, _ text: String) throws(LogFormatError) -> LogFormat {
    let template = ApacheTemplate.parse(text)
    return LogFormat(
      name, title: "Apache LogFormat \(name)", layout: try template.layout(name: name),
      escaping: template.isJSON ? .json : .backslash, timeMeaning: .start
    ).with {
      $0.durationUnit = template.durationUnit
      $0.duplicates = .firstOnly
      $0.configuration = "apache"
      $0.cannotShow = ["Only the first of several equal headers is logged."]
    }
  }
}

/// Apache's directives.
enum ApacheTemplate {
  static func parse(_ text: String) -> FormatTemplate {
    var template = FormatTemplate()
    var rest = Substring(text)
    while let character = rest.first {
      rest = rest.dropFirst()
      if character == "%" {
        directive(&rest, &template)
      } else if character == "\\", let next = rest.first {
        rest = rest.dropFirst()
        template.append(next == "t" ? "\t" : next == "n" ? "\n" : next)
      } else {
        template.append(character)
      }
    }
    return template
  }

  private static func directive(_ rest: inout Substring, _ template: inout FormatTemplate) {
    // Conditions on the status, and which request's after an internal redirect, change nothing for the reader.
    while let mark = rest.first, mark == "!" || mark == "," || mark == ">" || mark == "<" || mark.isNumber {
      rest = rest.dropFirst()
    }
    var argument = ""
    if rest.first == "{", let close = rest.firstIndex(of: "}") {
      argument = String(rest[rest.index(after: rest.startIndex)..<close])
      rest = rest[rest.index(after: close)...]
    }
    guard let letter = rest.first else { return }
    rest = rest.dropFirst()
    if letter == "%" {
      template.append("%")
    } else if letter == "t", argument.isEmpty {
      template.append("[")
      template.pieces.append(.field(.time))
      template.append("]")
    } else if letter == "^" {
      // `%^FB` and its like: two more letters.
      rest = rest.dropFirst(2)
      template.pieces.append(.field(.ignored))
    } else {
      let field = field(letter, argument)
      if field == .duration { template.durationUnit = unit(letter, argument) }
      template.pieces.append(.field(field))
    }
  }

  private static let letters: [Character: LogField] = [
    "h": .client, "a": .client, "u": .user, "r": .requestLine, "m": .method, "U": .path, "q": .query,
    "H": .protocolVersion, "s": .status, "D": .duration, "T": .duration, "v": .host, "V": .host, "p": .port,
  ]

  private static func field(_ letter: Character, _ argument: String) -> LogField {
    switch letter {
    case "i":
      if argument.asciiLowercased() == "host" { return .host }
      return KnownField(name: argument).map(LogField.request) ?? .ignored
    case "o": return KnownField(name: argument).map(LogField.response) ?? .ignored
    case "t": return time(argument)
    case "a" where argument == "c": return .ignored
    case "p" where argument == "remote": return .clientPort
    default: return letters[letter] ?? .ignored
    }
  }

  private static func time(_ argument: String) -> LogField {
    if argument.hasSuffix("_frac") { return .fraction }
    let format = argument.split(separator: ":", maxSplits: 1).last ?? ""
    switch (argument.hasPrefix("begin:"), argument.hasPrefix("end:")) {
    case (true, _): return part(of: format, whole: .startTime)
    case (_, true): return part(of: format, whole: .endTime)
    default: return part(of: argument[...], whole: .time)
    }
  }

  /// What a `strftime` format writes: a moment, or a part of one where the log has it in pieces.
  private static func part(of format: Substring, whole: LogField) -> LogField {
    let letters = Set(format.indices.dropLast().filter { format[$0] == "%" }.map { format[format.index(after: $0)] })
    if letters.isEmpty || !letters.isDisjoint(with: ["c", "s", "+"]) { return whole }
    let hasDate = !letters.isDisjoint(with: ["d", "e", "D", "F", "j", "x"])
    let hasClock = !letters.isDisjoint(with: ["H", "I", "T", "R", "r", "X", "k", "l"])
    switch (hasDate, hasClock) {
    case (true, true): return whole
    case (true, false): return .date
    case (false, true): return .clock
    case (false, false): return letters.isSubset(of: ["z", "Z"]) ? .zone : whole
    }
  }

  private static func unit(_ letter: Character, _ argument: String) -> DurationUnit {
    switch (letter, argument) {
    case ("D", _), (_, "us"): .microseconds
    case (_, "ms"): .milliseconds
    default: .seconds
    }
  }
}

/// Reads `LogFormat` and `CustomLog` directives out of an Apache configuration.
package struct ApacheConfiguration {
  package private(set) var formats: [LogFormat] = []
  package private(set) var problems: [LogFormatError] = []
  /// Files that it includes and that were not looked into.
  package private(set) var includes: [String] = []

  package init(_ text: String) {
    var pending = ""
    for line in text.split(whereSeparator: \.isNewline) {
      if line.hasSuffix("\\"), !line.hasSuffix("\\\\") {
        pending += line.dropLast()
        continue
      }
      take(ApacheConfiguration.words(pending + line))
      pending = ""
    }
  }

  private mutating func take(_ words: [String]) {
    guard words.count >= 2, let directive = words.first?.asciiLowercased() else { return }
    switch directive {
    case "include", "includeoptional": includes.append(words[1])
    case "logformat": add(words[1], name: words.count > 2 ? words[2] : "default")
    case "customlog" where words.count > 2 && words[2].contains("%"): add(words[2], name: words[1])
    default: break
    }
  }

  private mutating func add(_ text: String, name: String) {
    do throws(LogFormatError) {
      formats.append(try LogFormat.apache(name: name, text))
    } catch {
      problems.append(error)
    }
  }

  /// The words of a directive; inside quotes `\"` is a quote.
  private static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    var isEscaped = false
    for character in line {
      if isEscaped {
        word = (word ?? "") + (character == "\"" ? "" : "\\") + String(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
        word = word ?? ""
      } else if character.isWhitespace, !isQuoted {
        if let found = word { words.append(found) }
        word = nil
      } else if character == "#", word == nil, words.isEmpty {
        return []
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return words
  }
}
