/// Ties preflights in server logs to the requests that followed them.
///
/// Items come in the order of their `time`, twice: once to learn, once to decide. Memory holds what is open at one moment. The
/// result depends on the items alone: not on the order of the inputs, nor on any clock.
package struct LogPairing {
  /// The prior chance that a preflight of unknown fate is not followed.
  private static let chanceAlone = 0.065
  /// At most this many passed preflights are remembered for the cache.
  private static let rememberedGrants = 200_000

  private var model: GapModel
  private var connections = ConnectionModel()
  private var open: [UInt64: PairingGroup] = [:]
  /// When to look at a group again, in order of time.
  private var idle: [(key: UInt64, until: Int64)] = []
  private var idleStart = 0
  private var grants: [UInt64: Grant] = [:]
  private var isLearning = true

  private struct Grant {
    let preflight: Int64
    let until: Int64
  }

  /// `granularity`: the coarsest clock's step; `knowsStart`: whether every item's start is known; `severalClocks`: whether items
  /// of one site come from more than one machine.
  package init(granularity: Int64, knowsStart: Bool, severalClocks: Bool) {
    model = GapModel(granularity: granularity, knowsStart: knowsStart, severalClocks: severalClocks)
  }

  /// The first pass.
  package mutating func learn(_ item: PairingItem) {
    advance(to: item.time) { _ in }
    put(item)
  }

  /// Ends the first pass.
  package mutating func settle() {
    for key in open.keys.sorted() { learn(from: key, now: .max) }
    open = [:]
    idle = []
    idleStart = 0
    model.settle()
    isLearning = false
  }

  /// The second pass.
  package mutating func decide(_ item: PairingItem, emit: (PairingResult) -> Void) {
    advance(to: item.time, emit: emit)
    put(item)
  }

  /// Ends the second pass.
  package mutating func finish(emit: (PairingResult) -> Void) {
    for key in open.keys.sorted() { resolve(key, now: .max, emit: emit) }
    open = [:]
  }

  private mutating func put(_ item: PairingItem) {
    let isNew = open[item.key] == nil
    open[item.key, default: PairingGroup()].take(item)
    if isNew { idle.append((item.key, item.time + model.latest - model.earliest)) }
  }

  /// Closes every group whose wait is over.
  private mutating func advance(to time: Int64, emit: (PairingResult) -> Void) {
    while idleStart < idle.count, idle[idleStart].until < time {
      let key = idle[idleStart].key
      idleStart += 1
      if isLearning {
        learn(from: key, now: time)
      } else {
        resolve(key, now: time, emit: emit)
      }
      if open[key]?.isEmpty == false {
        idle.append((key, time + (model.latest - model.earliest) / 2))
      } else {
        open[key] = nil
      }
    }
    if idleStart > 4096, idleStart * 2 > idle.count {
      idle.removeFirst(idleStart)
      idleStart = 0
    }
  }
}

// Learning: pairs that have no rival.
extension LogPairing {
  private mutating func learn(from key: UInt64, now: Int64) {
    guard var group = open[key] else { return }
    let closed = now == .max ? Int64.max : now - model.latest
    for preflight in group.preflights where preflight.time < closed && !preflight.isSeen {
      let near = group.requests.filter { model.admits($0.time - preflight.time) && $0.fits(preflight) }
      guard near.count == 1, let request = near.first else { continue }
      let rivals = group.preflights.count { model.admits(request.time - $0.time) && request.fits($0) }
      guard rivals == 1 else { continue }
      let gap = request.time - preflight.time
      model.learn(gap, preflight.clocks(with: request))
      connections.learn(preflight, request, gap: gap)
    }
    group.markSeen(before: closed)
    group.drop(before: now == .max ? .max : now - 2 * (model.latest - model.earliest))
    open[key] = group
  }
}

// Deciding: the assignment that explains most.
extension LogPairing {
  private mutating func resolve(_ key: UInt64, now: Int64, emit: (PairingResult) -> Void) {
    guard var group = open[key] else { return }
    let closed = now == .max ? Int64.max : now - model.latest
    if group.preflights.contains(where: { $0.time < closed }) {
      let gains = gains(group)
      let matches = Component.split(gains).flatMap { $0.assignment(gains) }
      var partner: [Int: Int] = [:]
      for (row, column) in matches { partner[row] = column }
      var done = Set<Int>()
      for (row, preflight) in group.preflights.enumerated() where preflight.time < closed {
        guard let column = partner[row] else {
          emit(.alone(preflight: preflight.id, probability: Confidence.alone(gains, row: row)))
          continue
        }
        let request = group.requests[column]
        done.insert(column)
        emit(
          .pair(
            preflight: preflight.id, request: request.id,
            confidence: Confidence.pair(gains, row: row, column: column), gap: request.time - preflight.time))
        remember(preflight, key: key)
      }
      group.preflights.removeAll { $0.time < closed }
      group.requests = group.requests.enumerated().filter { !done.contains($0.offset) }.map(\.element)
    }
    let old = now == .max ? Int64.max : now - model.latest + model.earliest
    for request in group.requests where request.time < old {
      let grant = grants[key].flatMap { $0.until >= request.time ? $0.preflight : nil }
      emit(.unannounced(request: request.id, grant: grant))
    }
    group.drop(before: old)
    open[key] = group
  }

  private mutating func remember(_ preflight: PairingItem, key: UInt64) {
    if grants.count >= LogPairing.rememberedGrants {
      grants = grants.filter { $0.value.until >= preflight.end }
      if grants.count >= LogPairing.rememberedGrants { grants = [:] }
    }
    let lifetime = preflight.lifetime < 0 ? PreflightCache.standard : preflight.lifetime
    grants[key] = Grant(preflight: preflight.id, until: preflight.end + lifetime + preflight.granularity)
  }

  /// By preflight and request: the logarithm of how much likelier the two are a pair than strangers.
  private func gains(_ group: PairingGroup) -> [[Double]] {
    let window = Double(model.latest - model.earliest) / 1_000_000
    let strangers = (Double(max(0, group.requests.count - group.preflights.count)) + 0.3) / window
    let prior = log((1 - LogPairing.chanceAlone) / LogPairing.chanceAlone) - log(strangers)
    return group.preflights.map { preflight in
      group.requests.map { request in
        let gap = request.time - preflight.time
        guard model.admits(gap), request.fits(preflight) else { return -.infinity }
        let density = model.density(gap, preflight.clocks(with: request))
        return density > 0 ? log(density) + prior + connections.gain(preflight, request) : -.infinity
      }
    }
  }
}
