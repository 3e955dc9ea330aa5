import ArgumentParser
import Store

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Read HAR files and logs into a store, and judge every cross-origin request in them.",
    discussion: """
      The same input twice changes nothing: inputs are known by their content. Each input is taken whole or not at all, and \
      one that cannot be read does not keep the others out; the exit status says so at the end. A log that has grown, or was \
      rotated and packed, is known by its content: the next import goes on where the last one stopped.

        corsleuth import --store cors.db /var/log/nginx/
        corsleuth import --store cors.db --follow /var/log/nginx/access.log
      """)

  @Option(help: ArgumentHelp("The store: a SQLite file, made if absent.", valueName: "file"))
  var store: String

  @OptionGroup
  var reading: ReadingOptions

  @Flag(help: "Go on reading logs as they grow, through their rotations, until interrupted (Ctrl-C or SIGTERM).")
  var follow = false

  @Flag(name: .shortAndLong, help: "Say nothing but what went wrong.")
  var quiet = false

  @Argument(help: ArgumentHelp("HAR files, logs, folders of them, or '-' for standard input.", valueName: "input"))
  var inputs: [String]

  func validate() throws {
    if follow, inputs.contains("-") { throw ValidationError("--follow wants files: standard input ends where it ends") }
  }

  func run() throws {
    let diagnostics = Diagnostics(isQuiet: quiet)
    var status = ExitStatus.done
    try reportingFailures(diagnostics, writing: true) {
      if follow {
        status = try FollowRun(store, options: reading, diagnostics: diagnostics).run(inputs)
        return
      }
      let writer = try StoreWriter(.file(store), options: Clock.writing(keepSecrets: reading.keepSecrets))
      let run = ImportRun(writer, options: reading, diagnostics: diagnostics)
      try run.run(inputs)
      try writer.close()
      status = run.status
    }
    if status != ExitStatus.done { throw ExitCode(status) }
  }
}
