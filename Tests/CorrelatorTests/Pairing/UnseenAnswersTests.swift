import Correlator
import Fetch
import Testing

/// Which logs are known not to show what browsers got.
@Suite struct UnseenAnswersTests {
  /// What a log shows of one request, a second apart from the next.
  enum Shown {
    case refused, refusedAndSent, passedAndSent, refusedThenPassed, sentAlone, simpleSent, tooLate, simpleRefused
  }

  @Test(
    arguments: [
      ([(.refused, 40)], nil),
      ([(.refusedAndSent, 2)], .followedThoughRefused),
      ([(.refusedAndSent, 1)], .followedThoughRefused),
      ([(.passedAndSent, 1), (.refusedAndSent, 1)], .sometimesFollowed),
      ([(.passedAndSent, 1), (.refusedAndSent, 2)], .followedThoughRefused),
      ([(.refusedAndSent, 6), (.refused, 5)], .followedThoughRefused),
      ([(.refusedAndSent, 5), (.refused, 6)], .sometimesFollowed),
      ([(.refusedAndSent, 1), (.refused, 48)], .sometimesFollowed),
      ([(.refusedAndSent, 1), (.refused, 49)], nil),
      ([(.refusedThenPassed, 20)], nil),
      ([(.tooLate, 20)], nil),
      ([(.sentAlone, 10)], .withoutPreflights),
      ([(.sentAlone, 9)], nil),
      ([(.sentAlone, 40), (.passedAndSent, 1)], nil),
      ([(.sentAlone, 40), (.refused, 1)], nil),
      ([(.simpleSent, 100)], nil),
      ([(.simpleRefused, 1), (.sentAlone, 40)], nil),
    ] as [([(Shown, Int)], UnseenAnswers.Sign?)])
  func `a request that came without leave tells of an answer that the log does not hold`(
    shown: [(Shown, Int)], sign: UnseenAnswers.Sign?
  ) {
    var unseen = UnseenAnswers()
    var number: Int64 = 0
    for (kind, count) in shown {
      for _ in 0..<count {
        for item in Self.items(kind, number) { unseen.add(item) }
        number += 1
      }
    }
    #expect(unseen.signs()[1] == sign)
  }

  @Test func `the preflight's log is the one that shows it, wherever the request was logged`() {
    var unseen = UnseenAnswers()
    for number: Int64 in 0..<4 {
      for item in Self.items(.refusedAndSent, number, sources: (1, 2)) { unseen.add(item) }
    }
    #expect(unseen.signs() == [1: .followedThoughRefused])
  }

  private static func items(_ shown: Shown, _ number: Int64, sources: (Int32, Int32) = (1, 1)) -> [PairingItem] {
    func item(_ role: PairingItem.Role, _ time: Int64, method: String = "PUT") -> PairingItem {
      let source = role == .request ? sources.1 : sources.0
      let moment = 1_000_000 * (number * 20) + time
      return PairingItem(
        id: Int64(source) << 32 | number * 10 + time / 100_000, source: source, role: role,
        isSafelisted: Method.isSafelisted(method), method: UInt32(truncatingIfNeeded: StableHash.of(method)),
        start: moment, end: moment, knowsStart: true, granularity: 1000, key: UInt64(number + 1),
        client: UInt64(number + 1), origin: 9, connection: 0, lifetime: -1)
    }
    switch shown {
    case .refused: return [item(.refused, 0)]
    case .refusedAndSent: return [item(.refused, 0), item(.request, 200_000)]
    case .passedAndSent: return [item(.preflight, 0), item(.request, 200_000)]
    case .refusedThenPassed: return [item(.refused, 0), item(.preflight, 100_000), item(.request, 200_000)]
    case .sentAlone: return [item(.request, 0)]
    case .simpleSent: return [item(.refused, 0, method: "POST"), item(.request, 200_000, method: "POST")]
    case .simpleRefused: return [item(.refused, 0, method: "GET")]
    case .tooLate: return [item(.refused, 0), item(.request, 6_000_000)]
    }
  }
}
