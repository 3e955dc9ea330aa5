import Evidence
import Fetch

/// What is said of the hops of a redirect loop in a log, once they are known to be one request.
extension JudgedRequest {
  /// The verdict on a hop that the next one followed: with what its passing tells.
  ///
  /// Nothing follows what was refused: then the lines are no loop, or no browser's.
  package func asFollowed() -> (verdict: Verdict, isWithoutCredentials: Bool) {
    var scene = scene(profile: profile)
    scene.isFollowed = true
    let ruling = Judge.rule(on: scene)
    return (judged(scene, ruling), ruling.includes == [false])
  }

  /// The verdict on the last hop, whose redirect was one too many.
  ///
  /// - Parameters:
  ///   - isRecorded: Whether each hop's `Location` is known to have led to the next; else their number alone tells.
  ///   - isWithoutCredentials: Whether a hop before it passed only without credentials.
  package func asOneTooMany(isRecorded: Bool, isWithoutCredentials: Bool) -> Verdict {
    var scene = scene(profile: profile)
    scene.isOneTooMany = true
    if isWithoutCredentials, scene.credentials.recorded == nil { scene.credentials = .passedWithoutCredentials }
    var ruling = Judge.rule(on: scene)
    if !isRecorded, ruling.decision == .blocked {
      let others = verdict.candidates.filter { !ruling.candidates.contains($0) && $0 != ruling.reason }
      ruling.candidates = (ruling.candidates.isEmpty ? ruling.reason.map { [$0] } ?? [] : ruling.candidates) + others
      ruling.certainty = .possible
    }
    return judged(scene, ruling)
  }

  private func judged(_ scene: Scene, _ ruling: Ruling) -> Verdict {
    VerdictBuilder.verdict(for: scene, ruling, endpoint: verdict.endpoint, hasAllowOriginElsewhere: false)
  }
}
