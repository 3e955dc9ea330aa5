import ArgumentParser
import Store

struct AnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze", abstract: "Read inputs, judge every cross-origin request, and say what failed and why.",
    discussion: """
      Works in a private temporary store, or in the one that --store names.

        corsleuth analyze customer.har
        corsleuth analyze --fail-on any --format html --output cors.html recordings/
        kubectl logs ingress | corsleuth analyze -
      """)

  @Option(help: ArgumentHelp("Keep the store in this file; it may hold earlier imports.", valueName: "file"))
  var store: String?

  @OptionGroup(title: "Reading")
  var reading: ReadingOptions

  @OptionGroup(title: "Reporting")
  var reporting: ReportingOptions

  @OptionGroup(title: "Filtering")
  var filtering: FilterOptions

  @Flag(name: .shortAndLong, help: "Say nothing but what went wrong.")
  var quiet = false

  @Argument(help: ArgumentHelp("HAR files, logs, folders of them, or '-' for standard input.", valueName: "input"))
  var inputs: [String]

  func validate() throws {
    try OutputPlace.check(
      reporting.output, isNoneOf: inputs + [store, reporting.accepting.baseline, reporting.accepting.writeBaseline])
    try OutputPlace.check(reporting.accepting.writeBaseline, isNoneOf: inputs + [store])
  }

  func run() throws {
    let diagnostics = Diagnostics(isQuiet: quiet)
    var status = ExitStatus.done
    var reader: StoreReader?
    try reportingFailures(diagnostics, writing: true) {
      let place: StorePlace = store.map { .file($0) } ?? .temporary
      let writer = try StoreWriter(place, options: Clock.writing(keepSecrets: reading.keepSecrets))
      let run = ImportRun(writer, options: reading, diagnostics: diagnostics)
      try run.run(inputs)
      status = run.status
      let opened = try writer.close()
      if run.imported + run.alreadyThere > 0 { reader = opened }
    }
    if let reader {
      try reportingFailures(diagnostics) {
        let filter = try filtering.filter(now: Clock.now)
        let failures = try Reporting(reader: reader, options: reporting, filter: filter).run()
        if failures > 0, status == ExitStatus.done { status = ExitStatus.failuresFound }
      }
    }
    if status != ExitStatus.done { throw ExitCode(status) }
  }
}
