import ArgumentParser
import Report
import Words

/// The formats of documents that are no tables.
enum DocumentFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, markdown
}

/// How a document is shown: shared by `whatif` and `compare`.
struct DocumentOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "How to show it.")
  var format = DocumentFormat.text

  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Show so many problems, of each kind where there are kinds.", valueName: "n"))
  var top = 10

  @Flag(help: "Show every problem.")
  var all = false

  @OptionGroup
  var screen: ScreenOptions

  func validate() throws {
    if top < 1 { throw ValidationError("--top takes a number from 1 on") }
  }

  var limit: Int { all ? .unlimited : top }

  var language: Language { screen.language }

  var layout: ReportOptions {
    ReportOptions(
      width: screen.columns, style: Terminal.style(screen.color, toFile: output != nil), language: language)
  }
}
