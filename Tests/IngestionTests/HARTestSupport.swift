import Evidence
import Fetch
import Foundation
import Ingestion

/// Keeps what a reader says, and puts it into lines that tests compare.
final class CollectingSink: HARSink {
  var exchanges: [Exchange] = []
  var pages: [Int?] = []
  var problems: [IngestProblem] = []
  var profiles: [SourceProfile] = []

  func profile(_ profile: SourceProfile) { profiles.append(profile) }

  func exchange(_ exchange: Exchange, page: Int?) {
    exchanges.append(exchange)
    pages.append(page)
  }

  func problem(_ problem: IngestProblem) { problems.append(problem) }
}

struct HARResult {
  var sink: CollectingSink
  var summary: HARSummary

  var lines: [String] { sink.exchanges.map(describe) }
  var problems: [String] { sink.problems.map { "\($0.code.rawValue) \($0.locator.entry): \($0.why)" } }
  var last: SourceProfile { summary.profile }

  /// `chromium by chromium, marks failures, no preflights, sanitised, no browser`.
  var profile: String {
    let profile = summary.profile
    var words = ["\(profile.format): \(profile.engine?.rawValue ?? "any") by \(profile.recorder.rawValue)"]
    if profile.marksOutcome { words.append("marks failures") }
    if !profile.recordsPreflights { words.append("no preflights") }
    if profile.isSanitized { words.append("sanitised") }
    if !profile.isBrowserTraffic { words.append("no browser") }
    return words.joined(separator: ", ")
  }

  var counts: String { "\(summary.read) read, \(summary.kept) kept, \(summary.rejected) rejected" }

  /// Everything, for comparisons.
  var everything: [String] {
    sink.exchanges.map { "\($0)" } + sink.problems.map { "\($0)" } + sink.pages.map { "\($0 ?? -1)" } + [
      "\(summary)"
    ]
  }
}

func readHAR(_ bytes: [UInt8], chunk: Int = 1 << 18) -> HARResult {
  let sink = CollectingSink()
  var reader = HARReader(sink: sink)
  var at = 0
  while at < bytes.count {
    let end = min(bytes.count, at + chunk)
    reader.feed(bytes.span.extracting(at..<end))
    at = end
  }
  return HARResult(sink: sink, summary: reader.finish())
}

func readHAR(_ text: String, chunk: Int = 1 << 18) -> HARResult { readHAR(Array(text.utf8), chunk: chunk) }

func harFixture(_ name: String) throws -> [UInt8] {
  let folder = Bundle.module.resourceURL?.appendingPathComponent("Fixtures/har")
  guard let url = folder?.appendingPathComponent(name) else { throw CocoaError(.fileNoSuchFile) }
  return Array(try Data(contentsOf: url))
}

let harFixtureNames = [
  "devtools-http1-sanitised.har", "devtools-http2-secrets.har", "firefox.har", "safari.har", "playwright.har",
  "chrome-har.har", "mitmproxy.har", "charles.har", "fiddler.har", "insomnia.har", "handmade.har",
]

/// `GET http://a/ 200 sent succeeded fetch HTTP/1.1 cookie:no page:http://b`, leaving out what is not known.
func describe(_ exchange: Exchange) -> String {
  var words = [exchange.method, exchange.url, exchange.status.map(String.init) ?? "-", "\(exchange.delivery)"]
  switch exchange.outcome {
  case .notMarked: break
  case .succeeded: words.append("succeeded")
  case .failed(let reason): words.append("failed(\(reason))")
  }
  words.append(exchange.kind.rawValue)
  if exchange.httpVersion != .unknown { words.append(exchange.httpVersion.rawValue) }
  switch exchange.cookieSent {
  case .recorded(let sent): words.append("cookie:\(sent ? "yes" : "no")")
  case .redacted: words.append("cookie:redacted")
  case .notRecorded: break
  }
  if let page = exchange.pageOrigin { words.append("page:\(page)") }
  if exchange.fromCache { words.append("cached") }
  if exchange.servedByServiceWorker { words.append("worker") }
  if exchange.isSynthetic { words.append("synthetic") }
  if !exchange.hasPage { words.append("pageless") }
  if let id = exchange.exporterID { words.append("id:\(id)") }
  if let id = exchange.announces { words.append("announces:\(id)") }
  return words.joined(separator: " ")
}
