import ArgumentParser
import Files
import Ingestion

/// The log formats that the command line gives: shared by `formats` and all commands that read inputs.
struct FormatOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read logs in this format: a name from 'corsleuth formats', a log_format or LogFormat string, or the path of an nginx, Apache or HAProxy configuration.",
      valueName: "name|string|file"))
  var logFormat: String?

  @Option(
    help: ArgumentHelp(
      "Of JSON lines: which member holds a field, as 'origin=req.headers.origin'. May be repeated.",
      valueName: "field=path"))
  var jsonField: [String] = []

  func validate() throws { _ = try formats() }

  /// What logs are told by: the catalogue where nothing was given.
  ///
  /// - Throws: `ValidationError` with a sentence.
  func formats() throws -> GivenFormats {
    var given = try logFormat.map(FormatOptions.definitions) ?? GivenFormats()
    let members = try jsonField.map(FormatOptions.member)
    guard !members.isEmpty else { return given }
    if logFormat == nil {
      given.preferred = [.json(members: members)]
    } else {
      var known = given.preferred + (given.overrides ? given.formats : [])
      guard let index = known.firstIndex(where: \.isJSON) else {
        throw ValidationError("--json-field is for lines of JSON, and --log-format '\(logFormat ?? "")' is none")
      }
      known[index].add(members)
      given = given.overrides ? GivenFormats(formats: known, overrides: true) : GivenFormats(preferred: known)
    }
    return given
  }

  private static func definitions(_ text: String) throws -> GivenFormats {
    if FileKind(text) == .file { return try ServerConfiguration.formats(in: text) }
    do throws(LogFormatError) {
      return GivenFormats(formats: try LogFormat.definitions(in: text), overrides: true)
    } catch {
      var sentence = error.sentence
      if case .notADefinition = error { sentence += ", and no file of that name; 'corsleuth formats' lists the names" }
      throw ValidationError("--log-format: \(sentence)")
    }
  }

  private static func member(_ text: String) throws -> (field: LogField, path: String) {
    guard let mark = text.firstIndex(of: "="), mark > text.startIndex, text.index(after: mark) < text.endIndex else {
      throw ValidationError("--json-field wants field=path, as 'origin=req.headers.origin'; it got '\(text)'")
    }
    let name = String(text[..<mark])
    guard let field = LogField(named: name) else {
      throw ValidationError(
        "--json-field: '\(name)' is no field; there are client, time, start, end, duration, host, scheme, method, target, path, query, request, status, a header's name, and req: or res: before one"
      )
    }
    return (field, String(text[text.index(after: mark)...]))
  }
}

/// The formats that logs are told by.
struct GivenFormats {
  var formats = LogFormatCatalogue.all
  /// Those that are tried before all others, and taken where they fit.
  var preferred: [LogFormat] = []
  /// Whether the user says that logs are in one of them, whatever their lines look like.
  var overrides = false
}

/// An nginx, Apache or HAProxy configuration on disk, with the files that it includes.
enum ServerConfiguration {
  private static let maximumFiles = 500

  /// - Throws: `ValidationError` where it cannot be read, or defines no format.
  static func formats(in path: String) throws -> GivenFormats {
    let text: String
    do throws(FileError) { text = try whole(path) } catch { throw ValidationError("--log-format: \(error)") }
    var formats: [LogFormat] = []
    var problems: [LogFormatError] = []
    if text.contains("log_format") {
      let nginx = NginxConfiguration(text)
      (formats, problems) = (nginx.formats, nginx.problems)
    }
    if formats.isEmpty {
      let apache = ApacheConfiguration(text)
      (formats, problems) = (apache.formats, problems + apache.problems)
    }
    if formats.isEmpty { formats = HAProxyConfiguration(text).formats }
    if formats.isEmpty, !text.contains("\n") || text.utf8.count < 2000 {
      // A file that holds the format's string alone.
      let line = text.split(whereSeparator: \.isNewline).joined()
      formats = (try? LogFormat.definitions(in: line)) ?? []
    }
    guard !formats.isEmpty else {
      let why = problems.first?.sentence ?? "it defines no log_format, LogFormat or captures"
      throw ValidationError(
        "--log-format: no format can be taken from '\(path)': \(why) (a server's default format is told without --log-format)"
      )
    }
    // A server writes its built-in formats beside its own.
    return GivenFormats(preferred: formats)
  }

  /// The file, and after it those that it includes.
  private static func whole(_ path: String) throws(FileError) -> String {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    var text = try TextFile.read(path)
    var seen: Set<String> = [path]
    var waiting = includes(text)
    while let pattern = waiting.popLast() {
      for file in TextFile.matching(pattern, in: folder) where seen.count < maximumFiles && seen.insert(file).inserted {
        // What cannot be read may hold no format at all.
        guard let more = try? TextFile.read(file) else { continue }
        text += "\n" + more
        waiting += includes(more)
      }
    }
    return text
  }

  private static func includes(_ text: String) -> [String] {
    NginxConfiguration(text).includes + ApacheConfiguration(text).includes.filter { !$0.hasSuffix(";") }
  }
}

extension LogFormat {
  /// Says of some members what they hold.
  mutating func add(_ members: [(field: LogField, path: String)]) {
    guard case .json(var mapping) = layout else { return }
    for member in members { mapping.members[String(member.path.lowercased())] = member.field }
    layout = .json(mapping)
  }
}
