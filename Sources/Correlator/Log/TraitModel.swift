/// How much a trait of two items speaks for a pair: learned, since it differs from site to site.
///
/// Credentialed requests travel on another connection than their preflight, and some methods, and some answers, seldom come without
/// one. A preflight mostly has its request's protocol, and a referer where that has one.
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
  /// The same for answers: they differ less, and few strangers show it.
  private static let worthOfAnswers = 50.0
  /// Requests' methods are texts of strangers: so many kinds are told apart.
  private static let mostMethods = 64

  /// A trait that both show, and that is the same for both, or another.
  private struct Likeness {
    private var same = Counts()
    private var other = Counts()

    /// 0 stands for what was not recorded.
    mutating func learn<Trait: BinaryInteger>(_ one: Trait, _ another: Trait, _ relation: Relation, _ weight: Double) {
      guard one != 0, another != 0 else { return }
      if one == another { same.add(relation, weight) } else { other.add(relation, weight) }
    }

    func ratio<Trait: BinaryInteger>(_ one: Trait, _ another: Trait) -> Double {
      guard one != 0, another != 0 else { return 1 }
      return TraitModel.ratio(one == another ? same : other, of: same, other)
    }
  }

  private var connections = Likeness()
  private var protocols = Likeness()
  private var referers = Likeness()
  private var methods: [UInt32: Counts] = [:]
  private var announced = Counts()
  /// By `PairingManner.answer`.
  private var answers = [Counts](repeating: Counts(), count: 8)
  private var answered = Counts()

  /// Counts two that are to each other what `relation` says, as far as `weight` says so.
  mutating func learn(_ preflight: PairingItem, _ request: PairingItem, _ relation: Relation, _ weight: Double) {
    connections.learn(preflight.connection, request.connection, relation, weight)
    protocols.learn(preflight.manner.protocolVersion, request.manner.protocolVersion, relation, weight)
    referers.learn(preflight.manner.referer, request.manner.referer, relation, weight)
    if request.manner.answer != 0 {
      answers[Int(request.manner.answer)].add(relation, weight)
      answered.add(relation, weight)
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
    let answer = request.manner.answer
    let ratio =
      (answer == 0
        ? 1 : TraitModel.ratio(answers[Int(answer)], of: answered, Counts(), worth: TraitModel.worthOfAnswers))
      * connections.ratio(preflight.connection, request.connection)
      * protocols.ratio(preflight.manner.protocolVersion, request.manner.protocolVersion)
      * referers.ratio(preflight.manner.referer, request.manner.referer)
    guard preflight.method == 0, let seen = methods[request.method] else { return ratio }
    return ratio * TraitModel.ratio(seen, of: announced, Counts())
  }

  private static func ratio(
    _ seen: Counts, of one: Counts, _ other: Counts, worth: Double = TraitModel.worth
  ) -> Double {
    let pairs = one.pairs + other.pairs
    let strangers = one.strangers + other.strangers
    let common = (max(0, seen.pairs) + max(0, seen.strangers) + worth) / (pairs + strangers + 2 * worth)
    let ofPairs = (max(0, seen.pairs) + worth * common) / (pairs + worth)
    let ofStrangers = (max(0, seen.strangers) + worth * common) / (strangers + worth)
    return ofPairs / ofStrangers
  }
}
