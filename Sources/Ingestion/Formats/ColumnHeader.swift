import Fetch

/// A `#Fields` line of the W3C extended format: IIS, CloudFront and others.
struct ColumnHeader {
  var pattern: LogPattern
  var escaping: Escaping
  var durationUnit: DurationUnit

  /// `nil` for any other line.
  init?(_ line: String) {
    guard line.asciiLowercased().hasPrefix("#fields:") else { return nil }
    let names = line.dropFirst(8).split { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\n" || $0 == "\r\n" }
    guard !names.isEmpty else { return nil }
    // CloudFront names its columns with spaces and parts them with tabs.
    let isCloudFront = names.contains { $0.hasPrefix("x-edge-") }
    let separator = isCloudFront || line.dropFirst(8).contains("\t") ? "\t" : " "
    var pieces: [LogPattern.Piece] = []
    var taken: Set<LogField> = []
    for name in names {
      if !pieces.isEmpty { pieces.append(.literal(separator)) }
      var field = ColumnHeader.field(named: name)
      // The host that the client asked for is the header's, where there is one.
      if field != .ignored, !taken.insert(field).inserted { field = .ignored }
      pieces.append(.field(field))
    }
    if isCloudFront, names.contains("x-host-header") {
      pieces = zip(pieces, ColumnHeader.spaced(names)).map {
        $1 == "cs(Host)" ? .field(.ignored) : $1 == "x-host-header" ? .field(.host) : $0
      }
    }
    if isCloudFront {
      // Where cookies are not logged, which is the default, none is told from one that was not sent.
      pieces = pieces.map { $0 == .field(.request(.cookie)) ? .field(.ignored) : $0 }
    }
    pattern = LogPattern(pieces: pieces)
    escaping = isCloudFront ? .percent : .plus
    durationUnit = isCloudFront ? .seconds : .milliseconds
  }

  private static func spaced(_ names: [Substring]) -> [Substring] {
    Array(names.map { [$0] }.joined(separator: [""]))
  }

  private static let named: [String: LogField] = [
    "date": .date, "time": .clock, "cs-method": .method, "cs-uri-stem": .path, "cs-uri-query": .query,
    "cs-uri": .target, "c-ip": .client, "c-port": .clientPort, "sc-status": .status, "time-taken": .duration,
    "cs-host": .host, "x-host-header": .host, "cs-version": .protocolVersion, "cs-protocol-version": .protocolVersion,
    "cs-protocol": .scheme, "s-port": .ignored, "timestamp": .time, "timestamp(ms)": .time,
    "s-ip": .ignored, "x-forwarded-for": .request(.xForwardedFor), "origin": .request(.origin),
  ]

  private static func field(named name: Substring) -> LogField {
    let lower = name.asciiLowercased()
    if let found = named[lower] { return found }
    if lower.hasPrefix("cs("), lower.hasSuffix(")") {
      let header = lower.dropFirst(3).dropLast()
      if header == "host" { return .host }
      return KnownField(name: header).map(LogField.request) ?? .ignored
    }
    if lower.hasPrefix("sc("), lower.hasSuffix(")") {
      return KnownField(name: lower.dropFirst(3).dropLast()).map(LogField.response) ?? .ignored
    }
    let found = LogSynonyms.field(named: lower) ?? .ignored
    // Columns of the server's own (`s-computername`, `cs-bytes`) are never taken for a client's.
    return found.requestField != nil || found.responseField != nil ? found : .ignored
  }
}
