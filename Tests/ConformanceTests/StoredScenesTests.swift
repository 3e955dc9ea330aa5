import Correlator
import Evidence
import Fetch
import Foundation
import Store
import Testing
import Words

/// What a store keeps of exchanges is all that a judgement looks at.
@Suite struct StoredScenesTests {
  static var files: [String] {
    let folders = ConformanceTests.chromium + ConformanceTests.firefox + ["firefox-corsoff", "playwright"]
    return folders.flatMap { folder in
      let place = ConformanceTests.captures?.appending(path: folder)
      return (try? place.map(JudgedCollector.files) ?? [])?.map { "\(folder)/\($0.lastPathComponent)" } ?? []
    }
  }

  /// A verdict in the words that two of them are compared by.
  private static func words(
    _ decision: Verdict.Decision, _ reason: ReasonKey?, _ phase: Verdict.Phase?, _ certainty: Verdict.Certainty,
    _ candidates: [ReasonKey], _ engines: PerEngine<Verdict.Decision>, _ error: ChromiumError?
  ) -> String {
    let engines = Engine.allCases.map { engines[$0].rawValue }.joined(separator: "/")
    let candidates = candidates.map(\.rawValue).joined(separator: "+")
    return [
      decision.rawValue, reason?.rawValue ?? "-", phase?.rawValue ?? "-", certainty.rawValue, candidates, engines,
      error?.rawValue ?? "-",
    ].joined(separator: " ")
  }

  @Test func `judging a store's exchanges again gives the verdicts that it holds`() throws {
    let captures = try #require(ConformanceTests.captures)
    var count = 0
    var inferences: Set<String> = []
    #expect(Self.files.count > 100)
    for (number, file) in Self.files.enumerated() {
      let read = try JudgedCollector.read(captures.appending(path: file))
      let writer = try StoreWriter(.temporary, options: StoreWriter.Options(now: 0, keepSecrets: false))
      let digits = String(number, radix: 16)
      let sha256 = String(repeating: "0", count: 8 - digits.count) + digits + String(repeating: "ab", count: 28)
      let input = try #require(try writer.begin(source: file, sha256: sha256))
      for exchange in read.exchanges.values {
        try input.add(exchange, endpoint: exchange.target.map(Endpoint.of))
      }
      for record in read.records { try input.add(record) }
      for one in read.judged { try input.add(one.verdict) }
      try input.finish(
        SourceSummary(
          path: file, sha256: sha256, kind: .har, format: "", bytes: 0, read: 0, kept: 0, rejected: 0))
      let reader = try writer.close()
      for one in read.judged {
        let id = try #require(RowID.of(one.verdict.anchor, sha256: sha256))
        let stored = try #require(try reader.judgedRequest(id))
        let ruling = Judge.rule(on: stored.scene(profile: read.profile, lastStart: read.lastStart))
        let verdict = stored.verdict
        #expect(
          Self.words(
            ruling.decision, ruling.reason, ruling.phase, ruling.certainty, ruling.candidates, ruling.engines,
            ruling.chromiumError)
            == Self.words(
              verdict.decision, verdict.reason, verdict.phase, verdict.certainty, verdict.candidates,
              verdict.engines, verdict.chromiumError), "\(file): \(verdict.url)")
        #expect((stored.fix == nil) == (verdict.fix == nil), "the fix, made anew: \(file): \(verdict.url)")
        inferences.formUnion(verdict.evidence.filter { $0.from.hasPrefix("inference") }.map(\.value))
        count += 1
      }
    }
    #expect(count > 1000)
    // What was inferred is told in sentences; origins and names of fields are none.
    let sentences = inferences.filter { $0.contains(" ") }
    #expect(sentences.count > 10)
    #expect(sentences.filter { Language.korean.translation(of: $0) == nil }.sorted() == [])
  }
}
