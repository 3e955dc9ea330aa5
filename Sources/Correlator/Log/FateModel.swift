/// How likely a preflight of unknown fate is not followed: what is usual in this log, and what those of its subject show.
///
/// An endpoint that refuses one origin refuses it day after day, and one that lets it through does so for everybody.
struct FateModel {
  /// How many of a subject's own preflights what is usual counts for.
  private static let worth = 30.0
  /// So many subjects are told apart.
  private static let mostSubjects = 10_000

  private struct Seen {
    var alone = 0.0
    var all = 0.0
  }

  private var usual = LearnedMean(prior: 0.065, worth: 20)
  private var seen: [UInt32: Seen] = [:]

  /// Counts a preflight that is so likely to be alone.
  mutating func add(_ alone: Double, _ subject: UInt32) {
    usual.add(alone)
    guard subject != 0, seen[subject] != nil || seen.count < FateModel.mostSubjects else { return }
    seen[subject, default: Seen()].alone += max(0, alone)
    seen[subject, default: Seen()].all += 1
  }

  mutating func settle() { usual.settle() }

  /// The odds that a preflight of a subject is followed; 0 stands for a subject that is not known.
  func followed(_ subject: UInt32) -> Double {
    let own = seen[subject] ?? Seen()
    let alone = (own.alone + FateModel.worth * usual.value) / (own.all + FateModel.worth)
    return (1 - alone) / alone
  }
}

/// A mean that is learned in steps, and starts from what is true of most logs.
struct LearnedMean {
  private let prior: Double
  /// How many observations the prior counts for.
  private let worth: Double
  private var sum = 0.0
  private var count = 0.0
  private(set) var value: Double

  init(prior: Double, worth: Double) {
    self.prior = prior
    self.worth = worth
    value = prior
  }

  mutating func add(_ observation: Double) {
    sum += max(0, observation)
    count += 1
  }

  mutating func settle() {
    value = (sum + prior * worth) / (count + worth)
    sum /= 2
    count /= 2
  }
}
