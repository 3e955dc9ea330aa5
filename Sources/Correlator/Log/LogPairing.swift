/// Ties preflights in server logs to the requests that followed them.
///
/// Items come in the order of their `time`, twice: once to learn, once to decide. Memory holds what is open at one moment. The
/// result depends on the items alone: not on the order of the inputs, nor on any clock.
package struct LogPairing {
  /// At most this many passed preflights are remembered for the cache.
  private static let rememberedGrants = 200_000

  private var model: PairingModel
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
  /// of one site come from more than one machine's clock.
  package init(granularity: Int64, knowsStart: Bool, severalClocks: Bool) {
    model = PairingModel(
      gaps: GapModel(granularity: granularity, knowsStart: knowsStart, severalClocks: severalClocks),
      trips: RoundTrips(granularity: granularity, areTold: knowsStart && !severalClocks))
  }

  /// The first pass.
  package mutating func learn(_ item: PairingItem) {
    advance(to: item.time) { _ in }
    put(item) { _ in }
  }

  /// Ends the first pass.
  package mutating func settle() {
    finish { _ in }
    idle = []
    idleStart = 0
    model.settle()
    model.forgetNotes()
    isLearning = false
  }

  /// The second pass.
  package mutating func decide(_ item: PairingItem, emit: (PairingResult) -> Void) {
    advance(to: item.time, emit: emit)
    put(item, emit: emit)
  }

  /// Ends the second pass.
  package mutating func finish(emit: (PairingResult) -> Void) {
    for key in open.keys.sorted() { resolve(key, closed: .max, emit: emit) }
    open = [:]
  }

  private mutating func put(_ item: PairingItem, emit: (PairingResult) -> Void) {
    if item.role == .request, let group = open[item.key] { model.note(item, in: group) }
    if let isFull = open[item.key]?.take(item) {
      // Of a crowd the older half is decided early: memory is bounded, and most of what follows has followed by then.
      if isFull, let crowd = open[item.key] { resolve(item.key, closed: crowd.half(model.gaps), emit: emit) }
      return
    }
    var group = PairingGroup()
    group.take(item)
    open[item.key] = group
    idle.append((item.key, item.time + model.gaps.latest - model.gaps.earliest))
  }

  /// Closes every group whose wait is over.
  private mutating func advance(to time: Int64, emit: (PairingResult) -> Void) {
    while idleStart < idle.count, idle[idleStart].until < time {
      let key = idle[idleStart].key
      idleStart += 1
      resolve(key, closed: time - model.gaps.latest, emit: emit)
      if open[key] != nil { idle.append((key, time + (model.gaps.latest - model.gaps.earliest) / 2)) }
    }
    if idleStart > 4096, idleStart * 2 > idle.count {
      idle.removeFirst(idleStart)
      idleStart = 0
    }
  }
}

// Closing a group, in both passes.
extension LogPairing {
  private mutating func resolve(_ key: UInt64, closed: Int64, emit: (PairingResult) -> Void) {
    guard var group = open.removeValue(forKey: key) else { return }
    if isLearning, group.isCrowd {
      group.preflights.removeAll { $0.time < closed }
    } else if group.preflights.contains(where: { $0.time < closed }) {
      let matching = model.matching(group)
      if isLearning { model.learn(group, matching, closed: closed) }
      let done = decide(group, matching, closed: closed, emit: emit)
      group.preflights.removeAll { $0.time < closed }
      group.leaveOut(done)
    }
    let old = closed == .max ? closed : closed + model.gaps.earliest
    for request in group.requests where request.time < old {
      let grant = grants[key].flatMap { $0.until >= request.time ? $0.preflight : nil }
      emit(.unannounced(request: request.id, grant: grant))
    }
    group.drop(before: old)
    if !group.isEmpty { open[key] = group }
  }

  /// Decides on the preflights that no more requests can come for; answers which requests they take.
  private mutating func decide(
    _ group: PairingGroup, _ matching: Matching, closed: Int64, emit: (PairingResult) -> Void
  ) -> [Int] {
    let chosen = matching.chosen()
    var done: [Int] = []
    for (row, preflight) in group.preflights.enumerated() where preflight.time < closed {
      guard let pair = chosen[row] else {
        let isAlone = matching.isAlone(row)
        emit(
          isAlone
            ? .alone(preflight: preflight.id, probability: matching.alone[row]) : .undecided(preflight: preflight.id))
        continue
      }
      let request = group.requests[pair.column]
      done.append(pair.column)
      emit(
        .pair(
          preflight: preflight.id, request: request.id, confidence: pair.probability,
          gap: request.time - preflight.time))
      if !isLearning { remember(preflight) }
    }
    return done
  }

  private mutating func remember(_ preflight: PairingItem) {
    if grants.count >= LogPairing.rememberedGrants {
      grants = grants.filter { $0.value.until >= preflight.end }
      if grants.count >= LogPairing.rememberedGrants { grants = [:] }
    }
    let lifetime = preflight.lifetime < 0 ? PreflightCache.standard : preflight.lifetime
    grants[preflight.key] = Grant(preflight: preflight.id, until: preflight.end + lifetime + preflight.granularity)
  }
}
