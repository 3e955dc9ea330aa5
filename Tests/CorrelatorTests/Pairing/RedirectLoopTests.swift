import Correlator
import Testing

/// Which lines of a log are one request that was redirected once too often.
@Suite struct RedirectLoopTests {
  /// A redirect from one address to the next, a tenth of a second after the one before it unless it says more.
  private struct Hop {
    var url: String
    var location: String?
    var asker: UInt64 = 1
    var after = 0.1
  }

  private static let api = "https://api.example.com"

  /// The loops among these lines, by the places of their last lines and how many lines they have.
  private static func loops(_ hops: [Hop]) -> [String] {
    var (found, finder): ([RedirectLoops.Loop], RedirectLoops) = ([], RedirectLoops())
    var now = 0.0
    for (place, hop) in hops.enumerated() {
      now += hop.after
      let start = Int64(now * 1_000_000)
      finder.add(
        RedirectedLine(
          id: Int64(place + 1), asker: hop.asker, url: hop.url, location: hop.location, start: start, end: start + 5_000
        )
      ) { found.append($0) }
    }
    finder.finish { found.append($0) }
    return found.map { "\($0.hops.count) to \($0.hops.last ?? 0)\($0.isRecorded ? "" : " by their number")" }
  }

  private static func circle(_ count: Int, _ hops: Hop...) -> [Hop] { (0..<count).map { hops[$0 % hops.count] } }

  private static func chain(_ count: Int) -> [Hop] {
    (0..<count).map { Hop(url: "\(api)/\($0)", location: "/\($0 + 1)") }
  }

  private static let itself = Hop(url: api + "/a", location: api + "/a")
  private static let unlogged = Hop(url: api + "/a", location: nil)

  @Test(
    arguments: [
      ("20 redirects are followed", circle(20, itself), []),
      ("the 21st is one too many", circle(21, itself), ["21 to 21"]),
      ("after it, another request begins", circle(42, itself), ["21 to 21", "21 to 42"]),
      ("wherever each leads", chain(21), ["21 to 21"]),
      (
        "between two addresses", circle(21, Hop(url: api + "/a", location: "/b"), Hop(url: api + "/b", location: "/a")),
        ["21 to 21"]
      ),
      (
        "to https, which a server behind a proxy never sees",
        circle(21, Hop(url: "http://api.example.com/a?b=1", location: "https://api.example.com/a?b=1")), ["21 to 21"]
      ),
      (
        "of lines that do not name their server", circle(21, Hop(url: "/a", location: "https://api.example.com/a")),
        ["21 to 21"]
      ),
      (
        "of two clients at once", circle(42, itself, Hop(url: api + "/a", location: api + "/a", asker: 2)),
        ["21 to 41", "21 to 42"]
      ),
      ("not where each leads elsewhere", circle(42, Hop(url: api + "/a", location: "/b")), []),
      ("not where each comes long after the other", circle(42, Hop(url: api + "/a", location: "/a", after: 6)), []),
      ("not where it leads nowhere", circle(42, Hop(url: api + "/a", location: "http://[")), []),
      ("where no location is logged, 21 in a row", circle(21, unlogged), ["21 to 21 by their number"]),
      (
        "and again", circle(21, unlogged) + [Hop(url: api + "/a", location: nil, after: 9)] + circle(20, unlogged),
        ["21 to 21 by their number", "21 to 42 by their number"]
      ),
      (
        "or again at once", circle(42, unlogged), ["21 to 21 by their number", "21 to 42 by their number"]
      ),
      ("but neither 20", circle(20, unlogged), []),
      ("nor 22", circle(22, unlogged), []),
      ("nor one a second", circle(21, Hop(url: api + "/a", location: nil, after: 1)), []),
      ("nor on and on", circle(21 * 101, unlogged), []),
    ] as [(String, [Hop], [String])])
  private func `a loop is as many redirects as no browser follows`(name: String, hops: [Hop], loops: [String]) {
    #expect(Self.loops(hops) == loops, "\(name)")
  }

  @Test func `chains of very many clients are forgotten once they are over`() {
    let others = (0..<20_000).map { Hop(url: Self.api + "/a", location: "/b", asker: UInt64($0) + 10, after: 0.01) }
    let hops = Self.circle(20, Self.itself) + others + Self.circle(1, Self.itself) + Self.circle(21, Self.unlogged)
    #expect(Self.loops(hops) == ["21 to 20042 by their number"])
  }
}
