import ArgumentParser
import Store

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

  func validate() throws { _ = try filter(now: Clock.now) }

  func filter(now: Int64) throws -> FindingsFilter {
    FindingsFilter(
      since: try since.map { try Moment.parse($0, now: now) }, until: try until.map { try Moment.parse($0, now: now) },
      origins: try origin.map(OriginName.parse), endpoints: endpoint, reasons: try reason.map(ReasonName.parse))
  }
}
