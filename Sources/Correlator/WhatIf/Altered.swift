import Evidence
import Fetch

/// One request's evidence under a change: the scene with its answers altered, and what was observed of it before.
struct Altered {
  let verdict: Verdict
  let scene: Scene
  let engine: Engine?
  /// The credentials modes that the verdict left, and of them the one in which the same request is made elsewhere.
  let includes: [Bool]
  let touchesPreflight: Bool
  let touchesAnswer: Bool

  var isTouched: Bool { touchesPreflight || touchesAnswer }

  init(_ judged: JudgedRequest, by changes: ChangeSet, credentials: Bool?) {
    verdict = judged.verdict
    engine = judged.engine
    let possible = judged.credentials.possible
    includes = possible.count == 2 ? credentials.map { [$0] } ?? possible : possible
    var scene = judged.scene(profile: judged.profile)
    let asking = judged.asking
    var touched = (preflight: false, answer: false)
    if let preflight = judged.preflight, preflight.wasAnswered {
      let altered = changes.answer(preflight, at: verdict.subject, .preflight, to: asking)
      touched.preflight = altered.differs(from: preflight)
      scene.preflight = altered
    }
    if let request = judged.request, request.wasAnswered {
      var own = asking
      own.origin = verdict.origin ?? asking.origin
      let altered = changes.answer(request, at: verdict.subject, .answer, to: own)
      touched.answer = altered.differs(from: request)
      scene.request = altered
    }
    touchesPreflight = touched.preflight
    touchesAnswer = touched.answer
    self.scene = scene
  }

  /// Whether the preflight needs no check: there is none, or the browser that asked went past it as it was.
  func passedPreflight(isOwn: Bool) -> Bool {
    guard scene.preflight?.wasAnswered == true else { return true }
    return isOwn && !touchesPreflight && (verdict.phase == .response || verdict.phase == .redirect)
  }

  /// The answer was not altered: what the browser did with it stands.
  func observe(include: Bool, _ ends: inout Ends) {
    if verdict.decision == .allowed {
      ends.passes.append(include)
    } else if let error = verdict.chromiumError, engine == .chromium {
      ends.add([.error(error)], at: verdict.phase ?? .response, include: include)
    } else if let reason = verdict.reason {
      ends.add([.reason(reason)], at: verdict.phase ?? .response, include: include)
    }
  }

  func evidence(_ judged: JudgedRequest) -> JudgedRequest {
    JudgedRequest(verdict: verdict, request: scene.request, preflight: scene.preflight, pairing: judged.pairing)
  }
}

extension JudgedRequest {
  /// Whether answers decided it, so that other answers would decide it otherwise: not where it was refused before it was sent,
  /// got no answer, or failed for something that is none of CORS' business.
  package var isDecidedByAnswers: Bool {
    switch verdict.reason {
    case .requestNotHttp, .disabled, .originHeaderNotAdded,
      .didNotSucceed where verdict.phase != .redirect:
      return false
    default: break
    }
    let scene = scene(profile: profile)
    if Judge.outsideCORS(scene) != nil { return false }
    if verdict.decision == .undetermined, verdict.reason == nil, isUnexplained { return false }
    return preflight?.wasAnswered == true || request?.wasAnswered == true
  }

  /// Whether its recorded headers pass every check, and it was marked as failed all the same.
  private var isUnexplained: Bool {
    verdict.evidence.contains { $0.fact == "explanation" } && verdict.phase != .preflight
  }
}

extension Exchange {
  fileprivate func differs(from other: Exchange) -> Bool { status != other.status || response != other.response }
}
