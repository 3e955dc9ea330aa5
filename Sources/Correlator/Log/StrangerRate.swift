/// How many requests come to a group without a preflight of its own: what is usual in this log, corrected by what the group shows.
///
/// Groups differ: most targets see no such request in a day, some see many. The rates are taken to be spread like a gamma
/// distribution, whose mean and spread are learned by their moments.
struct StrangerRate {
  /// Sums over groups: of their number, of seconds looked at, of strangers expected in them, and of products of the two.
  private struct Sums {
    var seconds = 0.0
    var strangers = 0.0
    var secondsSquared = 0.0
    var product = 0.0
    var strangersSquared = 0.0

    mutating func fade() {
      seconds /= 2
      strangers /= 2
      secondsSquared /= 2
      product /= 2
      strangersSquared /= 2
    }
  }

  /// What is taken to be usual before anything was seen: so many strangers in so many seconds.
  private static let prior = (strangers: 0.02, seconds: 20.0)

  private var sums = Sums()
  /// Strangers a second, and how many of them the spread of the rates lets expect before the first comes.
  private var mean = prior.strangers / prior.seconds
  private var shape = 1.0

  /// Counts a group with as many strangers as seem to be in it.
  mutating func add(_ strangers: Double, in seconds: Double) {
    let strangers = max(0, strangers)
    sums.seconds += seconds
    sums.strangers += strangers
    sums.secondsSquared += seconds * seconds
    sums.product += seconds * strangers
    sums.strangersSquared += strangers * strangers
  }

  mutating func settle() {
    mean = (sums.strangers + StrangerRate.prior.strangers) / (sums.seconds + StrangerRate.prior.seconds)
    let expected = mean * mean * sums.secondsSquared
    let spread = sums.strangersSquared - 2 * mean * sums.product + expected - mean * sums.seconds
    shape = min(100, max(0.01, (expected + 0.01) / max(0.0001, spread + 0.01)))
    sums.fade()
  }

  /// Strangers a second in a group in which so many are certain to be.
  func rate(_ certain: Int, in seconds: Double) -> Double {
    (shape + Double(certain)) / (shape / mean + seconds)
  }
}
