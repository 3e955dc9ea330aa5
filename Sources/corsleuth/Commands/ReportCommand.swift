import ArgumentParser
import Store

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Report what a store holds: failures by cause, origin and endpoint, with their fixes.")

  @Option(help: ArgumentHelp("The store.", valueName: "file"))
  var store: String

  @OptionGroup(title: "Reporting")
  var reporting: ReportingOptions

  @OptionGroup(title: "Filtering")
  var filtering: FilterOptions

  func validate() throws {
    try OutputPlace.check(
      reporting.output, isNoneOf: [store, reporting.accepting.baseline, reporting.accepting.writeBaseline])
    try OutputPlace.check(reporting.accepting.writeBaseline, isNoneOf: [store])
  }

  func run() throws {
    var failures = 0
    try reportingFailures(Diagnostics()) {
      let reader = try StoreReader(path: store)
      let filter = try filtering.filter(now: Clock.now)
      failures = try Reporting(reader: reader, options: reporting, filter: filter).run()
    }
    if failures > 0 { throw ExitCode(ExitStatus.failuresFound) }
  }
}
