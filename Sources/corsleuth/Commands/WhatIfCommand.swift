import ArgumentParser
import Correlator
import Report
import Store

struct WhatIfCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whatif",
    abstract: "Apply a change to recorded answers, judge them again, and say what would pass, fail next, or break.",
    discussion: """
      The change is made on what was recorded, never on a server. The chain is followed to its end: where a preflight would \
      pass, the answer behind it is judged too: the recorded one, or what the endpoint answered elsewhere, or else it is said \
      that nobody knows.

        corsleuth whatif --set 'Access-Control-Allow-Origin: {origin}' customer.har
        corsleuth whatif --store cors.db --status 204 --only preflight
        corsleuth whatif --store cors.db --fix CORSMissingAllowOrigin

      A value may hold {origin}, {method} and {headers}: who asks, and what the preflight asks leave for. Edits are made in this \
      order: --remove, --set, --add, --status. --add beside lines that were not recorded changes nothing. --fix makes the \
      change of the catalogue for a reason, or all that the report's fix of one problem takes, by its number as 'whatif' and \
      'compare' print it, from each failure's own facts and on the answers that decided.
      """)

  @Option(help: ArgumentHelp("The store; without it, inputs are read into a temporary one.", valueName: "file"))
  var store: String?

  @OptionGroup(title: "Change")
  var change: WhatIfChangeOptions

  @OptionGroup
  var document: DocumentOptions

  @OptionGroup(title: "Filtering")
  var filtering: FilterOptions

  @OptionGroup(title: "Reading")
  var reading: ReadingOptions

  @Flag(name: .shortAndLong, help: "Say nothing but what went wrong.")
  var quiet = false

  @Argument(help: ArgumentHelp("HAR files, logs, folders of them, or '-' for standard input.", valueName: "input"))
  var inputs: [String] = []

  func validate() throws {
    try OutputPlace.check(document.output, isNoneOf: inputs + [store])
    guard (store == nil) != inputs.isEmpty else {
      throw ValidationError("name a store with --store, or inputs to read, and not both")
    }
  }

  func run() throws {
    let diagnostics = Diagnostics(isQuiet: quiet)
    var status = ExitStatus.done
    var reader: StoreReader?
    try reportingFailures(diagnostics, writing: store == nil) {
      if let store {
        reader = try StoreReader(path: store)
      } else {
        (reader, status) = try OpenedStore.importing(inputs, reading, diagnostics)
      }
    }
    if let reader {
      try reportingFailures(diagnostics) {
        let findings = try findings(reader, filtering.filter(now: Clock.now))
        try write(findings)
      }
    }
    if status != ExitStatus.done { throw ExitCode(status) }
  }

  /// Two passes: the first learns what endpoints answer elsewhere, and what has to be fixed.
  private func findings(_ reader: StoreReader, _ filter: FindingsFilter) throws -> WhatIfFindings {
    var elsewhere = Elsewhere()
    var failing: [JudgedRequest] = []
    try reader.judgedClasses(filter) { (one) throws(StoreError) in
      elsewhere.note(one.judged)
      if change.fixes(one.judged.verdict) { failing.append(one.judged) }
    }
    let changes = try change.changes(mending: failing, elsewhere: elsewhere)
    let whatIf = WhatIf(changes, elsewhere: elsewhere)
    var findings = WhatIfFindings(changes)
    try reader.judgedClasses(filter) { (one) throws(StoreError) in
      findings.add(whatIf.result(for: one.judged), count: one.count, source: one.source)
    }
    return findings
  }

  private func write(_ findings: WhatIfFindings) throws {
    let output = try Output(document.output)
    var sink = output
    let limit = document.limit
    switch document.format {
    case .text: WhatIfReport.writeText(findings, limit: limit, document.layout, into: &sink)
    case .json: WhatIfReport.writeJSON(findings, into: &sink)
    case .markdown: WhatIfReport.writeMarkdown(findings, limit: limit, in: document.language, into: &sink)
    }
    try output.finish()
  }
}
