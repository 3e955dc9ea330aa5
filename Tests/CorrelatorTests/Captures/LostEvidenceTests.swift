import Correlator
import Evidence
import Fetch
import Testing

/// What was recorded once, and was blacked out or left out before it came here.
struct LostEvidenceTests {
  @Test(arguments: [(FieldSet(.authorization), Verdict.Phase.preflight), (FieldSet(), .response)])
  func `an Authorization without its value needs a preflight all the same`(redacted: FieldSet, phase: Verdict.Phase)
    throws
  {
    var capture = Recording.chromium
    capture.add("GET", request: [("Origin", Recording.page), ("Sec-Fetch-Mode", "cors")]) {
      $0.request.redacted = redacted
      ($0.outcome, $0.delivery) = (.failed("net::ERR_FAILED"), .provisional)
    }
    #expect(try #require(capture.verdicts.last).phase == phase)
  }

  @Test func `a preflight whose method is not known finds its request by the URL`() throws {
    var capture = Recording.chromium
    capture.preflight(of: "PUT", response: allowing(origin: "https://b.example", methods: "PUT")) {
      $0.request.list = [:]
      $0.request.redacted = FieldSet(.origin, .accessControlRequestMethod)
    }
    capture.heldBack("PUT")
    #expect(capture.verdicts.map(\.line) == ["blocked CORSAllowOriginNotMatchingOrigin in preflight, inferred"])
  }

  @Test func `and no request that needs none`() throws {
    var capture = Recording.firefox
    capture.preflight(of: "PUT", status: 403) { $0.request.redacted = FieldSet(.accessControlRequestMethod) }
    capture.exchanges[0].request.list = [:]
    capture.answered("GET", response: allowing(origin: Recording.page))
    #expect(capture.outputs.preflights.map(\.followUp) == [nil])
  }

  @Test(arguments: [(HeaderRecord.Duplicates.kept, 0), (.respelled, 1)])
  func `equal lines whose spelling is lost may be several to Firefox, or one`(
    lines: HeaderRecord.Duplicates, others: Int
  ) throws {
    var capture = Recording.firefox
    capture.answered(
      response: [("access-control-allow-origin", Recording.page), ("access-control-allow-origin", "https://b.example")]
    ) { $0.response.duplicates = lines }
    let verdict = try #require(capture.verdicts.last)
    #expect(verdict.decision == .blocked)
    #expect(verdict.candidates.filter { $0 == .multipleAllowOriginNotAllowed }.count == others)
    #expect(verdict.evidence.allSatisfy { !$0.value.contains("this log") })
  }

  @Test(arguments: [
    ("net::ERR_FAILED", Verdict.Certainty.possible), ("net::ERR_CONNECTION_REFUSED", .certain),
  ])
  func `of a failure that nobody explains all reasons stand`(mark: String, certainty: Verdict.Certainty) throws {
    var capture = Recording.chromium
    capture.add("GET", request: [("Origin", Recording.page), ("Sec-Fetch-Mode", "cors")]) { $0.outcome = .failed(mark) }
    let verdict = try #require(capture.verdicts.last)
    #expect(verdict.decision == .blocked)
    #expect(verdict.certainty == certainty)
    #expect(verdict.candidates.contains(.missingAllowOrigin) == (certainty == .possible))
  }

  @Test func `a preflight marked as redirected, and without its status, may have been refused for that`() throws {
    var capture = Recording.chromium
    capture.preflight(of: "PUT", status: nil) { $0.outcome = .failed("net::ERR_INVALID_REDIRECT") }
    capture.heldBack("PUT")
    let verdict = try #require(capture.verdicts.last)
    #expect(verdict.certainty == .possible)
    #expect(verdict.candidates.contains(.externalRedirectNotAllowed))
  }
}
