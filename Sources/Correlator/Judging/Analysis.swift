import Evidence
import Fetch

/// What one engine can have decided on a scene: each possibility run, those that contradict what was seen struck out.
struct Analysis {
  let engine: Engine
  var phase: Verdict.Phase
  /// What is left.
  var outcomes: OutcomeSet
  /// What the recorded bytes alone leave open, before any inference and whatever mark the exporter set.
  var unaided: OutcomeSet
  /// The likeliest of what is left.
  var likeliest: Outcome?
  /// The credentials modes that are left: `true` is `include`.
  var includes: [Bool]
  /// Nothing that the rules allow explains what was seen.
  var isUnexplained = false
  /// The outcome was marked by the exporter, and is no inference.
  var isMarked = false
  /// The outcome rests on an unmarked absence: an answer that never came.
  var restsOnSilence = false

  private struct Branch {
    let include: Bool
    var outcomes: OutcomeSet
  }

  /// Outcomes by credentials mode: each mode that somebody asks for is run once.
  private struct ByInclude {
    private var with: OutcomeSet = []
    private var without: OutcomeSet = []

    init(_ modes: [Bool], _ run: (Bool) -> OutcomeSet) {
      if modes.contains(true) { with = run(true) }
      if modes.contains(false) { without = run(false) }
    }

    subscript(include: Bool) -> OutcomeSet { include ? with : without }
  }

  /// Runs `engine` over the scene. `observing` is false for an engine that did not make the recording: what was seen binds it only
  /// through the credentials modes that are left.
  init(_ scene: Scene, by engine: Engine, includes: [Bool]? = nil, observing: Bool = true) {
    self.init(scene, engine, includes ?? scene.credentials.possible, observing)
    // What was seen has the last word over an inference: Firefox's workers do not send what its pages do.
    // Of a worker's that is refused Firefox takes no body; nor does a page that is left while an answer comes.
    let isDoubted = isUnexplained || scene.isUnread && !outcomes.canFail
    guard engine == .firefox, isDoubted, includes == nil, scene.credentials.recorded == nil,
      scene.credentials.inferred != nil
    else { return }
    let unbound = Analysis(scene, engine, scene.credentials.recordedPossible, observing)
    if !unbound.isUnexplained { self = unbound }
  }

  private init(_ scene: Scene, _ engine: Engine, _ possible: [Bool], _ observing: Bool) {
    switch scene.progress {
    case .answered: self.init(answered: scene, engine, possible, observing)
    case .heldBack: self.init(heldBack: scene, engine, possible, observing)
    case .announced: self.init(announced: scene, engine, possible, observing)
    case .silent: self.init(silent: scene, engine, possible)
    case .preflightUnanswered: self.init(unanswered: scene, engine, possible, phase: .preflight)
    case .unanswered: self.init(unanswered: scene, engine, possible, phase: .response)
    case .redirectRefused: self.init(unanswered: scene, engine, possible, phase: .redirect)
    }
  }

  private init(_ engine: Engine, _ phase: Verdict.Phase, _ branches: [Branch], unaided: OutcomeSet) {
    self.engine = engine
    self.phase = phase
    self.unaided = unaided
    outcomes = []
    for branch in branches { outcomes.formUnion(branch.outcomes) }
    self.includes = branches.map(\.include)
    likeliest = branches.first.flatMap { Analysis.likeliest($0.outcomes) }
  }

  /// An answer came: its headers are checked, and its preflight must have passed.
  private init(answered scene: Scene, _ engine: Engine, _ possible: [Bool], _ observing: Bool) {
    if observing, scene.request?.failureMark == .redirect {
      // The network refuses such a redirect before CORS gets to see it (`net/url_request/url_request_job.cc`).
      self.init(unanswered: scene, engine, possible, phase: .redirect)
      return
    }
    let responses = ByInclude(possible + scene.credentials.recordedPossible, Analysis.responses(scene, engine))
    var branches = possible.map { Branch(include: $0, outcomes: responses[$0]) }
    var unaided: OutcomeSet = []
    for include in scene.credentials.recordedPossible { unaided.formUnion(responses[include]) }
    if !observing, scene.preflight?.wasAnswered == true {
      let answer = scene.preflightAnswer(to: engine)
      // Another engine might not have got past the preflight.
      for index in branches.indices {
        let before = Checks.preflight(answer, include: branches[index].include, by: engine)
        if before.canFail { branches[index].outcomes = before.canPass ? branches[index].outcomes : [] }
        branches[index].outcomes.formUnion(before.failures)
      }
    }
    let all = branches
    if observing { branches = Analysis.struck(branches, by: scene, engine) }
    self.init(engine, scene.isRedirect ? .redirect : .response, branches, unaided: unaided)
    guard observing else { return }
    isMarked = scene.request?.outcome == .succeeded && outcomes == [.pass]
    if branches.isEmpty {
      isUnexplained = true
      self.includes = all.map(\.include)
    }
  }

  private static func struck(_ branches: [Branch], by scene: Scene, _ engine: Engine) -> [Branch] {
    var left = branches
    if scene.preflight?.wasAnswered == true {
      let answer = scene.preflightAnswer
      let passed = left.filter { Checks.preflight(answer, include: $0.include, by: engine).canPass }
      // Where none passed, the two do not belong together, and the preflight says nothing.
      if !passed.isEmpty { left = passed }
    }
    switch scene.request?.outcome {
    case .succeeded where scene.redirectRefusal == nil:
      return left.filter(\.outcomes.canPass).map { Branch(include: $0.include, outcomes: [.pass]) }
    case .notMarked where scene.isFollowed:
      let passed = left.filter(\.outcomes.canPass)
      return passed.isEmpty ? left : passed.map { Branch(include: $0.include, outcomes: [.pass]) }
    case .notMarked where scene.isVetoed:
      let refused = left.filter(\.outcomes.canFail)
      return refused.isEmpty ? left : refused.map { Branch(include: $0.include, outcomes: $0.outcomes.failures) }
    case .failed where scene.request?.brokeOff == true && left.contains(where: \.outcomes.canPass):
      // Every refusal by CORS is a failure without a name: an answer that broke off had passed, and none of this explains it.
      return []
    case .failed where scene.request?.failureMark != .aborted:
      return left.filter(\.outcomes.canFail).map { Branch(include: $0.include, outcomes: $0.outcomes.failures) }
    default: return left
    }
  }

  /// What an answer's check, and the redirect that it may be, can end in.
  private static func responses(_ scene: Scene, _ engine: Engine) -> (Bool) -> OutcomeSet {
    let answer = scene.answer
    let refusal = scene.redirectRefusal.map { refused($0, to: scene.request?.redirectTarget?.url, by: engine) }
    if engine == .firefox, scene.isUnread, scene.isMistyped { return { _ in [.reason(.didNotSucceed)] } }
    let isUnread = scene.leavesTLS || Redirect.failsInFirefoxUnread(to: scene.request?.redirectTarget?.url)
    if engine == .firefox, refusal != nil, isUnread {
      return { _ in [.reason(.didNotSucceed)] }
    }
    let isStrict = scene.beganAtHome && engine == .webkit && scene.request?.redirectTarget != nil
    let withheld = scene.request?.mayBeWithheld == true ? Answer.badGateway(to: scene.origin) : nil
    return { include in
      var outcomes = Checks.access(answer, include: include, by: engine)
      // To WebKit a fetch that may use its credentials at home still does when a redirect from elsewhere is checked
      // (`NetworkLoadChecker::checkRedirection`): any mode but `omit`, which nothing records, is judged as `include` there.
      if isStrict, !include { outcomes.formUnion(Checks.access(answer, include: true, by: engine)) }
      if let refusal, outcomes.canPass {
        outcomes.remove(.pass)
        outcomes.insert(refusal)
      }
      if let withheld { outcomes.formUnion(Checks.access(withheld, include: include, by: engine)) }
      return outcomes
    }
  }

  /// What an engine calls a redirect that it does not follow whatever its answer says.
  private static func refused(_ refusal: Redirect.Refusal, to target: URLRecord?, by engine: Engine) -> Outcome {
    guard engine == .chromium else { return .reason(.didNotSucceed) }
    if refusal == .containsCredentials { return .error(.redirectContainsCredentials) }
    let isLeftToCORS = refusal == .schemeNotHTTP && !Redirect.isUnsafeInChromium(to: target)
    return isLeftToCORS ? .error(.corsDisabledScheme) : .reason(.didNotSucceed)
  }

  /// The preflight was answered and the request stayed: the preflight refused it.
  private init(heldBack scene: Scene, _ engine: Engine, _ possible: [Bool], _ observing: Bool) {
    let judged = Analysis.preflights(scene, engine, possible)
    var unaided: OutcomeSet = []
    for include in scene.credentials.recordedPossible { unaided.formUnion(judged[include]) }
    guard observing else {
      // Past the preflight, nothing tells what this engine would have met.
      let branches = possible.map { include in
        var outcomes = judged[include]
        if outcomes.canPass { outcomes.formUnion(Analysis.unseenResponse(scene, include: include, engine)) }
        return Branch(include: include, outcomes: outcomes)
      }
      self.init(engine, .preflight, branches, unaided: unaided)
      return
    }
    let isChromium = scene.profile.recorder == .chromium
    let branches = possible.map { Branch(include: $0, outcomes: judged[$0].failures) }.filter { !$0.outcomes.isEmpty }
    // Chromium shows no answer for a worker's request: where its preflight passes, its answer was refused unseen. It ties none to a
    // page, nor any other where it saw no page load.
    let mayBeWorker = isChromium && scene.request?.hasPage == false
    let unseen = possible.filter { judged[$0].canPass }.map {
      Branch(include: $0, outcomes: Analysis.unseenResponse(scene, include: $0, engine).failures)
    }
    if branches.isEmpty {
      self.init(engine, .response, unseen, unaided: [.pass])
      isUnexplained = !isChromium
    } else if mayBeWorker, scene.capture.namesPages, !unseen.isEmpty {
      self.init(engine, .response, unseen + branches, unaided: [.pass])
    } else {
      self.init(engine, .preflight, branches + (mayBeWorker ? unseen : []), unaided: unaided)
    }
  }

  /// Only the preflight is there.
  private init(announced scene: Scene, _ engine: Engine, _ possible: [Bool], _ observing: Bool) {
    let judged = Analysis.preflights(scene, engine, possible)
    var branches = possible.map { Branch(include: $0, outcomes: judged[$0]) }
    var unaided: OutcomeSet = []
    for include in scene.credentials.recordedPossible { unaided.formUnion(judged[include]) }
    // That nothing followed strikes out the passes where some possibility explains it.
    let refusing = branches.filter(\.outcomes.canFail).map {
      Branch(include: $0.include, outcomes: $0.outcomes.failures)
    }
    if observing, scene.mayBeRefusedUnread, judged[possible[0]].canPass {
      let bare = Answer(status: 400, headers: HeaderRecord(), expectedOrigin: scene.origin, httpVersion: .unknown)
      for index in branches.indices where branches[index].outcomes.canPass {
        branches[index].outcomes = branches[index].outcomes.failures
        branches[index].outcomes.formUnion(Checks.access(bare, include: branches[index].include, by: engine))
      }
      self.init(engine, .response, branches, unaided: unaided)
      return
    }
    if observing, scene.goesOn, !refusing.isEmpty { branches = refusing }
    self.init(engine, .preflight, branches, unaided: unaided)
  }

  /// Neither answer nor preflight: any reason of the stage that it must have failed in.
  private init(silent scene: Scene, _ engine: Engine, _ possible: [Bool]) {
    let needed = scene.request.map(AuthorHeaders.needsPreflight) ?? true
    let mayBeNeeded = needed || scene.request.map { !AuthorHeaders.possiblyUnsafeNames(of: $0).isEmpty } ?? true
    let answer = scene.preflightAnswer
    let branches = possible.map { include in
      var outcomes = needed ? [] : Analysis.unseenResponse(scene, include: include, engine)
      if mayBeNeeded { outcomes.formUnion(Checks.preflight(answer, include: include, by: engine)) }
      var failures = outcomes.failures
      failures.insert(.reason(.didNotSucceed))
      return Branch(include: include, outcomes: failures)
    }
    var unaided: OutcomeSet = [.pass]
    for branch in branches { unaided.formUnion(branch.outcomes) }
    self.init(engine, needed ? .preflight : .response, branches, unaided: unaided)
    restsOnSilence = true
    // Of those that Chromium refused, its protocol shows no answer either; only Firefox's shows one.
    if scene.request?.outcome == .notMarked, scene.profile.recorder != .chromium {
      outcomes = [.reason(.didNotSucceed)]
      likeliest = .reason(.didNotSucceed)
    }
  }

  private init(unanswered scene: Scene, _ engine: Engine, _ possible: [Bool], phase: Verdict.Phase) {
    var failed: OutcomeSet = [.reason(.didNotSucceed)]
    if scene.mayBeAnsweredByProxy {
      let own = Answer.badGateway(to: scene.origin)
      failed.formUnion(Checks.access(own, include: false, by: engine, onPreflight: phase == .preflight))
    }
    self.init(engine, phase, possible.map { Branch(include: $0, outcomes: failed) }, unaided: failed)
    likeliest = .reason(.didNotSucceed)
    let marks = [scene.request?.outcome, scene.preflight?.outcome]
    restsOnSilence = !marks.contains { if case .failed = $0 { true } else { false } }
  }

  /// What the preflight's checks can end in.
  private static func preflights(_ scene: Scene, _ engine: Engine, _ possible: [Bool]) -> ByInclude {
    let answer = scene.preflightAnswer(to: engine)
    let withheld = scene.preflight?.mayBeWithheld == true ? Answer.badGateway(to: scene.origin) : nil
    return ByInclude(possible + scene.credentials.recordedPossible) { include in
      var outcomes = Checks.preflight(answer, include: include, by: engine)
      if let withheld { outcomes.formUnion(Checks.preflight(withheld, include: include, by: engine)) }
      return outcomes
    }
  }

  private static func unseenResponse(_ scene: Scene, include: Bool, _ engine: Engine) -> OutcomeSet {
    let unseen = Answer(status: nil, headers: .nothing, expectedOrigin: scene.origin, httpVersion: .unknown)
    return Checks.access(unseen, include: include, by: engine)
  }

  /// A missing header is by far the commonest failure; then whatever comes first in the engine's order.
  private static func likeliest(_ outcomes: OutcomeSet) -> Outcome? {
    let elements = outcomes.elements
    return elements.first { $0.reason == .missingAllowOrigin } ?? elements.last { $0 != .pass } ?? elements.first
  }
}

extension Answer {
  /// A proxy's own, where it got none that it could pass on.
  fileprivate static func badGateway(to origin: String?) -> Answer {
    Answer(status: 502, headers: HeaderRecord(), expectedOrigin: origin, httpVersion: .unknown)
  }
}
