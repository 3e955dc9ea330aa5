import ArgumentParser
import Glibc

@main
struct Corsleuth: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corsleuth",
    abstract: "Says why cross-origin requests failed, from HAR files and server logs, and how to fix them.",
    discussion: """
      A browser's script is told nothing of why a cross-origin request failed. corsleuth finds out from what was recorded: \
      it pairs each preflight with its request, runs each browser's own checks on the recorded bytes, and names the reason, \
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

  /// As the parser's own, but that `help` knows topics too, that a wrong usage found while a command runs shows that
  /// command's usage, not the program's, and that help which cannot be written is a failure.
  static func main() {
    do {
      if let page = try topicPage(Array(CommandLine.arguments.dropFirst())) { throw CleanExit.message(page) }
      var command = try parseAsRoot()
      do {
        try command.run()
      } catch let error as ValidationError {
        Diagnostics.usage(error.message, of: type(of: command))
        throw ExitCode(ExitStatus.usage)
      }
    } catch {
      end(with: error)
    }
  }

  private static func end(with error: any Error) -> Never {
    // The parser lays its help out for this variable, or the terminal, and crashes where its columns of names do not fit.
    setenv("COLUMNS", String(max(40, Terminal.width)), 1)
    let status = exitCode(for: error)
    let text = fullMessage(for: error)
    if text.isEmpty { exit(withError: status) }
    guard status.isSuccess else {
      Diagnostics().problem(lines: text)
      exit(withError: status)
    }
    do {
      try Output.print(text)
      exit()
    } catch {
      exit(withError: error)
    }
  }

  /// What `help` is asked for, if that is no command: the parser's own `help` knows commands only.
  private static func topicPage(_ arguments: [String]) throws -> String? {
    guard arguments.first == "help", let name = arguments.dropFirst().first, !isCommand(name) else { return nil }
    guard let page = HelpTopic.page(name) else {
      throw ValidationError(
        "'\(name)' is neither a command nor a topic; the topics are \(HelpTopic.names), and 'corsleuth --help' lists the commands"
      )
    }
    return String(page.dropLast())
  }

  private static func isCommand(_ name: String) -> Bool {
    name.hasPrefix("-") || name == "help"
      || configuration.subcommands.contains { $0.configuration.commandName == name }
  }
}
