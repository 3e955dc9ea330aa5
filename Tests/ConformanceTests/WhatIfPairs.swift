import Correlator
import Evidence
import Fetch
import Files
import Foundation
import Ingestion

/// What a change needs to be judged: the verdicts of a recording with their exchanges.
final class JudgedCollector: HARSink {
  private var correlator = CaptureCorrelator()
  private(set) var profile = SourceProfile(kind: .har, format: "", recorder: .unknown)
  private(set) var exchanges: [Int: Exchange] = [:]
  private var outputs: [CaptureCorrelator.Output] = []

  func profile(_ profile: SourceProfile) { self.profile = profile }

  func exchange(_ exchange: Exchange, page: Int?) {
    exchanges[exchange.locator.entry] = exchange
    correlator.add(exchange, page: page, profile: profile) { outputs.append($0) }
  }

  func problem(_ problem: IngestProblem) {}

  private func finish(_ summary: HARSummary) {
    profile = summary.profile
    correlator.finish(profile: summary.profile, pageOrigins: summary.latePageOrigins) { outputs.append($0) }
  }

  var records: [PreflightRecord] {
    outputs.compactMap { if case .preflight(let record) = $0 { record } else { nil } }
  }

  var judged: [JudgedRequest] {
    let confidence = Dictionary(
      records.compactMap { record in record.confidence.map { (record.preflight.entry, $0) } }, uniquingKeysWith: { $1 })
    return outputs.compactMap { output in
      guard case .verdict(let verdict) = output else { return nil }
      return JudgedRequest(
        verdict: verdict, request: verdict.exchange.flatMap { exchanges[$0.entry] },
        preflight: verdict.preflight.flatMap { exchanges[$0.entry] },
        pairing: verdict.preflight.flatMap { confidence[$0.entry] } ?? 1)
    }
  }

  var lastStart: Int64? { exchanges.values.compactMap(\.startedAt).max() }

  static func read(_ file: URL) throws -> JudgedCollector {
    let sink = JudgedCollector()
    var reader = HARReader(sink: sink)
    var source = try ByteSource(path: file.path, digesting: false)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    while case let count = try source.read(into: buffer), count > 0 {
      reader.feed(Span(_unsafeBytes: UnsafeRawBufferPointer(rebasing: buffer[..<count])))
    }
    sink.finish(reader.finish())
    return sink
  }

  /// The recordings of one folder, but for a proxy's.
  static func files(in folder: URL) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.lastPathComponent.contains(".har") && !$0.lastPathComponent.hasPrefix("mitmproxy") }
      .sorted { $0.path < $1.path }
  }
}

/// A blocked request and an allowed one of the same kind whose deciding answers differ in one header field, or in their status.
struct ProofPair {
  let blocked: JudgedRequest
  let passing: JudgedRequest
  let name: String
  let side: AnswerChange.Scope.Side
  /// The field that differs; `nil` for the status.
  let field: KnownField?

  /// What an answer's judgement looks at.
  private static let fields: [KnownField] = [
    .accessControlAllowOrigin, .accessControlAllowCredentials, .accessControlAllowMethods,
    .accessControlAllowHeaders, .location,
  ]

  /// Every pair of one folder, found by what its files hold.
  static func all(in folder: URL) throws -> [ProofPair] {
    let scenarios = try Scenario.read(folder.appending(path: "verdicts.json"))
    var judged: [String: [JudgedRequest]] = [:]
    for file in try JudgedCollector.files(in: folder) {
      for one in try JudgedCollector.read(file).judged {
        guard let id = one.verdict.url.firstMatch(of: /\/api\/([a-z]+[0-9]+)/).map({ String($0.1) }) else { continue }
        judged[id, default: []].append(one)
      }
    }
    let alone = scenarios.compactMap { scenario -> (Scenario, JudgedRequest)? in
      guard let list = judged[scenario.id], list.count == 1 else { return nil }
      return (scenario, list[0])
    }
    var pairs: [ProofPair] = []
    for (scenario, blocked) in alone where scenario.failed && blocked.verdict.decision == .blocked {
      for (other, passing) in alone
      where other.succeeded && other.group == scenario.group && other.request == scenario.request {
        if let pair = ProofPair(blocked, passing, "\(folder.lastPathComponent)/\(scenario.id)<\(other.id)") {
          pairs.append(pair)
        }
      }
    }
    return pairs
  }

  private init?(_ blocked: JudgedRequest, _ passing: JudgedRequest, _ name: String) {
    guard ProofPair.asks(blocked) == ProofPair.asks(passing) else { return nil }
    let side: AnswerChange.Scope.Side = blocked.verdict.phase == .preflight ? .preflight : .answer
    let answers = side == .preflight ? (blocked.preflight, passing.preflight) : (blocked.request, passing.request)
    guard let bad = answers.0, let good = answers.1, bad.wasAnswered, good.wasAnswered else { return nil }
    if side == .answer, ProofPair.differences(blocked.preflight, passing.preflight) != [] { return nil }
    let differences = ProofPair.differences(bad, good)
    guard differences.count == 1 else { return nil }
    self.blocked = blocked
    self.passing = passing
    self.name = name
    self.side = side
    field = differences[0]
  }

  /// What a request asks for: two that ask alike are told apart by their answers alone.
  private static func asks(_ judged: JudgedRequest) -> [String] {
    let asked = judged.preflight.map { preflight in
      [KnownField.accessControlRequestMethod, .accessControlRequestHeaders].map { preflight.request.value($0) ?? "" }
    }
    return [judged.verdict.method, judged.verdict.origin ?? "", judged.verdict.targetOrigin ?? ""] + (asked ?? [])
  }

  private static func differences(_ one: Exchange?, _ other: Exchange?) -> [KnownField?] {
    guard let one, let other else { return one == nil && other == nil ? [] : [nil, nil] }
    let fields = fields.filter { one.response.list.values($0) != other.response.list.values($0) }
    return (one.status == other.status ? [] : [nil]) + fields
  }

  /// The change that makes one answer in this respect like the other's.
  private func change(to judged: JudgedRequest) -> AnswerChange {
    let answer = side == .preflight ? judged.preflight : judged.request
    let scope = AnswerChange.Scope(side: side)
    guard let field else { return AnswerChange([.status(answer?.status ?? 0)], on: scope) }
    let lines = answer?.response.list.fields.filter { $0.known == field } ?? []
    guard let first = lines.first else { return AnswerChange([.remove(field.name)], on: scope) }
    return AnswerChange(
      [.set(first.name, first.value)] + lines.dropFirst().map { .add($0.name, $0.value) }, on: scope)
  }

  var mending: AnswerChange { change(to: passing) }
  var breaking: AnswerChange { change(to: blocked) }

  /// Changes that touch something else, or get it wrong.
  var wrong: [AnswerChange] {
    let scope = AnswerChange.Scope(side: side)
    var changes = [AnswerChange([.set("Vary", "Origin"), .set("Access-Control-Expose-Headers", "*")], on: scope)]
    if let field {
      let nonsense = field == .location ? "/elsewhere" : "https-example"
      changes.append(AnswerChange([.set(field.name, nonsense)], on: scope))
    } else {
      changes.append(AnswerChange([.status(418)], on: scope))
    }
    return changes
  }

  /// Where the passing one stands at the blocked one's place: what its answer would have been.
  var elsewhere: Elsewhere {
    var elsewhere = Elsewhere()
    var standIn = passing
    standIn.verdict.endpoint = blocked.verdict.endpoint
    elsewhere.note(standIn)
    return elsewhere
  }
}
