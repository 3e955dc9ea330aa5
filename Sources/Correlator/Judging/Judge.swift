import Evidence
import Fetch

/// The decision on one scene.
package struct Ruling: Sendable {
  package var decision: Verdict.Decision
  package var reason: ReasonKey?
  package var phase: Verdict.Phase?
  package var certainty: Verdict.Certainty
  package var candidates: [ReasonKey] = []
  package var engines: PerEngine<Verdict.Decision>
  package var chromiumError: ChromiumError?
  /// The credentials modes that are left: `true` is `include`.
  var includes: [Bool] = []
  /// Inferences that the ruling rests on, and marks that it heeds.
  var facts: [Fact] = []

  init(_ decision: Verdict.Decision, phase: Verdict.Phase?, certainty: Verdict.Certainty) {
    self.decision = decision
    self.phase = phase
    self.certainty = certainty
    engines = PerEngine(chromium: decision, firefox: decision, webkit: decision)
  }
}

/// Decides scenes: pure, and the same for a HAR with every header and a log with none.
package enum Judge {
  package static func rule(on scene: Scene) -> Ruling {
    if let ruling = outsideCORS(scene) { return ruling }
    if scene.engine == .firefox, scene.capture.corsIsDisabled { return disabled(scene) }
    if let ruling = withoutOrigin(scene) { return ruling }
    if case .cors(let reasons) = scene.request?.failureMark { return spoken(scene, reasons) }
    let asked = scene.engine.map { [$0] } ?? Engine.allCases
    let ruling = merge(asked.map { Analysis(scene, by: $0) }, scene)
    if scene.mayBeLeftToWorker { return leftOpen(ruling, by: .leftToWorker, or: .didNotSucceed) }
    if scene.mayBeAbandoned { return leftOpen(ruling, by: .clientGone, or: .didNotSucceed) }
    guard ruling.decision == .blocked else { return ruling }
    if scene.mayHavePermission { return leftOpen(ruling, by: .mayHavePermission) }
    if scene.mayBeAskedAgain(scene.credentials.possible) { return leftOpen(ruling, by: .mayBeAskedAgain) }
    if scene.mayBeUnbound { return leftOpen(ruling, by: .mayBeUnbound) }
    return scene.mayBeOutsideCORS ? leftOpen(ruling, by: .mayBeOutsideCORS) : ruling
  }

  private static func merge(_ analyses: [Analysis], _ scene: Scene) -> Ruling {
    let first = analyses[0]
    var ruling = Ruling(.undetermined, phase: first.phase, certainty: .possible)
    ruling.includes = first.includes
    let decisions = analyses.map { $0.isUnexplained ? .undetermined : $0.outcomes.decision }
    ruling.decision = decisions.allSatisfy { $0 == decisions[0] } ? decisions[0] : .undetermined
    ruling.candidates = candidates(analyses)
    if scene.progress == .announced, analyses.contains(where: { $0.unaided.canPass }) {
      ruling.candidates += hidden(in: scene).filter { !ruling.candidates.contains($0) }
    }
    let isTyped = scene.request?.kind == .script || scene.request?.kind == .stylesheet
    if ruling.decision == .blocked, scene.mayBeUnfit, isTyped, !ruling.candidates.contains(.didNotSucceed) {
      ruling.candidates.append(.didNotSucceed)
    }
    // A preflight that passes decides nothing of a request that was not seen.
    if scene.progress == .announced, ruling.decision == .allowed { ruling.decision = .undetermined }
    // The page may have asked for that, or for an error, or was left.
    if ruling.decision == .allowed, scene.isUnfollowed {
      ruling.decision = .undetermined
      ruling.candidates = [.didNotSucceed]
    }
    if ruling.decision == .blocked {
      ruling.reason = analyses.compactMap { $0.likeliest?.reason }.mostFrequent ?? ruling.candidates.first
      let isSingle = ruling.candidates.count == 1 && analyses.allSatisfy { $0.outcomes.count == 1 }
      // That nothing followed a preflight is a suspicion: its page may have been left.
      let isSuspicion = scene.progress == .announced && analyses.contains { $0.unaided.canPass }
      let mayBeWorkers = scene.storedFrom != nil && scene.isOfWorkersPage
      if isSingle, !isSuspicion, !mayBeWorkers { ruling.certainty = isCertain(analyses, scene) ? .certain : .inferred }
    } else if ruling.decision == .allowed {
      ruling.candidates = []
      ruling.certainty = isCertain(analyses, scene) ? .certain : .inferred
    }
    if let reason = ruling.reason, ruling.candidates.count > 1 {
      ruling.candidates = [reason] + ruling.candidates.filter { $0 != reason }
    } else if ruling.decision == .blocked {
      ruling.candidates = []
    }
    fillEngines(&ruling, analyses, scene)
    ruling.facts = facts(analyses, scene, ruling)
    return ruling
  }

  private static func candidates(_ analyses: [Analysis]) -> [ReasonKey] {
    var found: [ReasonKey] = []
    for analysis in analyses {
      for outcome in [analysis.likeliest].compactMap({ $0 }) + analysis.outcomes.elements {
        if let reason = outcome.reason, !found.contains(reason) { found.append(reason) }
      }
    }
    return found
  }

  /// Whether the recorded bytes alone give this outcome, whatever was not recorded.
  private static func isCertain(_ analyses: [Analysis], _ scene: Scene) -> Bool {
    let sure = analyses.allSatisfy { analysis in
      !analysis.restsOnSilence && (analysis.isMarked || analysis.unaided == analysis.outcomes)
    }
    guard sure else { return false }
    if analyses.allSatisfy(\.isMarked) { return true }
    if scene.isUnread, analyses.contains(where: \.outcomes.canPass) { return false }
    guard scene.originIsRecorded, scene.modeIsRecorded, scene.pairing >= 0.9 else { return false }
    guard !hidesDuplicates(scene), !mayBeSwitchedOff(scene), !scene.mayBeMerged else { return false }
    guard LogAssumptions.of(scene).isEmpty, scene.profile.isBrowserTraffic else { return false }
    let mayBeUndone = scene.mayBeRewritten || scene.mayBeAskedAgain(scene.credentials.recordedPossible)
    if mayBeUndone, analyses.contains(where: \.outcomes.canFail) { return false }
    if mayBeLeft(scene), analyses.contains(where: \.outcomes.canPass) { return false }
    guard !mayBeRedirect(scene), !mayBeUnwanted(scene), !scene.mayBeUnfit, !scene.mayBeAtHome,
      scene.storedFrom == nil, !scene.isOneTooMany
    else {
      return false
    }
    // To a page that asked for redirects unfollowed, Firefox calls a preflight's redirect a wrong status.
    if analyses.contains(where: { $0.outcomes == [.reason(.externalRedirectNotAllowed)] }) { return false }
    return !(mayBeManual(scene) && analyses.contains { $0.outcomes.refusesRedirect })
  }

  /// A redirect that leads nowhere is an answer like others, but to a page that asked for an error in place of one.
  private static func mayBeUnwanted(_ scene: Scene) -> Bool {
    guard let request = scene.request, request.outcome == .notMarked, request.redirectTarget == nil else {
      return false
    }
    return request.status.map(Redirect.isRedirectStatus) ?? false
  }

  /// A redirect that nothing shows to have been followed: the page may have wanted an error in its place.
  private static func mayBeLeft(_ scene: Scene) -> Bool {
    guard let request = scene.request, request.outcome == .notMarked, request.redirectTarget != nil else {
      return false
    }
    // Firefox's files tell more: whether the hop was made at all. Logs tell nothing of other servers.
    return !scene.isFollowed && scene.profile.recorder != .firefox && scene.profile.recorder != .server
  }

  /// An answer whose status was lost, with a target that may have been refused.
  private static func mayBeRedirect(_ scene: Scene) -> Bool {
    scene.request?.status == nil && scene.request?.response.list.contains(.location) == true
  }

  /// A page that asked for redirects unfollowed gets one to anywhere: only a mark tells that this was refused, its own or the next hop's.
  static func mayBeManual(_ scene: Scene) -> Bool {
    guard scene.redirectRefusal != nil else { return false }
    return scene.request?.outcome == .notMarked || scene.request?.outcome == .succeeded && !scene.showsRefusedHop
  }

  /// A recorder that keeps one of several equal fields can hide the one that decided.
  static func hidesDuplicates(_ scene: Scene) -> Bool {
    [scene.request?.response, scene.preflight?.response].contains { headers in
      guard let headers, headers.list.contains(.accessControlAllowOrigin) else { return false }
      switch headers.duplicates {
      case .kept, .joined, .respelled: return false
      case .firstOnly, .lastOnly, .unknown: return true
      }
    }
  }

  /// What a preflight that passes as far as it was logged can have been refused for all the same: a field that two layers wrote, of
  /// which the log keeps one; and what its request can have been, where those that failed are left out.
  private static func hidden(in scene: Scene) -> [ReasonKey] {
    if scene.failuresAreLeftOut {
      return [
        .missingAllowOrigin, .allowOriginNotMatchingOrigin, .notSupportingCredentials, .missingAllowCredentials,
        .multipleAllowOriginNotAllowed, .didNotSucceed,
      ]
    }
    guard hidesDuplicates(scene), let preflight = scene.preflight else { return [] }
    let isLowerCase = preflight.httpVersion == .http2 || preflight.httpVersion == .http3
    let origin: ReasonKey =
      scene.engine == .firefox && isLowerCase ? .allowOriginNotMatchingOrigin : .multipleAllowOriginNotAllowed
    return preflight.response.list.contains(.accessControlAllowCredentials)
      ? [origin, .missingAllowCredentials] : [origin]
  }

  /// Firefox blocks everything under `content.cors.disable`, and shows it nowhere but in the absence of preflights.
  static func mayBeSwitchedOff(_ scene: Scene) -> Bool {
    scene.profile.recorder == .firefox && !scene.capture.preflightsAreMade
  }

  private static func fillEngines(_ ruling: inout Ruling, _ analyses: [Analysis], _ scene: Scene) {
    let needsNoChecks = scene.preflight == nil && !scene.beganAtHome && !scene.isRelieved
    if ruling.decision == .allowed, needsNoChecks, scene.answer.isPlain {
      // One line that names the origin, or `*`, is the same to every engine.
      ruling.engines = PerEngine(chromium: .allowed, firefox: .allowed, webkit: .allowed)
      return
    }
    for engine in Engine.allCases {
      let own = analyses.first { $0.engine == engine }
      let analysis = own ?? Analysis(scene, by: engine, includes: ruling.includes, observing: false)
      var decision = analysis.isUnexplained ? .undetermined : analysis.outcomes.decision
      if analyses.count == 1, own != nil { decision = ruling.decision }
      if own == nil, scene.progress == .silent { decision = .undetermined }
      // What came between there may come between here, a page that wants no redirects or another policy than CORS, and what did not
      // may: a preflight.
      let isOpen = scene.isUnfollowed || scene.isRelieved || analyses.contains(where: \.isUnexplained)
      if own == nil, isOpen, decision == .allowed { decision = .undetermined }
      ruling.engines[engine] = decision
      guard engine == .chromium, decision == .blocked else { continue }
      let errors = analysis.outcomes.elements.compactMap(\.chromiumError)
      ruling.chromiumError =
        errors.first { $0.reason == ruling.reason && analysis.likeliest?.chromiumError == $0 }
        ?? errors.first { $0.reason == ruling.reason } ?? analysis.likeliest?.chromiumError
    }
  }
}

extension [ReasonKey] {
  /// The first of those that occur most often.
  fileprivate var mostFrequent: ReasonKey? {
    var counts: [ReasonKey: Int] = [:]
    for key in self { counts[key, default: 0] += 1 }
    let most = counts.values.max()
    return first { counts[$0] == most }
  }
}
