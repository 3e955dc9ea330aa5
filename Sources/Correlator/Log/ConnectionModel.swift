/// Whether sharing a connection speaks for a pair: learned, since credentialed requests travel on another one than their preflight.
struct ConnectionModel {
  private var pairs = (same: 1.0, other: 1.0)
  private var strangers = (same: 1.0, other: 1.0)

  /// Pairs without a rival teach; what follows much later is likely to be a stranger.
  mutating func learn(_ preflight: PairingItem, _ request: PairingItem, gap: Int64) {
    guard preflight.connection != 0, request.connection != 0 else { return }
    let same = preflight.connection == request.connection
    if gap >= 0, gap < 1_000_000 {
      if same { pairs.same += 1 } else { pairs.other += 1 }
    } else {
      if same { strangers.same += 1 } else { strangers.other += 1 }
    }
  }

  /// What is added to the logarithm of the odds; never enough to rule a pair out.
  func gain(_ preflight: PairingItem, _ request: PairingItem) -> Double {
    guard preflight.connection != 0, request.connection != 0 else { return 0 }
    let share = pairs.same / (pairs.same + pairs.other)
    let chance = strangers.same / (strangers.same + strangers.other)
    return preflight.connection == request.connection ? log(share / chance) : log((1 - share) / (1 - chance))
  }
}
