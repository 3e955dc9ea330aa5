/// What pairs and strangers are like in this log. Nothing but the log teaches it: what it takes for a pair, as far as it takes it
/// for one, tells what pairs are like, and the rest what strangers are (expectation and maximisation, in steps that grow with
/// what was seen).
struct PairingModel {
  /// A pair less likely than this is none to reckon with; in a crowd, which has very many of them, already one less likely than
  /// the other number.
  private static let leastWeight = (alone: 0.001, inCrowd: 0.02)
  private static let crowd = 200

  private(set) var gaps: GapModel
  private var traits = TraitModel()
  private var aftermaths = AftermathModel()
  private var fates = FateModel()
  private var strangers = StrangerRate()
  private var trips: RoundTrips
  private var seen = 0
  /// The next is a quarter further on: few steps leave much of what was believed beforehand.
  private var nextStep = 100

  init(gaps: GapModel, trips: RoundTrips) {
    self.gaps = gaps
    self.trips = trips
  }

  /// Takes note of a request that comes to a group.
  mutating func note(_ request: PairingItem, in group: PairingGroup) { trips.note(request, behind: group.preflights) }

  /// Forgets what was noted of single requests, to go through them again.
  mutating func forgetNotes() { trips.forgetTrips() }

  private func seconds(_ group: PairingGroup) -> Double {
    Double(max(gaps.latest - gaps.earliest, group.span)) / 1_000_000
  }

  /// How many requests without a preflight of their own come per second.
  private func rate(_ group: PairingGroup) -> Double {
    strangers.rate(max(0, group.requests.count - group.preflights.count), in: seconds(group))
  }

  /// How probable the possible pairs of a group are.
  func matching(_ group: PairingGroup) -> Matching {
    let rate = rate(group)
    let least =
      group.requests.count < PairingModel.crowd ? PairingModel.leastWeight.alone : PairingModel.leastWeight.inCrowd
    // What comes unasked for, with a method that was announced, comes in company of a request that was let through.
    let hasCompany = group.requests.count > group.preflights.count
    var pairs: [Matching.Pair] = []
    for (row, preflight) in group.preflights.enumerated() {
      let places = group.candidates(for: preflight, gaps)
      guard !places.isEmpty else { continue }
      var followed = fates.followed(preflight.subject)
      // One request, which is its own if any is, leaves nothing to come after.
      if group.preflights.count > 1 || places.count > 1 { followed *= aftermaths.ratio(group.aftermath(of: row, gaps)) }
      let near = trips.near(preflight)
      for column in places {
        let request = group.requests[column]
        guard request.fits(preflight) else { continue }
        let gap = request.time - preflight.time
        let inCompany = hasCompany || preflight.method == 0
        let weight =
          followed * gaps.ratio(gap, preflight.clocks(with: request), strangers: rate, inCompany: inCompany)
          * traits.ratio(preflight, request) * trips.ratio(candidate(preflight, request), near: near)
        if weight > least {
          pairs.append(Matching.Pair(row: row, column: column, weight: weight))
        }
      }
    }
    return Matching(pairs, rows: group.preflights.count, columns: group.requests.count)
  }

  private func candidate(_ preflight: PairingItem, _ request: PairingItem) -> RoundTrips.Candidate {
    let gap = request.time - preflight.time
    return RoundTrips.Candidate(
      request: request.id, gap: gap, usual: gaps.density(gap, preflight.clocks(with: request)))
  }

  /// Learns from the preflights of a group that no more requests can come for.
  mutating func learn(_ group: PairingGroup, _ matching: Matching, closed: Int64) {
    let rate = rate(group)
    let strange = matching.strangers(group.requests.count)
    // How many strangers came before each request.
    var before = [Double](repeating: 0, count: strange.count + 1)
    for (column, strange) in strange.enumerated() { before[column + 1] = before[column] + strange }
    var (preflights, late) = (0.0, 0.0)
    for (row, preflight) in group.preflights.enumerated() where preflight.time < closed {
      preflights += 1
      let places = group.late(after: preflight, gaps)
      late += before[places.upperBound] - before[places.lowerBound]
      for column in group.candidates(for: preflight, gaps) where group.requests[column].fits(preflight) {
        let request = group.requests[column]
        gaps.learn(request.time - preflight.time, preflight.clocks(with: request), .stranger, strange[column])
        traits.learn(preflight, request, .stranger, strange[column])
      }
      gaps.expect(rate, preflight.source)
      aftermaths.learn(group.aftermath(of: row, gaps), alone: matching.alone[row])
      fates.add(matching.alone[row], preflight.subject)
      seen += 1
    }
    for pair in matching.pairs where group.preflights[pair.row].time < closed {
      let (preflight, request) = (group.preflights[pair.row], group.requests[pair.column])
      gaps.learn(request.time - preflight.time, preflight.clocks(with: request), .pair, pair.probability)
      traits.learn(preflight, request, .pair, pair.probability)
      trips.learn(candidate(preflight, request), near: trips.near(preflight), pair.probability)
    }
    if preflights > 0 {
      strangers.add(late / preflights, in: Double(gaps.latest - gaps.late) / 1_000_000)
    }
    if seen >= nextStep {
      settle()
      nextStep += nextStep / 4
    }
  }

  /// Takes over what was counted; what an older state of the model made of the log counts half from now on.
  mutating func settle() {
    gaps.settle()
    fates.settle()
    aftermaths.settle()
    strangers.settle()
    trips.settle()
  }
}

/// What two items are to each other, for what is learned of them.
enum Relation {
  case pair
  case stranger
}
