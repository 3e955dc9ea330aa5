import Foundation

/// The built program, which lies beside the bundle that runs these tests.
enum Program {
  static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> String {
    let process = Process()
    process.executableURL = Bundle.main.bundleURL.appending(path: "corsleuth")
    process.arguments = arguments
    process.currentDirectoryURL = Checkout.root
    process.environment = ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"].merging(environment) { $1 }
    let output = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let subcommands: [Command]?
    let arguments: [Argument]?

    struct Argument: Decodable {
      let names: [Name]?

      struct Name: Decodable {
        let kind: String
        let name: String
      }
    }

    /// `--store`, `--param`, …
    var longOptions: [String] {
      (arguments ?? []).flatMap { $0.names ?? [] }.filter { $0.kind == "long" }.map { "--\($0.name)" }
    }
  }

  private struct Dump: Decodable { let command: Command }

  /// The command definitions as the program itself gives them.
  static func commands() throws -> [Command] {
    let dump = try run(["--experimental-dump-help"])
    let root = try JSONDecoder().decode(Dump.self, from: Data(dump.utf8)).command
    return (root.subcommands ?? []).filter { $0.commandName != "help" }
  }
}
