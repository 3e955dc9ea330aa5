import ArgumentParser
import Ingestion

struct LogConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log-config", abstract: "Print the configuration that makes a server log all CORS evidence it can.",
    discussion: """
      What a server with this configuration writes is read without a word of configuration here. Without a name it lists \
      the servers.

        corsleuth log-config nginx
      """)

  @Argument(
    help: ArgumentHelp("The server or service.", valueName: "server"),
    completion: .list(LogConfiguration.all.map(\.server)))
  var server: String?

  func validate() throws {
    guard let server, LogConfiguration.configuration(for: server.lowercased()) == nil else { return }
    throw ValidationError("no configuration is known for '\(server)'; there are \(LogConfigCommand.names)")
  }

  func run() throws {
    let text: String
    if let server, let found = LogConfiguration.configuration(for: server.lowercased()) {
      text = found.text
    } else {
      text = LogConfiguration.all.map { $0.isPossible ? $0.server : "\($0.server) (cannot log CORS headers)" }
        .joined(separator: "\n")
    }
    try Output.print(text)
  }

  private static let names = LogConfiguration.all.map(\.server).joined(separator: ", ")
}
