import ArgumentParser
import Files
import Ingestion

/// How inputs are read: shared by `analyze` and `import`.
struct ReadingOptions: ParsableArguments {
  @Option(help: "Of a log: 'cors' keeps what takes part in CORS and counts the rest; 'all' keeps every line.")
  var keep = Keep.cors

  @Flag(
    help: "Store cookies, Authorization and tokens as they are. Without it, only their length and a digest are kept.")
  var keepSecrets = false

  @Option(
    help: ArgumentHelp(
      "Read logs in this format: a name from 'corsleuth formats', or a log_format or LogFormat string.",
      valueName: "name|string"))
  var logFormat: String?

  @Option(
    help: ArgumentHelp(
      "Of JSON lines: which member holds a field, as 'origin=req.headers.origin'. May be repeated.",
      valueName: "field=path"))
  var jsonField: [String] = []

  @Option(
    help: ArgumentHelp(
      "A host that the log is of, where its format does not name it. May be repeated.", valueName: "host"))
  var host: [String] = []

  enum Keep: String, ExpressibleByArgument, CaseIterable {
    case cors, all
  }

  var logOptions: LogOptions {
    var options = LogOptions()
    options.keep = keep == .all ? .all : .cors
    options.ownHosts = host
    return options
  }

  /// What an input is, told from its first bytes.
  func kind(of prefix: UnsafeRawBufferPointer) -> InputKind {
    InputKind(prefix, formats: LogFormatCatalogue.all)
  }
}

/// What an input is.
enum InputKind {
  case har
  case log(LogFormat)
  case unknown(String)

  init(_ prefix: UnsafeRawBufferPointer, formats: [LogFormat]) {
    guard !prefix.isEmpty else {
      self = .unknown("it is empty")
      return
    }
    let head = Span<UInt8>(_unsafeBytes: UnsafeRawBufferPointer(rebasing: prefix.prefix(HARSniffer.prefixLength)))
    let verdict = HARSniffer.look(at: head)
    if case .har = verdict {
      self = .har
    } else if let format = LogSniffer(head, formats: formats).format {
      self = .log(format)
    } else if verdict == .otherJSON {
      // Its entries may begin after what was looked at.
      self = .har
    } else {
      self = .unknown("neither a HAR nor a log of a known format")
    }
  }
}
