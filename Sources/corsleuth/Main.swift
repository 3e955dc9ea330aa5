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
      """,
    version: "0.1.0",
    subcommands: [
      AnalyzeCommand.self, ImportCommand.self, ReportCommand.self, QueryCommand.self, ExplainCommand.self,
      FormatsCommand.self, LogConfigCommand.self, WhatIfCommand.self, CompareCommand.self,
    ])

  /// As the parser's own, but that a wrong usage found while a command runs shows that command's usage, not the program's.
  static func main() {
    do {
      var command = try parseAsRoot()
      do {
        try command.run()
      } catch let error as ValidationError {
        Diagnostics.usage(error.message, of: type(of: command))
        throw ExitCode(ExitStatus.usage)
      }
    } catch {
      exit(withError: error)
    }
  }
}
