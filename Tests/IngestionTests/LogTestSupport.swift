import Evidence
import Fetch
import Ingestion

/// What a reader made of a log.
struct LogReading {
  var exchanges: [Exchange]
  var problems: [IngestProblem]
  var tally: LogTally
  var traffic: [TrafficRow]
  var memory: LogMemory

  init(_ text: String, as format: LogFormat, keep: LogOptions.Keep = .all, ownHosts: [String] = [], chunk: Int = .max) {
    self.init(Array(text.utf8), as: format, keep: keep, ownHosts: ownHosts, chunk: chunk)
  }

  init(_ bytes: [UInt8], as format: LogFormat, keep: LogOptions.Keep = .all, ownHosts: [String] = [], chunk: Int = .max)
  {
    var options = LogOptions()
    options.keep = keep
    options.ownHosts = ownHosts
    self.init(bytes, as: format, options: options, chunk: chunk)
  }

  init(_ bytes: [UInt8], as format: LogFormat, options: LogOptions, chunk: Int = .max) {
    var reader = LogReader(format, options: options)
    var sink = LogCollector()
    var start = 0
    while start < bytes.count {
      let end = chunk >= bytes.count - start ? bytes.count : start + chunk
      reader.read(bytes.span.extracting(start..<end), into: &sink)
      start = end
    }
    reader.finish(into: &sink)
    exchanges = sink.exchanges
    problems = sink.problems
    tally = reader.tally
    traffic = reader.traffic
    memory = reader.memory
  }
}

extension LogSniffer {
  init(text: String, isWhole: Bool = true) {
    let bytes = Array(text.utf8)
    self.init(bytes.span, isWhole: isWhole)
  }
}

extension Exchange {
  /// The value of a field by its name in the catalogue's notation; `nil` where it is not recorded, empty where absent.
  func field(_ name: String) -> String? {
    switch name {
    case "client": return client
    case "connection": return connection
    case "method": return method
    case "target": return url
    case "status": return status.map { String($0) }
    case "protocol": return httpVersion.rawValue
    case "start": return startedAt.map { String($0) }
    case "end": return endedAt.map { String($0) }
    case "duration": return duration.map { String($0) }
    default: break
    }
    guard let field = LogField(named: name) else { return nil }
    let known: KnownField? = name == "host" ? .host : field.requestField ?? field.responseField
    guard let known else { return nil }
    let record = field.responseField == nil ? request : response
    return switch record.get(known) {
    case .recorded(let value): value ?? ""
    case .notRecorded: nil
    case .redacted: "redacted"
    }
  }
}
