import ArgumentParser

@main
struct Corsleuth: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corsleuth",
    abstract: "Says why cross-origin requests failed, from HAR files and server logs, and how to fix them.",
    discussion: """
      A browser's script is told nothing of why a cross-origin request failed. corsleuth finds out from what was recorded:
      it pairs each preflight with its request, runs each browser's own checks on the recorded bytes, and names the reason,
      the cause behind it, and the change to make.

        corsleuth analyze customer.har
        corsleuth import --store cors.db /var/log/nginx/
        corsleuth report --store cors.db --by endpoint
        corsleuth explain CORSMissingAllowOrigin

      Beside the commands, 'corsleuth help' knows these topics: \(HelpTopic.names).
      """,
    version: "0.1.0",
    subcommands: [
      AnalyzeCommand.self, ImportCommand.self, ReportCommand.self, QueryCommand.self, ExplainCommand.self,
      FormatsCommand.self, LogConfigCommand.self, WhatIfCommand.self, CompareCommand.self,
    ])

  /// `help` is the parser's own command and knows commands only: topics, and names that are nothing, are told here.
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.first == "help", let name = arguments.dropFirst().first, !isCommand(name) else {
      return main(arguments)
    }
    guard let page = HelpTopic.page(name) else {
      exit(
        withError: ValidationError(
          "'\(name)' is neither a command nor a topic; the topics are \(HelpTopic.names), and 'corsleuth --help' lists the commands"
        ))
    }
    exit(withError: CleanExit.message(String(page.dropLast())))
  }

  private static func isCommand(_ name: String) -> Bool {
    name.hasPrefix("-") || name == "help"
      || configuration.subcommands.contains { $0.configuration.commandName == name }
  }
}
