package import Evidence
import Fetch

/// A verdict with the exchanges that it rests on: what is judged again once something of them is changed.
package struct JudgedRequest: Sendable {
  package var verdict: Verdict
  /// `nil` where only the preflight was recorded.
  package var request: Exchange?
  package var preflight: Exchange?
  /// How sure it is that the two belong together: 0 to 1.
  package var pairing: Double

  package init(verdict: Verdict, request: Exchange?, preflight: Exchange?, pairing: Double = 1) {
    self.verdict = verdict
    self.request = request
    self.preflight = preflight
    self.pairing = pairing
  }

  /// The engine whose browser asked; `nil` where nothing tells.
  package var engine: Engine? {
    verdict.recordedBy.engine ?? (request ?? preflight)?.request.value(.userAgent).flatMap { Engine(userAgent: $0) }
  }

  /// What is known of the credentials mode, as the verdict's evidence says it.
  var credentials: CredentialsEvidence {
    guard let (include, fact) = verdict.credentials else { return .unknown }
    return CredentialsEvidence(recorded: fact.from == "inference" ? nil : include, inferred: include, fact: fact)
  }

  /// The scene that the verdict was made from, to be judged again.
  ///
  /// - Parameters:
  ///   - profile: What its source is.
  ///   - lastStart: When the last request of its source began: whether the recording goes on beyond a lone preflight.
  /// - Returns: A scene that, judged, gives the verdict again.
  package func scene(profile: SourceProfile, lastStart: Int64? = nil) -> Scene {
    let origin = verdict.evidence.first { $0.fact == "origin" && $0.value == verdict.origin }
    var scene = Scene(
      request: request, preflight: preflight, origin: verdict.origin, originFact: origin,
      originIsRecorded: origin.map { !$0.from.hasPrefix("inference") } ?? false, credentials: credentials,
      engine: engine, profile: profile)
    scene.pairing = pairing
    scene.isOneTooMany = verdict.evidence.contains(.redirectsBefore)
    if verdict.reason == .didNotSucceed, verdict.phase == .redirect, scene.redirectRefusal == nil {
      // How many redirects came before is not kept; that they were too many is what else the verdict can rest on.
      scene.redirectCount = Redirect.limit
    }
    if let preflight, let lastStart { scene.goesOn = preflight.isLongBefore(lastStart) }
    scene.isUnfollowed = verdict.evidence.contains(.redirectUnfollowed)
    if let page = scene.origin.flatMap({ Origin(parsing: $0) }), let target = scene.request?.redirectTarget?.url {
      scene.leavesTLS = page.scheme == "https" && target.scheme == "http" && verdict.rootCause == "mixed-content"
      scene.isUnfollowed = scene.isUnfollowed || scene.leavesTLS
    }
    scene.isFollowed = verdict.evidence.contains(.redirectFollowed)
    scene.showsRefusedHop = verdict.certainty == .certain
    scene.wasLeft = verdict.evidence.contains(.redirectLeft)
    scene.isVetoed = verdict.evidence.contains(.redirectVetoed)
    if verdict.evidence.contains(.mayBeWithheld) {
      if scene.request != nil { scene.request?.mayBeWithheld = true } else { scene.preflight?.mayBeWithheld = true }
    }
    scene.isUnread = verdict.evidence.contains(.bodyUnread)
    scene.isMistyped = verdict.evidence.contains { $0 == .mistypedModule || $0 == .mistypedStyle }
    scene.followUpIsHidden = verdict.evidence.contains(.followUpHidden)
    if scene.followUpIsHidden || verdict.evidence.contains(.followUpInDoubt) { scene.goesOn = false }
    let switched = verdict.evidence.contains { $0.fact == "content.cors.disable" }
    scene.capture.corsIsDisabled = verdict.reason == .disabled
    scene.capture.preflightsAreMade = !switched
    return scene
  }

  var profile: SourceProfile {
    var profile = SourceProfile(kind: nil, format: "", recorder: verdict.recordedBy)
    profile.engine = engine
    return profile
  }

  /// What is asked of the server, as a change's placeholders name it.
  var asking: Asking {
    let names = TokenList(preflight?.request.value(.accessControlRequestHeaders)).items
    let recorded = request.map(AuthorHeaders.unsafeNames) ?? []
    return Asking(
      origin: preflight?.request.value(.origin) ?? verdict.origin ?? "null", method: verdict.method,
      headers: preflight == nil ? recorded : names.map { $0.asciiLowercased() })
  }
}
