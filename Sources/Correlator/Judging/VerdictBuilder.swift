import Evidence
import Fetch

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
    verdict.status = scene.request?.status
    verdict.reason = ruling.reason
    verdict.phase = ruling.phase
    verdict.candidates = ruling.candidates
    verdict.chromiumError = ruling.chromiumError
    verdict.evidence = EvidenceList.of(scene, ruling)
    // Of what is left open only a mark of the exporter's tells more: that it was none of CORS' business.
    if ruling.decision == .blocked || ruling.decision == .undetermined && scene.request?.failureMark != nil {
      explain(&verdict, scene, ruling, hasAllowOriginElsewhere)
    }
    return verdict
  }

  private static func explain(
    _ verdict: inout Verdict, _ scene: Scene, _ ruling: Ruling, _ hasAllowOriginElsewhere: Bool
  ) {
    let fix = scene.fixContext(ruling)
    let context = CauseContext(
      decision: ruling.decision, reason: ruling.reason, phase: ruling.phase, fix: fix,
      deciding: scene.deciding(ruling) ?? scene.request, request: scene.request,
      endpointHasAllowOriginElsewhere: hasAllowOriginElsewhere)
    for cause in RootCause.all {
      guard let facts = cause.signature(context) else { continue }
      verdict.rootCause = cause.key
      verdict.evidence += facts
      if let sentence = cause.fix?(context) { verdict.fix = sentence }
      break
    }
    if verdict.fix == nil, let reason = ruling.reason { verdict.fix = Reason.of(reason)?.fix(fix) }
  }
}
