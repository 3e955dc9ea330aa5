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
    let head = UnsafeRawBufferPointer(rebasing: prefix.prefix(64 << 10))
    if InputKind.has("\"startedDateTime\"", in: head)
      || InputKind.has("\"creator\"", in: head) && InputKind.has("\"log\"", in: head)
    {
      self = .har
      return
    }
    let sniffer = LogSniffer(Span(_unsafeBytes: head), formats: formats)
    if let format = sniffer.format {
      self = .log(format)
    } else if InputKind.startsLikeJSON(head) {
      self = .har
    } else {
      self = .unknown("neither a HAR nor a log of a known format")
    }
  }

  private static func has(_ word: String, in bytes: UnsafeRawBufferPointer) -> Bool {
    let word = Array(word.utf8)
    var index = 0
    while index + word.count <= bytes.count {
      if bytes[index] == word[0], bytes[index..<index + word.count].elementsEqual(word) { return true }
      index += 1
    }
    return false
  }

  /// Also what comes as JSONP, with a byte order mark, or in UTF-16.
  private static func startsLikeJSON(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.prefix(64).contains { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }
  }
}
