import ArgumentParser

@main
struct Corsleuth: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corsleuth", abstract: "Says why cross-origin requests failed.")
}
