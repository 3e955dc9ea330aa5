import ArgumentParser
import Files
import Ingestion

struct FormatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "formats", abstract: "List the log formats that are read, or say what a file is taken for, and why.",
    discussion: """
      Of a log it tells how many of its first lines fit, which other formats came close, which evidence of CORS it can and \
      cannot carry, and the configuration that logs the rest.

        corsleuth formats
        corsleuth formats /var/log/nginx/access.log
      """)

  @OptionGroup
  var format: FormatOptions

  @Argument(help: ArgumentHelp("Files to look at, or '-' for standard input.", valueName: "file"))
  var files: [String] = []

  func run() throws {
    let diagnostics = Diagnostics()
    let given = try format.formats()
    var status = ExitStatus.done
    try reportingFailures(diagnostics) {
      let output = try Output(nil)
      if files.isEmpty { output.write(FormatsCommand.list(given.formats)) }
      for (index, path) in files.enumerated() {
        if index > 0 { output.write("\n") }
        do throws(FileError) {
          let look = try FormatsLook(path, formats: given)
          output.write(look.text)
          if !look.isKnown { status = max(status, ExitStatus.unreadable) }
        } catch {
          diagnostics.problem(error.description)
          status = max(status, ExitStatus.of(error))
        }
      }
      try output.finish()
    }
    if status != ExitStatus.done { throw ExitCode(status) }
  }

  private static func list(_ formats: [LogFormat]) -> String {
    let names = formats.map(\.name.count).max() ?? 0
    let titles = formats.map(\.title.count).max() ?? 0
    var text = ""
    for format in formats {
      text += "\(padded(format.name, to: names))  \(padded(format.title, to: titles))  \(format.reach)\n"
    }
    return text + """

      HAR files are read too. Other logs: give their format with --log-format, as it stands in the server's configuration,
      or name the members of their JSON with --json-field. 'corsleuth formats FILE' says what a file is taken for, and
      'corsleuth log-config SERVER' how to log all evidence: \(LogConfiguration.all.map(\.server).joined(separator: ", ")).

      """
  }

  private static func padded(_ text: String, to count: Int) -> String {
    text + String(repeating: " ", count: max(0, count - text.count))
  }
}
