import ArgumentParser
import Correlator
import Report
import Store

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two recordings, or two spans of time: what is fixed, new, unchanged, worse, by problem.",
    discussion: """
      A problem is one origin, endpoint, method and reason. It is fixed where the same requests are still made and some pass, \
      and not seen again where nothing tells. A rate is worse or better where the 95% intervals of both do not meet.

        corsleuth compare before.har after.har
        corsleuth compare last-week.db this-week.db --format markdown
        corsleuth compare --store cors.db --before 2026-11-20 --after 2026-11-21

      Like diff, it exits with status 1 where something is new or worse; --fail-on says on what else, or never.
      """)

  @Option(help: ArgumentHelp("One store, whose spans of time are compared.", valueName: "file"))
  var store: String?

  @Option(
    help: ArgumentHelp("The old span ends before this moment: 2026-11-23, 2026-11-23T18:00Z, 36h.", valueName: "time"))
  var before: String?

  @Option(
    help: ArgumentHelp("The new span begins at this moment; without it, where the old one ends.", valueName: "time"))
  var after: String?

  @Option(help: ArgumentHelp("The old span begins at this moment.", valueName: "time"))
  var since: String?

  @Option(help: ArgumentHelp("The new span ends before this moment.", valueName: "time"))
  var until: String?

  @Option(
    name: .customLong("fail-on"),
    help: ArgumentHelp(
      "Exit with status 1 on these changes: new, worse, unchanged, better, fixed, changed, not-seen; or never. By default new,worse.",
      valueName: "changes"))
  var failOn: [String] = []

  @OptionGroup
  var document: DocumentOptions

  @OptionGroup(title: "Reading")
  var reading: ReadingOptions

  @Flag(name: .shortAndLong, help: "Say nothing but what went wrong.")
  var quiet = false

  @Argument(
    help: ArgumentHelp("The old and the new: stores, HAR files, logs or folders of them.", valueName: "old new"))
  var sides: [String] = []

  func validate() throws {
    _ = try failing()
    try OutputPlace.check(document.output, isNoneOf: sides + [store])
    if store == nil {
      guard sides.count == 2 else { throw ValidationError("name two recordings, or one store with --store") }
      guard sides != ["-", "-"] else {
        throw ValidationError("standard input is read but once: name a file beside '-'")
      }
      guard before == nil, after == nil, since == nil, until == nil else {
        throw ValidationError("spans of time are compared within one store: name it with --store")
      }
    } else {
      guard sides.isEmpty else { throw ValidationError("name two recordings, or one store with --store, and not both") }
      guard before != nil || after != nil else {
        throw ValidationError("say where the old span ends with --before, and where the new one begins with --after")
      }
      _ = try spans(now: Clock.now)
    }
  }

  func run() throws {
    let diagnostics = Diagnostics(isQuiet: quiet)
    var status = ExitStatus.done
    var comparison: Comparison?
    try reportingFailures(diagnostics) {
      if let store {
        let reader = try StoreReader(path: store)
        let (old, new) = try spans(now: Clock.now)
        comparison = Comparison(
          try reader.population(named: "before", old), try reader.population(named: "after", new))
      } else {
        let old = try opened(sides[0], diagnostics)
        let new = try opened(sides[1], diagnostics)
        status = max(old.status, new.status)
        if let before = old.reader, let after = new.reader {
          comparison = Comparison(
            try before.population(named: sides[0]), try after.population(named: sides[1]))
        }
      }
    }
    guard let comparison else { throw ExitCode(status == ExitStatus.done ? ExitStatus.unreadable : status) }
    try reportingFailures(diagnostics) { try write(comparison) }
    let changes = try failing()
    if status == ExitStatus.done, comparison.rows.contains(where: { changes.contains($0.change) }) {
      status = ExitStatus.failuresFound
    }
    if status != ExitStatus.done { throw ExitCode(status) }
  }

  /// The changes that make the exit status 1.
  private func failing() throws -> Set<Comparison.Change> {
    let words = failOn.flatMap { $0.split(separator: ",").map(String.init) }
    if failOn.isEmpty { return [.new, .worse] }
    if words.isEmpty { throw ValidationError("--fail-on names nothing") }
    var changes: Set<Comparison.Change> = []
    for word in words where word != "never" {
      guard let change = Comparison.Change(rawValue: word) else {
        throw ValidationError(
          "'\(word)' is no change; write \(Comparison.Change.allCases.map(\.rawValue).joined(separator: ", ")) or never"
        )
      }
      changes.insert(change)
    }
    return changes
  }

  private func spans(now: Int64) throws -> (old: FindingsFilter, new: FindingsFilter) {
    let end = try (before ?? after).map { try Moment.parse($0, now: now) }
    let start = try (after ?? before).map { try Moment.parse($0, now: now) }
    return (
      FindingsFilter(since: try since.map { try Moment.parse($0, now: now) }, until: end),
      FindingsFilter(since: start, until: try until.map { try Moment.parse($0, now: now) })
    )
  }

  /// What cannot be had of a store was to be read, what cannot be brought into a temporary one was to be written.
  private func opened(
    _ side: String, _ diagnostics: Diagnostics
  ) throws -> (reader: StoreReader?, status: Int32) {
    var opened: (reader: StoreReader?, status: Int32) = (nil, ExitStatus.done)
    try reportingFailures(diagnostics, writing: !OpenedStore.isDatabase(side)) {
      opened = try OpenedStore.opening(side, reading, diagnostics)
    }
    return opened
  }

  private func write(_ comparison: Comparison) throws {
    let output = try Output(document.output)
    var sink = output
    let limit = document.limit
    switch document.format {
    case .text: ComparisonReport.writeText(comparison, limit: limit, document.layout, into: &sink)
    case .json: ComparisonReport.writeJSON(comparison, into: &sink)
    case .markdown: ComparisonReport.writeMarkdown(comparison, limit: limit, in: document.language, into: &sink)
    }
    try output.finish()
  }
}
