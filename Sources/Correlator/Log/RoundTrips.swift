/// How long a client's requests take to follow their preflights: a network round trip, mostly, which differs much from client to
/// client, and little from one of its requests to the next.
///
/// What else the client did near a preflight tells when its request is to be expected: by the gaps between its other preflights and
/// requests, taken as they come, whoever they turn out to belong to. How much that says the log teaches: behind one address may be
/// many clients.
struct RoundTrips {
  /// A request behind a preflight of the same client, which may be its own.
  struct Trip {
    let preflight: Int64
    let request: Int64
    /// The preflight's.
    let time: Int64
    let gap: Int64
  }

  /// A possible pair.
  struct Candidate {
    let request: Int64
    let gap: Int64
    /// How likely a pair of any client has this gap, per second.
    let usual: Double
  }

  /// Microseconds: for how long a client's way to the server is taken to stay as it is, the longest gap that may be a round trip, and
  /// the coarsest clock that shows one.
  private static let reach: Int64 = 60_000_000
  private static let longest: Int64 = 1_000_000
  private static let coarsest: Int64 = 20_000
  /// So many preflights are looked back at from a request, so many trips of a client are kept at least, and so many are asked.
  private static let most = (preflights: 8, kept: 64, asked: 8)
  /// So many trips are of no account to memory.
  private static let few = 10_000
  /// What is taken to be true beforehand, and for how many pairs it counts.
  private static let prior = (share: 0.5, spread: 0.02, worth: 20.0)

  private let areTold: Bool
  private let leastSpread: Double
  private var trips: [UInt64: [Trip]] = [:]
  private var noted = 0
  private var leftBySweep = 0
  /// Sums over pairs: their number, how many took as long as others of their client, and by how many seconds these differed.
  private var sums = (pairs: 0.0, alike: 0.0, seconds: 0.0)
  /// What part of the pairs takes as long as others of their client, and by how many seconds these differ.
  private var share = prior.share
  private var spread = prior.spread

  /// `granularity` is the coarsest clock's; `areTold` whether one clock tells when each request began.
  init(granularity: Int64, areTold: Bool) {
    self.areTold = areTold && granularity <= RoundTrips.coarsest
    leastSpread = max(0.005, Double(granularity) / 1_000_000)
  }

  /// Takes note of a request and of the preflights that are open before it.
  mutating func note(_ request: PairingItem, behind preflights: [PairingItem]) {
    guard areTold else { return }
    for preflight in preflights.suffix(RoundTrips.most.preflights) {
      let gap = request.time - preflight.time
      guard gap <= RoundTrips.longest, request.fits(preflight) else { continue }
      let trip = Trip(preflight: preflight.id, request: request.id, time: preflight.time, gap: gap)
      var own = trips.removeValue(forKey: preflight.client) ?? []
      if own.count >= 2 * RoundTrips.most.kept { own.removeFirst(RoundTrips.most.kept) }
      own.append(trip)
      trips[preflight.client] = own
      noted += 1
    }
    if noted > 2 * leftBySweep + RoundTrips.few { sweep(request.time) }
  }

  /// Forgets clients that were not heard of for long: memory is bounded by who is there at one time.
  private mutating func sweep(_ now: Int64) {
    trips = trips.filter { $0.value.last.map { now - $0.time < 2 * RoundTrips.reach } ?? false }
    leftBySweep = count
    noted = leftBySweep
  }

  /// How many trips are in memory.
  var count: Int { trips.values.reduce(0) { $0 + $1.count } }

  mutating func forgetTrips() {
    trips = [:]
    (noted, leftBySweep) = (0, 0)
  }

  /// The client's trips that are nearest in time to a preflight, its own left out.
  func near(_ preflight: PairingItem) -> [Trip] {
    guard let all = trips[preflight.client] else { return [] }
    func distance(_ trip: Trip) -> Int64 { abs(trip.time - preflight.time) }
    let others = all.filter { $0.preflight != preflight.id && distance($0) < RoundTrips.reach }
    guard others.count > RoundTrips.most.asked else { return others }
    return Array(
      others.sorted { (distance($0), $0.request) < (distance($1), $1.request) }.prefix(RoundTrips.most.asked))
  }

  /// How many times likelier these trips make the candidate's gap than it is of any client.
  func ratio(_ candidate: Candidate, near: [Trip]) -> Double {
    guard let likeness = likeness(candidate, near) else { return 1 }
    return 1 - share + share * likeness.density / candidate.usual
  }

  /// Counts a pair, as far as `weight` says that it is one.
  mutating func learn(_ candidate: Candidate, near: [Trip], _ weight: Double) {
    guard let likeness = likeness(candidate, near) else { return }
    let alike = share * likeness.density
    let part = weight * alike / (alike + (1 - share) * candidate.usual)
    sums.pairs += weight
    sums.alike += part
    sums.seconds += part * likeness.apart
  }

  /// Takes over what was counted; it counts half from now on.
  mutating func settle() {
    let prior = RoundTrips.prior
    share = (sums.alike + prior.share * prior.worth) / (sums.pairs + prior.worth)
    spread = max(leastSpread, (sums.seconds + prior.spread * prior.worth) / (sums.alike + prior.worth))
    sums = (sums.pairs / 2, sums.alike / 2, sums.seconds / 2)
  }

  /// How likely the gap would be if the client's requests took as long as these, per second, and by how many seconds it differs from
  /// them, those counting most that it differs from least; `nil` where there are none.
  ///
  private func likeness(_ candidate: Candidate, _ near: [Trip]) -> (density: Double, apart: Double)? {
    var (count, sum, seconds) = (0.0, 0.0, 0.0)
    // A request that is this preflight's is no other's.
    for trip in near where trip.request != candidate.request {
      let apart = Double(abs(trip.gap - candidate.gap)) / 1_000_000
      let weight = RoundTrips.weight(apart / spread)
      count += 1
      sum += weight
      seconds += weight * apart
    }
    guard count > 0 else { return nil }
    return (sum / count / (2 * spread), seconds / sum)
  }

  /// How a difference between two gaps is spread, as those of waits of a random length are, but for a heavier tail: e^(-x), of which
  /// (1 + x/15)^(-16) is as good as that, and has the same integral.
  private static func weight(_ x: Double) -> Double {
    var power = 1 + x / 15
    for _ in 0..<4 { power *= power }
    return 1 / power
  }
}
