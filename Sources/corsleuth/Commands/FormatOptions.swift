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

extension LogFormat {
  /// Says of some members what they hold.
  mutating func add(_ members: [(field: LogField, path: String)]) {
    guard case .json(var mapping) = layout else { return }
    for member in members { mapping.members[String(member.path.lowercased())] = member.field }
    layout = .json(mapping)
  }
}
