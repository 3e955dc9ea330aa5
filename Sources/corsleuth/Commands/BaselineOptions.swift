import ArgumentParser

/// Accepted problems: shared by `analyze` and `report`.
struct BaselineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Accept the problems in this file: pipelines are told of them as such, and '--fail-on new' passes over them.",
      valueName: "file"))
  var baseline: String?

  @Option(help: ArgumentHelp("Write the problems found to this file, as a later run's baseline.", valueName: "file"))
  var writeBaseline: String?
}
