import Correlator
import Evidence
import Fetch
import Testing

/// Preflights of which what was recorded speaks against their request, or does not say what became of them.
struct DoubtfulPreflightTests {
  static let page = Recording.page
  static let passing = allowing(origin: page, credentials: "true", methods: "PUT", headers: "x-a")
  static let agent = [("User-Agent", UserAgent.chromium)]

  // MARK: - Contradicted

  @Test(
    arguments: [
      ("it passes", 204, passing, [], true), ("refused by its status", 403, passing, [], false),
      ("refused by its fields", 204, [], [], false), ("it announced too little", 204, passing, [("X-A", "1")], false),
    ] as [(String, Int, [(String, String)], [(String, String)], Bool)])
  func `a pair that contradicts itself is not sure, however alone it is`(
    what: String, status: Int, response: [(String, String)], names: [(String, String)], isSure: Bool
  ) throws {
    for recording in [Recording.proxy, .firefox, .chromium] {
      var capture = recording
      capture.preflight(status: status, response: response)
      capture.answered("PUT", request: names, response: Self.passing)
      let confidence = try #require(capture.outputs.preflights.first?.confidence)
      #expect(isSure ? confidence > 0.9 : confidence <= 0.5, "\(what)")
      guard recording.profile.recorder == .proxy else { continue }
      #expect(capture.lines == ["allowed in response, \(isSure ? "certain" : "inferred")"], "\(what)")
    }
  }

  @Test func `nor is one of which the preflight lets pass nothing with the credentials that the request had`() throws {
    for (names, isSure) in [([], true), (Self.included, false)] {
      var capture = Recording.proxy
      capture.preflight(response: Self.wildcard)
      capture.answered("PUT", request: names, response: Self.passing)
      let confidence = try #require(capture.outputs.preflights.first?.confidence)
      #expect(isSure ? confidence > 0.9 : confidence <= 0.5)
    }
  }

  // MARK: - Lost

  /// Two requests and two preflights at once; the answer of one of these was lost, and the other refused.
  @Test func `a preflight whose answer was lost may have passed`() {
    var capture = Recording.firefox
    capture.preflight(status: nil) { $0.startedAt = 0 }
    capture.preflight(status: 403) { $0.startedAt = 1_000 }
    capture.heldBack { $0.startedAt = 500 }
    capture.answered("PUT", response: Self.passing) { $0.startedAt = 400 }
    #expect(CapturePairingTests.lines(capture) == ["1→4 nearest-in-time followed", "2→3 nearest-in-time refused"])
  }

  @Test(arguments: [nil, "net::ERR_CONNECTION_REFUSED"]) func `one that the exporter says got none has not`(
    mark: String?
  ) throws {
    var capture = Recording.proxy
    capture.preflight(status: nil) { if let mark { $0.outcome = .failed(mark) } }
    capture.answered("PUT", response: Self.passing)
    let confidence = try #require(capture.outputs.preflights.first?.confidence)
    #expect(mark == nil ? confidence > 0.9 : confidence <= 0.5)
  }

  @Test func `what was under way when the recording ended is refused by nobody`() {
    var capture = Recording.chromium
    capture.preflight(status: nil)
    #expect(capture.lines == ["undetermined, possible"])
  }

  // MARK: - Cached for other credentials

  /// A PUT without credentials and its preflight, then one with; how many requests the preflight covers.
  private static func covers(
    _ first: [(String, String)], _ then: [(String, String)], agent: String = UserAgent.chromium,
    allowing kept: [(String, String)] = passing
  ) -> Int? {
    var capture = Recording.proxy
    let agent = [("User-Agent", agent)]
    capture.preflight(response: kept + [("Access-Control-Max-Age", "60")])
    capture.answered("PUT", request: agent + first, response: Self.passing)
    capture.answered("PUT", request: agent + then, response: Self.passing)
    return capture.outputs.preflights.first?.covers
  }

  static let included = [("Sec-Fetch-Storage-Access", "active")]
  static let unknown: [(String, String)] = []
  static let wildcard = allowing(origin: "*", methods: "PUT")

  @Test func `a grant without credentials is none for a request with`() {
    #expect(Self.covers(Self.included, Self.included) == 1)
    #expect(Self.covers(Self.unknown, Self.unknown) == 1)
    // The first request's mode is known by what it lacks: this browser sends it elsewhere.
    #expect(Self.covers(Self.unknown, Self.included) == 0)
    #expect(Self.covers(Self.unknown, Self.included, allowing: Self.wildcard) == 0)
    #expect(Self.covers(Self.unknown, Self.unknown, allowing: Self.wildcard) == 1)
  }

  @Test func `a grant with credentials is one for a request without, but to Firefox`() {
    #expect(Self.covers(Self.included, Self.unknown) == 1)
    #expect(Self.covers(Self.included, Self.unknown, agent: UserAgent.firefox) == 0)
  }

  @Test func `where no mode is known none is struck out`() {
    // A browser that sends no such field at all, and a cookie that only the second carried.
    let cookie = [("Cookie", "a=b")]
    #expect(Self.covers(Self.unknown, cookie, agent: UserAgent.safari) == 1)
    #expect(Self.covers(Self.unknown, cookie, agent: UserAgent.safari, allowing: Self.wildcard) == 0)
  }
}
