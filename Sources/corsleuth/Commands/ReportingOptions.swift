import ArgumentParser
import Correlator
import Report
import Store

extension ReportFormat: ExpressibleByArgument {}

/// How findings are shown: shared by `analyze` and `report`.
struct ReportingOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "How to show it.")
  var format = ReportFormat.text

  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output: String?

  @Option(help: "What the report puts first.")
  var by: Findings.Grouping?

  @Option(help: ArgumentHelp("Show so many problems and groups: 10, and 200 in HTML.", valueName: "n"))
  var top: Int?

  @Flag(help: "Show every problem.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "Exit with status 1 if failures were found: 'any', 'new' beyond the baseline, or reasons. May be repeated, or separated by commas.",
      valueName: "any|new|reason"))
  var failOn: [String] = []

  @OptionGroup
  var accepting: BaselineOptions

  @OptionGroup
  var screen: ScreenOptions

  func validate() throws {
    _ = try failReasons()
    if let top, top < 1 { throw ValidationError("--top takes a number from 1 on") }
  }

  private var failWords: [String] { failOn.flatMap { $0.split(separator: ",").map(String.init) } }

  /// Whether `--fail-on` names what the baseline does not accept.
  var failsOnNew: Bool { failWords.contains("new") }

  /// The reasons that `--fail-on` names; empty for `any`, `nil` where it names none.
  func failReasons() throws -> [ReasonKey]? {
    // A variable that a pipeline forgot to set must not switch its gate off.
    if !failOn.isEmpty, failWords.isEmpty { throw ValidationError("--fail-on names nothing") }
    let words = failWords.filter { $0 != "new" }
    if words.isEmpty { return nil }
    let reasons = try words.filter { $0 != "any" }.map(ReasonName.parse)
    return words.contains("any") ? [] : reasons
  }

  var limit: Int { all ? .unlimited : top ?? (format == .html ? FindingsReport.usualProblemsOfAPage : 10) }

  var layout: ReportOptions {
    ReportOptions(
      width: screen.columns, style: Terminal.style(screen.color, toFile: output != nil), grouping: by ?? .cause,
      groupRows: limit, language: screen.language)
  }
}

extension Findings.Grouping: ExpressibleByArgument {}

extension Int {
  /// A limit that nothing reaches, with room to ask for one more.
  static let unlimited = max / 2
}
