import ArgumentParser
import Ingestion

/// How inputs are read: shared by all commands that read inputs.
struct ReadingOptions: ParsableArguments {
  @Option(help: "Of a log: 'cors' keeps what takes part in CORS and counts the rest; 'all' keeps every line.")
  var keep = LogOptions.Keep.cors

  @Flag(
    help: "Store cookies, Authorization and tokens as they are. Without it, only their length and a digest are kept.")
  var keepSecrets = false

  @OptionGroup
  var format: FormatOptions

  @Option(
    help: ArgumentHelp(
      "A host that the log is of, where its format does not name it. May be repeated.", valueName: "host"))
  var host: [String] = []

  @Option(
    help: ArgumentHelp(
      "Count requests for paths like this as one endpoint: '/users/{id}/…', or 'NAME=/users/{id}/…' to show NAME for the path. May be repeated.",
      valueName: "[name=]path"))
  var endpointPattern: [String] = []

  func validate() throws {
    _ = try endpoints()
    for host in host where host.isEmpty || host.contains(where: { $0 == "/" || $0.isWhitespace }) {
      throw ValidationError("--host wants a name like api.example.com, or with its port; it got '\(host)'")
    }
  }

  /// The user's own endpoints.
  ///
  /// - Throws: `ValidationError` with a sentence.
  func endpoints() throws -> EndpointPatterns {
    var patterns = EndpointPatterns()
    for text in endpointPattern where !patterns.add(text) {
      throw ValidationError(
        "--endpoint-pattern wants a path like '/users/{id}/…', or 'NAME=/users/{id}/…'; it got '\(text)'")
    }
    return patterns
  }

  func logOptions() throws -> LogOptions {
    var options = LogOptions()
    options.keep = keep
    options.ownHosts = host
    options.endpoints = try endpoints()
    options.seed = .random(in: .min ... .max)
    return options
  }
}

extension LogOptions.Keep: ExpressibleByArgument {}
