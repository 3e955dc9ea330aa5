import Correlator
import Evidence
import Fetch
import Testing

/// Hops that an exporter wrote before the redirect that led to them.
struct OutOfOrderRedirectTests {
  static let page = Recording.page
  static let a = "https://a.example/x"
  static let b = "https://b.example/x"

  /// A hop at `b`, and after it in the file its redirect at `a`, which took from 100 to 110 ms; the lines of hop and redirect.
  private static func linked(
    _ hop: Int64?, _ redirect: Int64? = 100_000, origin: String? = "null", between: Bool = false
  ) -> Bool {
    var capture = Recording.firefox
    let own = origin.map { [("Origin", $0)] } ?? []
    capture.add("GET", b, status: 200, request: own + [("Sec-Fetch-Mode", "cors")], response: allowing(origin: "*")) {
      $0.startedAt = hop
    }
    if between { capture.add("GET", page + "/", status: 200) { $0.startedAt = redirect } }
    capture.answered("GET", a, status: 302, response: allowing(origin: page) + [("Location", b)]) {
      $0.startedAt = redirect
    }
    // Firefox shows every hop: one that is not there makes the redirect an open question.
    return capture.verdicts.last?.decision == .allowed
  }

  struct Order: Sendable, CustomTestStringConvertible {
    let name: String
    var hop: Int64?
    var redirect: Int64? = 100_000
    var origin: String? = "null"
    var between = false
    let isLinked: Bool
    var testDescription: String { name }
  }

  @Test(arguments: [
    Order(name: "its time tells", hop: 111_000, isLinked: true),
    Order(name: "its time tells, though it is elsewhere", hop: 111_000, between: true, isLinked: true),
    Order(name: "equal times: the origin tells", hop: 100_000, between: true, isLinked: true),
    Order(name: "no times: the origin tells", hop: nil, redirect: nil, between: true, isLinked: true),
    Order(name: "the hop's time is lost", hop: nil, between: true, isLinked: true),
    Order(name: "no origin: neighbours", hop: 100_000, origin: nil, isLinked: true),
    Order(name: "no origin: no neighbours", hop: 100_000, origin: nil, between: true, isLinked: false),
    Order(name: "it began before", hop: 50_000, isLinked: false),
    Order(name: "it began while the redirect was under way", hop: 105_000, isLinked: false),
    Order(name: "it began long after", hop: 9_000_000, isLinked: false),
    Order(
      name: "another page's, with an origin of its own", hop: 111_000, origin: "https://c.example", isLinked: false),
    Order(name: "the page's own, untainted", hop: 111_000, origin: page, isLinked: false),
    Order(name: "no times, and untainted", hop: nil, redirect: nil, origin: page, isLinked: false),
  ])
  func `a hop before its redirect is found`(order: Order) {
    #expect(
      Self.linked(order.hop, order.redirect, origin: order.origin, between: order.between) == order.isLinked)
  }

  @Test func `the one that began when the redirect was over, not a later one that follows it in the file`() {
    var capture = Recording.firefox
    capture.answered("GET", Self.b, origin: "null", response: allowing(origin: "*")) { $0.startedAt = 111_000 }
    capture.answered("GET", Self.a, status: 302, response: allowing(origin: "*") + [("Location", Self.b)]) {
      $0.startedAt = 100_000
    }
    capture.answered("GET", Self.b, response: allowing(origin: "*")) { $0.startedAt = 2_000_000 }
    // What a hop tells of credentials: its redirect passes only without.
    #expect(
      capture.verdicts.map { $0.says("credentials mode", "a redirect before it was followed") } == [true, false, false])
  }

  @Test func `a redirect to itself is no hop of its own`() {
    var capture = Recording.firefox
    for _ in 0..<2 {
      capture.answered("GET", Self.a, status: 302, response: allowing(origin: Self.page) + [("Location", Self.a)]) {
        $0.startedAt = nil
      }
    }
    #expect(capture.verdicts.map(\.decision) == [.allowed, .undetermined])
  }
}
