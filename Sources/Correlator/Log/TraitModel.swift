/// How much a trait of two items speaks for a pair: learned, since it differs from site to site.
///
/// Credentialed requests travel on another connection than their preflight, and some methods seldom come without one.
struct TraitModel {
  private struct Counts {
    var pairs = 0.0
    var strangers = 0.0

    mutating func add(_ relation: Relation, _ weight: Double) {
      switch relation {
      case .pair: pairs += weight
      case .stranger: strangers += weight
      }
    }
  }

  /// How many of each relation are taken to have shown every trait as often as the other relation did.
  private static let worth = 2.0
  /// Requests' methods are texts of strangers: so many kinds are told apart.
  private static let mostMethods = 64

  private var connections = (same: Counts(), other: Counts())
  private var methods: [UInt32: Counts] = [:]
  private var announced = Counts()

  /// Counts two that are to each other what `relation` says, as far as `weight` says so.
  mutating func learn(_ preflight: PairingItem, _ request: PairingItem, _ relation: Relation, _ weight: Double) {
    if preflight.connection != 0, request.connection != 0 {
      if preflight.connection == request.connection {
        connections.same.add(relation, weight)
      } else {
        connections.other.add(relation, weight)
      }
    }
    // Where the preflight names the method, there is nothing left to learn from it.
    guard preflight.method == 0, methods[request.method] != nil || methods.count < TraitModel.mostMethods else {
      return
    }
    methods[request.method, default: Counts()].add(relation, weight)
    announced.add(relation, weight)
  }

  /// How much likelier the two show what they show if they are a pair than if they are strangers; never 0, to rule no pair out.
  func ratio(_ preflight: PairingItem, _ request: PairingItem) -> Double {
    var ratio = 1.0
    if preflight.connection != 0, request.connection != 0 {
      let isSame = preflight.connection == request.connection
      let seen = isSame ? connections.same : connections.other
      ratio = TraitModel.ratio(seen, of: connections.same, connections.other)
    }
    guard preflight.method == 0, let seen = methods[request.method] else { return ratio }
    return ratio * TraitModel.ratio(seen, of: announced, Counts())
  }

  private static func ratio(_ seen: Counts, of one: Counts, _ other: Counts) -> Double {
    let pairs = one.pairs + other.pairs
    let strangers = one.strangers + other.strangers
    let common = (max(0, seen.pairs) + max(0, seen.strangers) + worth) / (pairs + strangers + 2 * worth)
    let ofPairs = (max(0, seen.pairs) + worth * common) / (pairs + worth)
    let ofStrangers = (max(0, seen.strangers) + worth * common) / (strangers + worth)
    return ofPairs / ofStrangers
  }
}
