/// What came after a preflight, beyond what it may have been made for.
struct Aftermath: Equatable {
  /// Requests like its own, until it was asked again.
  var requests = 0
  var isAskedAgain = false
}

/// How much what came after a preflight speaks for its having passed: learned, since lifetimes differ from site to site.
///
/// A browser that was let through keeps the answer (Fetch, 4.9 *CORS-preflight cache*): its next requests come unasked for. One
/// that was refused asks again. What counts is which of the two came, not how many: busy pages are refused as often as others.
struct AftermathModel {
  /// How often each of the two came.
  private struct Counts {
    var asked = 0.0
    var unasked = 0.0

    var all: Double { asked + unasked }

    mutating func fade() {
      asked /= 2
      unasked /= 2
    }

    /// What part of what came was preflights, if `worth` others are taken to have shown the part `usual`.
    func part(usual: Double) -> Double { (asked + worth * usual) / (all + worth) }
  }

  private static let worth = 20.0
  /// More requests than this tell nothing more: they may be another page's.
  private static let most = 10

  private var passed = Counts()
  private var alone = Counts()
  private var asked = 1.0
  /// By the number of requests beside its own.
  private var unasked = [Double](repeating: 1, count: most + 1)

  /// Counts a preflight that is so likely to have no request of its own.
  mutating func learn(_ after: Aftermath, alone probability: Double) {
    passed.unasked += (1 - probability) * Double(max(0, after.requests - 1))
    alone.unasked += probability * Double(after.requests)
    guard after.isAskedAgain else { return }
    passed.asked += 1 - probability
    alone.asked += probability
  }

  mutating func settle() {
    let usual = (passed.asked + alone.asked + 1) / (passed.all + alone.all + 2)
    let (ofPassed, ofAlone) = (passed.part(usual: usual), alone.part(usual: usual))
    asked = ofPassed / ofAlone
    let ratio = (1 - ofPassed) / (1 - ofAlone)
    for others in 1...AftermathModel.most { unasked[others] = unasked[others - 1] * ratio }
    passed.fade()
    alone.fade()
  }

  /// How much likelier this comes after a preflight that passed, one of the requests being its own, than after another.
  func ratio(_ after: Aftermath) -> Double {
    unasked[min(max(0, after.requests - 1), AftermathModel.most)] * (after.isAskedAgain ? asked : 1)
  }
}

extension PairingGroup {
  /// So many preflights are looked at for one that asks again.
  private static let mostAsked = 256

  /// What came after the preflight of a row. What came as soon as most follow their preflight was sent before its answer was there,
  /// and tells nothing. Of a crowd nobody can tell who asks again.
  func aftermath(of row: Int, _ gaps: GapModel) -> Aftermath {
    guard !isCrowd else { return Aftermath() }
    let preflight = preflights[row]
    let soon = preflight.time + gaps.likeliest(from: preflight.source)
    var until = preflight.time + gaps.latest
    let again = preflights[(row + 1)...].prefix(PairingGroup.mostAsked).first {
      $0.time > soon && $0.asks(asDid: preflight)
    }
    var after = Aftermath()
    if let again, again.time <= until {
      until = again.time
      after.isAskedAgain = true
    }
    for request in requests[candidates(for: preflight, gaps)]
    where request.time > soon && request.time <= until && request.fits(preflight) && request.isLike(preflight) {
      after.requests += 1
    }
    return after
  }
}

extension PairingItem {
  /// Whether this preflight asks for what another asked for, as far as is recorded.
  fileprivate func asks(asDid other: PairingItem) -> Bool {
    isLike(other) && method == other.method && host == other.host && port == other.port
      && userAgent == other.userAgent
  }

  /// Whether both came from one page, as far as is recorded.
  fileprivate func isLike(_ other: PairingItem) -> Bool { origin == other.origin && manner.isLike(other.manner) }
}
