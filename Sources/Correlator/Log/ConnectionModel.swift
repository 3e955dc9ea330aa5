/// Whether sharing a connection speaks for a pair: learned, since credentialed requests travel on another one than their preflight.
struct ConnectionModel {
  private struct Counts {
    var same = 1.0
    var other = 1.0

    var share: Double { same / (same + other) }

    mutating func add(_ isSame: Bool, _ weight: Double) {
      if isSame { same += weight } else { other += weight }
    }
  }

  private var pairs = Counts()
  private var strangers = Counts()

  /// Counts two that are to each other what `relation` says, as far as `weight` says so.
  mutating func learn(_ preflight: PairingItem, _ request: PairingItem, _ relation: Relation, _ weight: Double) {
    guard preflight.connection != 0, request.connection != 0 else { return }
    let isSame = preflight.connection == request.connection
    switch relation {
    case .pair: pairs.add(isSame, weight)
    case .stranger: strangers.add(isSame, weight)
    }
  }

  /// How much likelier the two connections are those of a pair than of strangers; never 0, to rule no pair out.
  func ratio(_ preflight: PairingItem, _ request: PairingItem) -> Double {
    guard preflight.connection != 0, request.connection != 0 else { return 1 }
    return preflight.connection == request.connection
      ? pairs.share / strangers.share : (1 - pairs.share) / (1 - strangers.share)
  }
}
