import Correlator
import Evidence
import Files
import Foundation
import Ingestion

/// One browser's recordings, read and judged as the program does it.
struct CaptureFolder {
  let name: String
  let scenarios: [Scenario]
  /// By scenario, in the order of the file.
  let verdicts: [String: [Verdict]]

  init(_ folder: URL, only: (String) -> Bool = { $0 != "mitmproxy" }) throws {
    try self.init(folder, CaptureFolder.recordings(in: folder, only).flatMap { try CaptureFolder.judge($0) })
  }

  private static func recordings(in folder: URL, _ only: (String) -> Bool) throws -> [URL] {
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    return files.sorted(by: { $0.path < $1.path }).filter { file in
      file.lastPathComponent.contains(".har") && only(String(file.lastPathComponent.prefix { $0 != "." }))
    }
  }

  /// The same after something happened to each recording's `log`.
  init(_ folder: URL, altering: (inout [String: Any]) -> Void) throws {
    let files = try CaptureFolder.recordings(in: folder) { $0 != "mitmproxy" }
    try self.init(folder, files.flatMap { try CaptureFolder.judge(altered: $0, altering) })
  }

  /// The same requests as the server logged them.
  init(_ folder: URL, log: ServerLog) throws { try self.init(folder, log.verdicts(in: folder)) }

  private init(_ folder: URL, _ all: [Verdict]) throws {
    name = folder.lastPathComponent
    scenarios = try Scenario.read(folder.appending(path: "verdicts.json"))
    let byURL = Dictionary(scenarios.compactMap { one in one.url.map { ($0, one.id) } }, uniquingKeysWith: { $1 })
    var verdicts: [String: [Verdict]] = [:]
    for verdict in all {
      guard let id = CaptureFolder.scenario(of: verdict.url) ?? byURL[verdict.url] else { continue }
      verdicts[id, default: []].append(verdict)
    }
    self.verdicts = verdicts
  }

  /// `/api/acao002/f.js` belongs to `acao002`.
  private static func scenario(of url: String) -> String? {
    url.firstMatch(of: /\/api\/([a-z]+[0-9]+)/).map { String($0.1) }
  }

  static func judge(_ file: URL) throws -> [Verdict] { judge(try bytes(of: file)) }

  private static func judge(altered file: URL, _ alter: (inout [String: Any]) -> Void) throws -> [Verdict] {
    var root = try JSONSerialization.jsonObject(with: Data(try bytes(of: file))) as? [String: Any] ?? [:]
    var log = root["log"] as? [String: Any] ?? [:]
    alter(&log)
    root["log"] = log
    return judge([UInt8](try JSONSerialization.data(withJSONObject: root)))
  }

  private static func bytes(of file: URL) throws -> [UInt8] {
    var source = try ByteSource(path: file.path, digesting: false)
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    while case let count = try source.read(into: buffer), count > 0 { bytes += buffer[..<count] }
    return bytes
  }

  private static func judge(_ bytes: [UInt8]) -> [Verdict] {
    let sink = Collector()
    var reader = HARReader(sink: sink)
    reader.feed(bytes.span)
    let summary = reader.finish()
    sink.finish(summary)
    return sink.verdicts
  }
}

/// Judges what a HAR's reader pushes, without a store.
private final class Collector: HARSink {
  private var correlator = CaptureCorrelator()
  private var profile = SourceProfile(kind: .har, format: "", recorder: .unknown)
  private(set) var verdicts: [Verdict] = []

  func profile(_ profile: SourceProfile) { self.profile = profile }

  func exchange(_ exchange: Exchange, page: Int?) {
    correlator.add(exchange, page: page, profile: profile, into: take)
  }

  func problem(_ problem: IngestProblem) {}

  func finish(_ summary: HARSummary) {
    correlator.finish(profile: summary.profile, pageOrigins: summary.latePageOrigins, into: take)
  }

  private func take(_ output: CaptureCorrelator.Output) {
    if case .verdict(let verdict) = output { verdicts.append(verdict) }
  }
}
