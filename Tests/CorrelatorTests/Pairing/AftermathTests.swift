import Testing

@testable import Correlator

/// What comes after a preflight tells whether it passed.
struct AftermathTests {
  /// A log in which most preflights pass and are kept, and of those that are refused most are asked again.
  static var model: AftermathModel {
    var model = AftermathModel()
    for number in 0..<1000 {
      model.learn(Aftermath(requests: number % 6 + 1, isAskedAgain: number % 10 == 0), alone: 0)
      if number % 10 == 0 {
        model.learn(Aftermath(requests: number / 10 % 2, isAskedAgain: number % 20 == 0), alone: 1)
      }
    }
    model.settle()
    return model
  }

  @Test(arguments: [
    (Aftermath(requests: 1), 1...1), (Aftermath(requests: 1, isAskedAgain: true), 0.01...0.5),
    (Aftermath(requests: 4), 2...20), (Aftermath(requests: 4, isAskedAgain: true), 0.1...3),
  ])
  func `requests unasked for speak for it, to be asked again against it`(
    after: Aftermath, ratio: ClosedRange<Double>
  ) { #expect(ratio.contains(Self.model.ratio(after)), "\(Self.model.ratio(after))") }

  @Test func `however many come, nothing is ruled out`() {
    let ratio = Self.model.ratio(Aftermath(requests: 100_000))
    #expect(ratio.isFinite && ratio == Self.model.ratio(Aftermath(requests: 11)))
  }

  @Test(arguments: [Aftermath(requests: 5), Aftermath(isAskedAgain: true)])
  func `nothing is known before anything was seen`(after: Aftermath) { #expect(AftermathModel().ratio(after) == 1) }

  static let first = LogPairingTests.item(1, .preflight, at: 0)

  @Test(
    arguments: [
      ("nothing", [], Aftermath()),
      (
        "requests", [LogPairingTests.item(2, .request, at: 40), LogPairingTests.item(3, .request, at: 8000)],
        Aftermath(requests: 2)
      ),
      (
        "requests until it is asked again",
        [
          LogPairingTests.item(2, .request, at: 40), LogPairingTests.item(3, .preflight, at: 4000),
          LogPairingTests.item(4, .request, at: 4040),
        ], Aftermath(requests: 1, isAskedAgain: true)
      ),
      ("another page's", [LogPairingTests.item(2, .request, at: 40, origin: 2)], Aftermath()),
      ("another page's preflight", [LogPairingTests.item(2, .preflight, at: 4000, origin: 2)], Aftermath()),
      ("one for another method", [LogPairingTests.item(2, .preflight, at: 4000, method: 2)], Aftermath()),
      ("one much later", [LogPairingTests.item(2, .preflight, at: 60_000)], Aftermath()),
    ] as [(String, [PairingItem], Aftermath)])
  func `what counts`(what: String, items: [PairingItem], after: Aftermath) {
    var group = PairingGroup()
    for item in [Self.first] + items { group.take(item) }
    let gaps = GapModel(granularity: 1000, knowsStart: true, severalClocks: false)
    #expect(group.aftermath(of: 0, gaps) == after, "\(what)")
  }

  @Test func `of a crowd nobody can tell`() {
    var group = PairingGroup()
    for number in 0..<1200 as Range<Int64> { group.take(LogPairingTests.item(number, .preflight, at: number * 5)) }
    let gaps = GapModel(granularity: 1000, knowsStart: true, severalClocks: false)
    #expect(group.aftermath(of: 0, gaps) == Aftermath())
  }
}
