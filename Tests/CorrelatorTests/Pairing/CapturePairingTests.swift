import Correlator
import Evidence
import Fetch
import Testing

/// Which preflight of a capture was made for which request.
struct CapturePairingTests {
  static let page = Recording.page
  static let passing = allowing(origin: page, credentials: "true", methods: "PUT", headers: "x-a, x-b")

  /// `2→1 exporter-link followed`: the preflight's entry, its request's, how it was found, what became of it.
  static func lines(_ recording: Recording) -> [String] {
    recording.outputs.preflights.map { record in
      let partner = record.followUp.map { "→\($0.entry) \(record.pairedBy?.rawValue ?? "")" } ?? ""
      let covers = record.covers > 0 ? " covers \(record.covers)" : ""
      return "\(record.preflight.entry)\(partner) \(record.outcome.rawValue)\(covers)"
    }
  }

  @Test func `the only one that fits, before or after it in the file`() {
    var capture = Recording.chromium
    capture.answered("PUT", response: Self.passing)
    capture.preflight(response: Self.passing)
    #expect(Self.lines(capture) == ["2→1 only-candidate followed"])
    var proxy = Recording.proxy
    proxy.preflight(response: Self.passing)
    proxy.answered("PUT", response: Self.passing)
    #expect(Self.lines(proxy) == ["1→2 only-candidate followed"])
  }

  @Test func `the exporter's link, against what time would say`() {
    var capture = Recording.chromium
    capture.answered("PUT", response: Self.passing) { $0.exporterID = "a" }
    capture.answered("PUT", response: Self.passing) { $0.exporterID = "b" }
    capture.preflight(response: Self.passing) { $0.announces = "a" }
    capture.preflight(response: Self.passing) { $0.announces = "b" }
    #expect(Self.lines(capture) == ["3→1 exporter-link followed", "4→2 exporter-link followed"])
  }

  @Test func `identical requests at once: each its own, none used twice`() throws {
    var capture = Recording.chromium
    for number in 0..<4 {
      capture.answered("PUT", response: Self.passing) { $0.startedAt = Int64(number) * 50_000 }
      capture.preflight(response: Self.passing) { $0.startedAt = Int64(number) * 50_000 + 2_000 }
    }
    #expect(
      Self.lines(capture) == [1, 3, 5, 7].map { "\($0 + 1)→\($0) nearest-in-time followed" })
    let confidences = capture.outputs.preflights.compactMap(\.confidence)
    #expect(confidences.allSatisfy { $0 > 0.5 && $0 < 0.99 })
  }

  @Test(arguments: [
    ("another URL", "PUT", Recording.api + "?q", Recording.page, [("x-a", "1")]),
    ("another method", "DELETE", Recording.api, Recording.page, [("x-a", "1")]),
    ("another origin", "PUT", Recording.api, "https://other.example", [("x-a", "1")]),
    ("without the announced header", "PUT", Recording.api, Recording.page, []),
  ])
  func `what does not fit is not taken`(
    what: String, method: String, url: String, origin: String, headers: [(String, String)]
  ) {
    var capture = Recording.proxy
    capture.preflight(names: "x-a", response: Self.passing)
    capture.answered(method, url, origin: origin, request: headers, response: allowing(origin: origin))
    #expect(capture.outputs.preflights.map(\.followUp) == [nil], "\(what)")
  }

  /// Two at once, of which one was answered: its preflight passed, and the other's did not, however near each is.
  @Test(arguments: [0, 1, 2]) func `what became of a request tells its preflight`(milliseconds: Int64) {
    for recording in [Recording.chromium, .firefox] {
      var capture = recording
      capture.heldBack { $0.startedAt = 0 }
      capture.answered("PUT", response: Self.passing) { $0.startedAt = milliseconds * 1000 }
      capture.preflight(response: Self.passing) { $0.startedAt = 1_000 }
      capture.preflight(response: allowing(origin: Self.page, credentials: "true", methods: "GET")) {
        $0.startedAt = 2_000
      }
      #expect(Self.lines(capture) == ["3→2 nearest-in-time followed", "4→1 nearest-in-time refused"])
      #expect(capture.verdicts.map(\.reason) == [.methodNotFound, nil])
    }
  }

  @Test func `of two that fit equally neither is sure`() {
    var capture = Recording.chromium
    for method in ["PUT", "PUT"] { capture.answered(method, response: Self.passing) { $0.startedAt = 0 } }
    for _ in 0..<2 { capture.preflight(response: Self.passing) { $0.startedAt = 1_000 } }
    let confidences = capture.outputs.preflights.compactMap(\.confidence)
    #expect(confidences.count == 2 && confidences.allSatisfy { $0 < 0.6 })
  }

  /// A preflight announces every name that is not safelisted.
  @Test func `a preflight without names is not that of a request with some`() {
    var capture = Recording.chromium
    capture.answered("PUT", request: [("X-A", "1")], response: Self.passing) { $0.startedAt = 0 }
    capture.answered("PUT", response: Self.passing) { $0.startedAt = 0 }
    capture.preflight(response: Self.passing) { $0.startedAt = 1_000 }
    capture.preflight(names: "x-a", response: Self.passing) { $0.startedAt = 2_000 }
    #expect(Self.lines(capture) == ["3→2 nearest-in-time followed", "4→1 only-candidate followed"])
  }

  @Test func `a retry without the header goes by itself`() {
    var capture = Recording.chromium
    capture.heldBack("POST", request: [("x-bad", "1")])
    capture.preflight(of: "POST", names: "x-bad", response: Self.passing)
    capture.answered("POST", response: Self.passing)
    #expect(Self.lines(capture) == ["2→1 only-candidate refused"])
    #expect(
      capture.lines == [
        "blocked CORSMissingAllowHeaderFromPreflight in preflight, certain", "allowed in response, certain",
      ])
  }

  @Test func `authorization that a sanitised export left out does not part them`() {
    var capture = Recording.chromium
    capture.profile.isSanitized = true
    capture.answered("PUT", response: Self.passing)
    capture.preflight(names: "authorization", response: Self.passing)
    #expect(Self.lines(capture) == ["2→1 only-candidate followed"])
  }

  @Test func `nor does one that may have been left out`() {
    var capture = Recording.chromium
    capture.heldBack(failed: "net::ERR_FAILED") { $0.request.coverage = .only([]) }
    capture.preflight(names: "authorization", response: Self.passing)
    #expect(Self.lines(capture) == ["2→1 only-candidate refused"])
    #expect(capture.lines == ["blocked CORSMissingAllowHeaderFromPreflight in preflight, certain"])
  }

  /// PUT with this preflight, at the end of a redirect that has made its origin `null`.
  private static func tainted(_ capture: Recording, preflightOrigin: String, allowed: String) -> Recording {
    var capture = capture
    let other = "https://b.example/"
    let agent = [("User-Agent", UserAgent.of(capture.profile.engine ?? .firefox))]
    capture.preflight(response: passing)
    capture.answered("PUT", status: 307, request: agent, response: passing + [("Location", other)])
    capture.preflight(other, origin: preflightOrigin, response: allowing(origin: allowed, methods: "PUT"))
    if allowed == preflightOrigin {
      capture.answered("PUT", other, origin: "null", request: agent, response: allowing(origin: "null"))
    } else {
      capture.heldBack("PUT", other, request: agent) { $0.request.list.fields[0].value = "null" }
    }
    return capture
  }

  /// It has to be allowed the page. What the other engines' `null` had been answered, nobody knows.
  @Test(arguments: [
    (page, "allowed in response, inferred"),
    ("null", "blocked CORSAllowOriginNotMatchingOrigin in preflight, certain"),
  ])
  func `after a tainting redirect Firefox's preflight still names the page`(allowed: String, line: String) throws {
    let capture = Self.tainted(.firefox, preflightOrigin: Self.page, allowed: allowed)
    #expect(capture.lines.count == 2 && capture.lines.last == line)
    #expect(try #require(capture.verdicts.last).engines.chromium == .undetermined)
  }

  @Test func `or its unsent request does`() {
    var capture = Recording.firefox
    capture.preflight(response: Self.passing)
    capture.answered("PUT", status: 307, response: Self.passing + [("Location", "https://b.example/")])
    capture.preflight("https://b.example/", origin: "null", response: Self.passing)
    capture.heldBack("PUT", "https://b.example/")
    #expect(capture.lines.last == "blocked CORSAllowOriginNotMatchingOrigin in preflight, certain")
    #expect(capture.lines.count == 2)
  }

  @Test func `and the others' names null`() throws {
    let capture = Self.tainted(.chromium, preflightOrigin: "null", allowed: "null")
    #expect(capture.lines.count == 2 && capture.lines.last == "allowed in response, certain")
    #expect(try #require(capture.verdicts.last).engines.firefox == .undetermined)
    let strangers = Self.lines(Self.tainted(.chromium, preflightOrigin: Self.page, allowed: Self.page))
    #expect(strangers.last?.contains("→") == false)
  }

  /// In microseconds, of a preflight that lasts from 100 s on for 10 ms.
  @Test(
    arguments: [
      (Recording.proxy, 99_995_000, true), (.proxy, 99_985_000, false), (.proxy, 130_000_000, true),
      (.proxy, 130_100_000, false), (.chromium, 41_000_000, true), (.chromium, 39_000_000, false),
      (.chromium, 130_000_000, true), (.chromium, 130_100_000, false),
    ] as [(Recording, Int64, Bool)])
  func `one too far away is none`(recording: Recording, start: Int64, isNear: Bool) {
    var capture = recording
    capture.preflight(response: Self.passing) { $0.startedAt = 100_000_000 }
    capture.answered("PUT", response: Self.passing) { $0.startedAt = start }
    #expect(capture.outputs.preflights.map { $0.followUp != nil } == [isNear])
  }

  @Test func `a request that the exporter links to two is the first one's`() {
    var capture = Recording.chromium
    capture.answered("PUT", response: Self.passing) { $0.exporterID = "a" }
    capture.preflight(response: Self.passing) { $0.announces = "a" }
    capture.preflight(response: Self.passing) { $0.announces = "a" }
    #expect(capture.outputs.preflights.map(\.followUp?.entry) == [1, nil])
  }

  @Test(
    arguments: [
      (nil, 3, true), (nil, 6, false), ("600", 300, true), ("0", 1, false), ("-1", 1, false), ("600", 601, false),
      ("999999", 7_000, true), ("999999", 7_300, false),
    ] as [(String?, Int64, Bool)])
  func `later requests are let through by the cached answer, as long as it lasts`(
    age: String?, seconds: Int64, covered: Bool
  )
    throws
  {
    var capture = Recording.chromium
    let kept = Self.passing + (age.map { [("Access-Control-Max-Age", $0)] } ?? [])
    let agent = [("User-Agent", UserAgent.chromium)]
    capture.answered("PUT", request: agent, response: Self.passing)
    capture.preflight(response: kept)
    capture.answered("PUT", request: agent, response: Self.passing) { $0.startedAt = seconds * 1_000_000 }
    let record = try #require(capture.outputs.preflights.first)
    #expect(record.followUp?.entry == 1 && record.covers == (covered ? 1 : 0))
    let last = try #require(capture.verdicts.last)
    #expect(last.says("preflight", "none of its own") == covered)
  }

  /// A PUT, and another so many seconds after its preflight's answer, which says to keep it for eleven days.
  private static func covers(
    after seconds: Int64, agent: String, names: [(String, String)] = [], clock: Int64 = 1000,
    maxAge: String? = "999999", allowing: [(String, String)] = passing
  ) -> Int? {
    var capture = Recording.proxy
    let kept = allowing + (maxAge.map { [("Access-Control-Max-Age", $0)] } ?? [])
    capture.preflight(response: kept) { $0.clockGranularity = clock }
    capture.answered("PUT", request: [("User-Agent", agent)], response: passing)
    capture.answered("PUT", request: [("User-Agent", agent)] + names, response: passing) {
      $0.startedAt = 110_000 + seconds * 1_000_000
    }
    return capture.outputs.preflights.first?.covers
  }

  @Test(
    arguments: [(UserAgent.chromium, 7_200), (UserAgent.firefox, 86_400), (UserAgent.safari, 600)] as [(String, Int64)])
  func `no engine keeps it longer than it keeps any`(agent: String, cap: Int64) {
    #expect(Self.covers(after: cap, agent: agent) == 1)
    #expect(Self.covers(after: cap + 1, agent: agent) == 0)
  }

  @Test(
    arguments: [
      ("", UserAgent.chromium, 5), ("", UserAgent.firefox, 5), ("", UserAgent.safari, 5),
      ("ten", UserAgent.chromium, 5),
      ("ten", UserAgent.firefox, -1), ("ten", UserAgent.safari, 5), ("99999999999999999999", UserAgent.chromium, 5),
      ("99999999999999999999", UserAgent.firefox, 86_400), ("99999999999999999999", UserAgent.safari, 5),
      ("-1", UserAgent.firefox, -1),
    ] as [(String, String, Int64)])
  func `an age that is no number is to each engine what it makes of it`(age: String, agent: String, seconds: Int64) {
    #expect(seconds < 0 || Self.covers(after: seconds, agent: agent, maxAge: age) == 1)
    #expect(Self.covers(after: seconds + 2, agent: agent, maxAge: age) == 0)
  }

  @Test(
    arguments: [
      (UserAgent.chromium, "PUT", "x-a", 1), (UserAgent.chromium, "*", "*", 1), (UserAgent.firefox, "PUT", "x-a", 1),
      (UserAgent.firefox, "*", "x-a", 0), (UserAgent.firefox, "PUT", "*", 0),
    ] as [(String, String, String, Int)])
  func `Firefox keeps no wildcard, which it compares letter by letter`(
    agent: String, methods: String, names: String, covered: Int
  ) {
    let lists = [("Access-Control-Allow-Methods", methods), ("Access-Control-Allow-Headers", names)]
    let allowed = [("Access-Control-Allow-Origin", "*")] + lists
    #expect(Self.covers(after: 1, agent: agent, names: [("X-A", "1")], maxAge: "60", allowing: allowed) == covered)
  }

  @Test func `no wildcard stands for Authorization`() {
    let allowed = [("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Methods", "PUT")]
    for (names, covered) in [("*", 0), ("*, authorization", 1)] {
      let kept = allowed + [("Access-Control-Allow-Headers", names)]
      let secret = [("Authorization", "Bearer x")]
      #expect(Self.covers(after: 1, agent: UserAgent.chromium, names: secret, maxAge: "60", allowing: kept) == covered)
    }
  }

  @Test func `a clock that shows whole seconds may hide one`() {
    #expect(Self.covers(after: 6, agent: UserAgent.chromium, clock: 1_000_000, maxAge: nil) == 1)
    #expect(Self.covers(after: 7, agent: UserAgent.chromium, clock: 1_000_000, maxAge: nil) == 0)
  }

  @Test func `it lets through nobody else's requests, and nothing if it was refused`() {
    var capture = Recording.chromium
    capture.preflight(response: Self.passing)
    capture.answered("PUT", response: Self.passing)
    let other = "https://other.example"
    capture.answered("PUT", origin: other, response: allowing(origin: other))
    #expect(capture.outputs.preflights.map(\.covers) == [0])
    var refused = Recording.chromium
    refused.heldBack()
    refused.preflight(status: 500)
    refused.answered("PUT", response: Self.passing)
    #expect(refused.outputs.preflights.map(\.covers) == [0])
  }

  @Test func `it lets through no header that it does not name`() {
    #expect(Self.covers(after: 1, agent: UserAgent.chromium, names: [("X-A", "1")]) == 1)
    #expect(Self.covers(after: 1, agent: UserAgent.chromium, names: [("X-C", "1")]) == 0)
  }

  /// A preflight and its request lie close together, wherever the stretches of a long capture end.
  @Test func `a capture longer than any stretch pairs and judges as a short one does`() {
    var capture = Recording.chromium
    for number in 0..<3000 {
      let url = "https://api.other.example/\(number % 7)"
      let start = Int64(number) * 1_000_000
      if number.isMultiple(of: 2) {
        capture.answered("PUT", url, response: Self.passing) { $0.startedAt = start }
        capture.preflight(url, response: Self.passing) { $0.startedAt = start + 3_000 }
      } else {
        capture.answered("GET", url, response: [], failed: "net::ERR_FAILED") { $0.startedAt = start }
      }
    }
    let (verdicts, preflights) = capture.outputs
    #expect(verdicts.map(\.anchor.entry) == verdicts.map(\.anchor.entry).sorted())
    #expect(verdicts.count == 3000 && preflights.count == 1500)
    #expect(Set(verdicts.map(\.anchor.entry)).count == 3000)
    #expect(preflights.allSatisfy { $0.followUp?.entry == $0.preflight.entry - 1 })
    #expect(verdicts.count { $0.line == "allowed in response, certain" } == 1500)
    #expect(verdicts.count { $0.line == "blocked CORSMissingAllowOrigin in response, certain" } == 1500)
  }
}
