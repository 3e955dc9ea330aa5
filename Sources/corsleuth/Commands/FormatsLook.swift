import Evidence
import Fetch
import Files
import Ingestion
import Report

/// What a file is taken for, in words.
struct FormatsLook {
  /// Whether it can be read as anything.
  let isKnown: Bool
  let text: String

  init(_ path: String, formats: GivenFormats) throws(FileError) {
    var source = try ByteSource(path: path, digesting: false)
    let head = try FormatsLook.head(&source)
    let name = VisibleText.escaped(path)
    let storage = UnsafeMutableRawBufferPointer.allocate(byteCount: head.count, alignment: 16)
    defer { storage.deallocate() }
    storage.copyBytes(from: head)
    let prefix = UnsafeRawBufferPointer(storage)
    let count = prefix.count
    let packed = source.container == .plain ? "" : " (in \(source.container.rawValue))"
    if source.container == .zip {
      // What came on standard input is read but once, and its directory is at its end.
      let count = path == "-" ? nil : try ZipArchive(path: path).inputs.count
      isKnown = count != 0
      text =
        count == 0
        ? "\(name): unknown: a zip archive without a file in it\n"
        : "\(name): a zip archive; the HAR files and logs in it are read\n"
      return
    }
    var kind = InputKind(prefix, formats: formats)
    if case .har = kind, try !RecordingLook.isRecording(prefix, &source) { kind = .unknown(RecordingLook.why) }
    let candidates =
      count == 0
      ? []
      : LogSniffer(
        Span(_unsafeBytes: prefix), isWhole: count < HARSniffer.prefixLength,
        formats: formats.preferred + formats.formats
      ).candidates
    switch kind {
    case .har:
      isKnown = true
      text = "\(name): HAR, a browser's or proxy's recording\(packed); 'corsleuth analyze' reads it\n"
    case .unknown(let why):
      isKnown = false
      text =
        "\(name): unknown\(packed): \(why)\n"
        + FormatsLook.attempts(Array(candidates.filter { $0.lines > 0 }.prefix(3)))
    case .log(let format):
      isKnown = true
      text = "\(name): " + FormatsLook.log(format, packed, candidates, prefix)
    }
  }

  /// How well a log fits its format, what it can tell of CORS, and how to log the rest.
  private static func log(
    _ format: LogFormat, _ packed: String, _ candidates: [LogSniffer.Candidate], _ prefix: UnsafeRawBufferPointer
  ) -> String {
    let index = candidates.firstIndex { $0.format.name == format.name && $0.format.wrapping == format.wrapping }
    guard let index else { return "\(format.name)\(packed)\n" }
    let others = candidates.enumerated().filter { $0.offset != index }.map(\.element)
    return "\(format.name)\(packed), \(format.title)\(format.wrapping.words)\n\n" + fits(candidates[index], others)
      + evidence(candidates[index], preflights: preflights(format, prefix)) + configuration(candidates[index])
  }

  /// A file's first bytes, decompressed.
  static func head(_ path: String) throws(FileError) -> (container: Container, bytes: [UInt8]) {
    var source = try ByteSource(path: path, digesting: false)
    return (source.container, try head(&source))
  }

  /// As many of an input's first bytes as tell what it is.
  static func head(_ source: inout ByteSource) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: HARSniffer.prefixLength, alignment: 16)
    defer { buffer.deallocate() }
    while bytes.count < HARSniffer.prefixLength {
      let count = try source.read(into: buffer)
      if count == 0 { break }
      bytes += UnsafeRawBufferPointer(rebasing: buffer[..<count])
    }
    return Array(bytes.prefix(HARSniffer.prefixLength))
  }

  /// How many of its first lines fit, and which formats came next.
  private static func fits(_ chosen: LogSniffer.Candidate, _ others: [LogSniffer.Candidate]) -> String {
    var text = "Fits: \(chosen.fits) of the first \(chosen.lines) lines.\n"
    if let failure = chosen.firstFailure {
      text += "  The first that does not is line \(failure.locator.entry): it \(failure.why).\n"
    }
    let next = others.filter { $0.fits > 0 }.prefix(2) + others.filter { $0.fits == 0 }.prefix(1)
    guard !next.isEmpty else { return text }
    return text + "Next came:\n" + attempts(Array(next.prefix(3)))
  }

  private static func attempts(_ candidates: [LogSniffer.Candidate]) -> String {
    candidates.map { candidate in
      var line = "  \(candidate.format.name): \(candidate.fits) of \(candidate.lines) lines"
      if let failure = candidate.firstFailure {
        line += "; line \(failure.locator.entry) \(failure.why)"
      } else {
        line += ", telling less"
      }
      return line + "\n"
    }.joined()
  }

  /// What bears on CORS, as far as its lines carry it.
  private static func evidence(_ chosen: LogSniffer.Candidate, preflights: String) -> String {
    let request = FormatEvidence.split(FormatEvidence.request, by: chosen.request)
    let response = FormatEvidence.split(FormatEvidence.response, by: chosen.response)
    func list(_ names: [String]) -> String { names.isEmpty ? "none" : names.joined(separator: ", ") }
    var text = """

      Evidence of CORS in it
        of requests: \(list(request.shown))
        of answers:  \(list(response.shown))
        missing:     \(list(request.lacking + response.lacking))
        time:        \(time(chosen.format))
        preflights:  \(preflights)

      """
    for sentence in chosen.format.blindSpots { text += "  \(sentence)\n" }
    return text
  }

  private static func time(_ format: LogFormat) -> String {
    switch format.timeMeaning {
    case .start: "when a request began"
    case .end: "when a request was answered"
    case .unknown: "whether it is a request's beginning or end is not known"
    }
  }

  private static func preflights(_ format: LogFormat, _ prefix: UnsafeRawBufferPointer) -> String {
    var reader = LogReader(format)
    var lines = LogCollector()
    reader.read(Span(_unsafeBytes: prefix), into: &lines)
    return reader.tally.options > 0
      ? "\(reader.tally.options) OPTIONS in the first \(reader.tally.read) lines"
      : "no OPTIONS in the first \(reader.tally.read) lines"
  }

  private static func configuration(_ chosen: LogSniffer.Candidate) -> String {
    let lacking =
      FormatEvidence.split(FormatEvidence.request.dropLast(3), by: chosen.request).lacking
      + FormatEvidence.split(FormatEvidence.response, by: chosen.response).lacking
    guard !lacking.isEmpty else { return "\nIt logs all that is needed.\n" }
    guard let server = chosen.format.configuration,
      let configuration = LogConfiguration.configuration(for: server)
    else {
      return "\nTo log the rest, see 'corsleuth log-config' for your server.\n"
    }
    let other =
      ["combined", "common"].contains(chosen.format.name) ? "; for another server, see 'corsleuth log-config'" : ""
    let title = configuration.isPossible ? "To log the rest (\(server)\(other))" : "Can the rest be logged? (\(server))"
    return "\n\(title):\n\n\(configuration.text)\n"
  }
}
