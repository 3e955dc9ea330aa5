import Evidence
import Fetch
package import Words

/// Turns a ruling into a row: with its root cause, its fix and its evidence.
package enum VerdictBuilder {
  package static func verdict(
    for scene: Scene, _ ruling: Ruling, endpoint: String, hasAllowOriginElsewhere: Bool
  ) -> Verdict {
    let exchange = scene.request ?? scene.preflight
    var verdict = Verdict(
      anchor: exchange?.locator ?? Locator(entry: 0, offset: 0), method: scene.method, url: exchange?.url ?? "",
      endpoint: endpoint, decision: ruling.decision, certainty: ruling.certainty,
      recordedBy: scene.profile.recorder, engines: ruling.engines)
    verdict.exchange = scene.request?.locator
    verdict.preflight = scene.preflight?.locator
    verdict.startedAt = exchange?.startedAt
    verdict.client = exchange?.client
    verdict.origin = scene.origin
    verdict.targetOrigin = exchange?.target?.origin.serialized
    verdict.status = scene.storedFrom == nil ? scene.request?.status : nil
    verdict.reason = ruling.reason
    verdict.phase = ruling.phase
    verdict.candidates = ruling.candidates
    verdict.chromiumError = ruling.chromiumError
    verdict.evidence = EvidenceList.of(scene, ruling)
    // Of what is left open only a mark tells more, the exporter's or the server's: that it was none of CORS' business.
    let isMarked = scene.request?.failureMark != nil || scene.mayBeAbandoned || scene.mayBeLeftToWorker
    let isRefused = scene.isRefusedUnsent || scene.forbiddingDirective != nil
    if ruling.decision == .blocked || ruling.decision == .undetermined && (isMarked || isRefused) {
      explain(&verdict, scene, ruling, hasAllowOriginElsewhere)
    }
    return verdict
  }

  private static func explain(
    _ verdict: inout Verdict, _ scene: Scene, _ ruling: Ruling, _ hasAllowOriginElsewhere: Bool
  ) {
    let context = scene.causeContext(ruling, hasAllowOriginElsewhere: hasAllowOriginElsewhere)
    for cause in RootCause.all {
      guard let facts = cause.signature(context) else { continue }
      verdict.rootCause = cause.key
      // A cause may rest on what the checks looked at.
      verdict.evidence += facts.filter { !verdict.evidence.contains($0) }
      break
    }
    verdict.fix = context.remedy(for: verdict.rootCause)?.english
  }
}

extension JudgedRequest {
  /// The verdict's fix, made anew from what is kept: the verdict itself holds it in English alone.
  ///
  /// `nil` where it does not come out as it was: an older version may have judged.
  package var fix: Message? {
    let scene = scene(profile: profile)
    var context = scene.causeContext(Judge.rule(on: scene))
    // Of a field that no exchange is kept with, such as one with a misspelt name, the evidence alone tells.
    for fact in verdict.evidence where fact.from == context.side && KnownField(name: fact.fact) == nil {
      context.deciding?.response.list.append(name: fact.fact, value: fact.value)
    }
    let fix = context.remedy(for: verdict.rootCause)
    return fix?.english == verdict.fix ? fix : nil
  }
}

extension CauseContext {
  /// What to change: the root cause's own words, else the reason's.
  fileprivate func remedy(for cause: String?) -> Message? {
    if let words = cause.flatMap(RootCause.of)?.fix?(self) { return words }
    return reason.flatMap(Reason.of)?.fix(fix)
  }
}

extension Scene {
  fileprivate func causeContext(_ ruling: Ruling, hasAllowOriginElsewhere: Bool = false) -> CauseContext {
    CauseContext(
      decision: ruling.decision, reason: ruling.reason, phase: ruling.phase, fix: fixContext(ruling),
      deciding: deciding(ruling) ?? request, request: request, endpointHasAllowOriginElsewhere: hasAllowOriginElsewhere,
      isLeftToWorker: mayBeLeftToWorker, isOneTooMany: isOneTooMany, forbiddingDirective: forbiddingDirective)
  }
}
