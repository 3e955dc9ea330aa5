import ArgumentParser
import Correlator
import Report
import Scanning
import Store
import Words

extension ReportFormat: ExpressibleByArgument {}

/// How findings are shown: shared by `analyze` and `report`.
struct ReportingOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "How to show it.")
  var format = ReportFormat.text

  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output: String?

  @Option(help: "What the report puts first.")
  var by: Grouping?

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
    let words = failWords.filter { $0 != "new" }
    if words.isEmpty { return nil }
    if words.contains("any") { return [] }
    return try words.map(ReasonName.parse)
  }

  var limit: Int { all ? Int.max / 2 : top ?? (format == .html ? FindingsReport.usualProblemsOfAPage : 10) }

  var layout: ReportOptions {
    let grouping = by.flatMap { ReportOptions.Grouping(rawValue: $0.rawValue) } ?? .cause
    return ReportOptions(
      width: screen.columns, style: Terminal.style(screen.color, toFile: output != nil), grouping: grouping,
      groupRows: limit, language: screen.language)
  }
}

extension Grouping: ExpressibleByArgument {}

/// Reasons as users name them: in any case, with or without `CORS`.
enum ReasonName {
  static func parse(_ text: String) throws -> ReasonKey {
    if let key = find(text) { return key }
    throw ValidationError("'\(text)' is no reason; 'corsleuth explain' lists them")
  }

  static func find(_ text: String) -> ReasonKey? {
    let wanted = text.lowercased()
    return ReasonKey.allCases.first {
      $0.rawValue.lowercased() == wanted || $0.rawValue.lowercased() == "cors" + wanted
    }
  }
}

/// Which verdicts a report looks at.
struct FilterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "From this moment on: 2026-11-23, 2026-11-23T18:00Z, or so long ago: 36h, 7d.", valueName: "time"))
  var since: String?

  @Option(help: ArgumentHelp("Before this moment.", valueName: "time"))
  var until: String?

  @Option(help: ArgumentHelp("Only requests from this origin. May be repeated.", valueName: "origin"))
  var origin: [String] = []

  @Option(
    help: ArgumentHelp("Only requests to this endpoint, as reports name it. May be repeated.", valueName: "endpoint"))
  var endpoint: [String] = []

  @Option(help: ArgumentHelp("Only failures for this reason. May be repeated.", valueName: "reason"))
  var reason: [String] = []

  func validate() throws { _ = try filter(now: 0) }

  func filter(now: Int64) throws -> FindingsFilter {
    FindingsFilter(
      since: try since.map { try Moment.parse($0, now: now) }, until: try until.map { try Moment.parse($0, now: now) },
      origins: origin, endpoints: endpoint, reasons: try reason.map(ReasonName.parse))
  }
}

/// Moments as users write them.
enum Moment {
  /// Microseconds since 1970, UTC.
  static func parse(_ text: String, now: Int64) throws -> Int64 {
    let units: [Character: Int64] = ["m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    if let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()), count >= 0 {
      return now - count * unit * 1_000_000
    }
    for candidate in [
      text, text + "T00:00:00Z", text.hasSuffix("Z") ? String(text.dropLast()) + ":00Z" : text + ":00Z",
    ] {
      if let time = Array(candidate.utf8).withUnsafeBufferPointer({ Timestamp(iso8601: Span(_unsafeElements: $0)) }) {
        return time.microseconds
      }
    }
    throw ValidationError("'\(text)' is no time; write 2026-11-23, 2026-11-23T18:00Z, or 36h for 36 hours ago")
  }
}
