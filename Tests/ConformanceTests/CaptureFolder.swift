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
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    let recordings = files.sorted(by: { $0.path < $1.path }).filter { file in
      file.lastPathComponent.contains(".har") && only(String(file.lastPathComponent.prefix { $0 != "." }))
    }
    try self.init(folder, recordings.flatMap { try CaptureFolder.judge($0) })
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

  static func judge(_ file: URL) throws -> [Verdict] {
    let sink = Collector()
    var reader = HARReader(sink: sink)
    var source = try ByteSource(path: file.path, digesting: false)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    while case let count = try source.read(into: buffer), count > 0 {
      reader.feed(Span(_unsafeBytes: UnsafeRawBufferPointer(rebasing: buffer[..<count])))
    }
    let summary = reader.finish()
    sink.finish(summary)
    return sink.verdicts
  }
}

/// Judges what a HAR's reader pushes, without a store.
private final class Collector: HARSink {
  private var correlator = CaptureCorrelator()
  private var profile = SourceProfile(kind: "har", format: "", recorder: .unknown)
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
