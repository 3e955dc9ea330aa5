package import Evidence
import Fetch

/// What a change to recorded answers would have done to the requests that got them.
///
/// Pure: it judges altered evidence, wherever that came from. The chain of checks is followed to its end: past a preflight that
/// now passes stands the answer, the recorded one or what the endpoint answered elsewhere.
package struct WhatIf: Sendable {
  private let changes: ChangeSet
  private let elsewhere: Elsewhere

  /// - Parameters:
  ///   - changes: Made one after the other, each on the answers of its scope.
  ///   - elsewhere: What stands in for answers that were never seen.
  package init(_ changes: [AnswerChange], elsewhere: Elsewhere = Elsewhere()) {
    self.changes = ChangeSet(changes)
    self.elsewhere = elsewhere
  }

  /// What the change does to one request.
  package struct Result: Sendable {
    package var before: Verdict
    /// The engine whose browser asked; `nil` where nothing tells, and all three count.
    package var engine: Engine?
    package var engines: PerEngine<Outlook>
    /// For the engine that asked, or for all that may have.
    package var after: Outlook
    /// Whether the change alters any answer that the request got, or would have got.
    package var isTouched: Bool
    /// The evidence as the change leaves it.
    package var altered: JudgedRequest

    package var effect: Effect { Effect(before, after, isTouched: isTouched) }
  }

  package func result(for judged: JudgedRequest) -> Result {
    let altered = Altered(judged, by: changes, credentials: elsewhere.credentials(at: judged.verdict.subject))
    guard judged.isDecidedByAnswers, altered.isTouched || awaitsUnseenAnswer(altered) else {
      return untouched(judged)
    }
    let outlooks = PerEngine { outlook(of: altered, by: $0) }
    let asked = judged.engine.map { [$0] } ?? Engine.allCases
    return Result(
      before: judged.verdict, engine: judged.engine, engines: outlooks,
      after: Outlook(merging: asked.map { outlooks[$0] }), isTouched: true, altered: altered.evidence(judged))
  }

  private func untouched(_ judged: JudgedRequest) -> Result {
    let verdict = judged.verdict
    func same(_ decision: Verdict.Decision) -> Outlook {
      decision == .blocked
        ? Outlook(.blocked, reason: verdict.reason, phase: verdict.phase) : Outlook(decision, phase: verdict.phase)
    }
    return Result(
      before: verdict, engine: judged.engine, engines: PerEngine { same(verdict.engines[$0]) },
      after: same(verdict.decision), isTouched: false, altered: judged)
  }

  /// Whether the request passed all that was recorded, and what it would have met beyond is what the change writes.
  private func awaitsUnseenAnswer(_ altered: Altered) -> Bool {
    guard altered.scene.progress == .heldBack || altered.scene.progress == .announced else { return false }
    let verdict = altered.verdict
    return verdict.phase == .response && !changes.changes(at: verdict.subject, .answer).isEmpty
  }

  private func outlook(of altered: Altered, by engine: Engine) -> Outlook {
    var ends = Ends()
    var basis = Outlook.Basis.recorded
    let isOwn = altered.engine == engine
    for include in altered.includes {
      if !altered.passedPreflight(isOwn: isOwn) {
        let outcomes = Checks.preflight(altered.scene.preflightAnswer, include: include, by: engine)
        ends.add(outcomes.failures, at: .preflight, include: include)
        if !outcomes.canPass { continue }
      }
      guard altered.scene.request?.wasAnswered == true else {
        basis = follow(unseen: altered.verdict.subject, include: include, by: engine, &ends)
        continue
      }
      if isOwn, !altered.touchesAnswer, altered.verdict.decision != .undetermined {
        altered.observe(include: include, &ends)
      } else {
        basis = follow(altered, include: include, by: engine, &ends)
      }
    }
    return ends.outlook(basis)
  }

  /// The recorded answer's check, and the redirect that it may be.
  private func follow(_ altered: Altered, include: Bool, by engine: Engine, _ ends: inout Ends) -> Outlook.Basis {
    let scene = altered.scene
    let outcomes = Checks.access(scene.answer, include: include, by: engine)
    ends.add(outcomes.failures, at: scene.isRedirect ? .redirect : .response, include: include)
    guard outcomes.canPass else { return .recorded }
    if scene.redirectRefusal != nil {
      ends.add([.reason(.didNotSucceed)], at: .redirect, include: include)
      return .recorded
    }
    guard scene.isRedirect, altered.verdict.decision == .blocked else {
      ends.passes.append(include)
      return .recorded
    }
    // The browser stopped here: what its target would have answered is another request's business.
    return target(of: scene, include: include, by: engine, &ends)
  }

  private func target(of scene: Scene, include: Bool, by engine: Engine, _ ends: inout Ends) -> Outlook.Basis {
    guard let request = scene.request, let from = request.target, let to = request.redirectTarget?.url,
      let origin = scene.origin, let page = Origin(parsing: origin)
    else {
      ends.unknown.append(include)
      return .notKnown
    }
    let serialized = Redirect.serializedOrigin(of: page, urls: [from, to])
    if page.isSameOrigin(as: to.origin), serialized != "null" {
      ends.passes.append(include)
      return .recorded
    }
    let method = Redirect.method(after: request.status ?? 0, request.method)
    let subject = Subject(origin: serialized, endpoint: Endpoint.of(to), method: method)
    return follow(unseen: subject, include: include, by: engine, &ends)
  }

  /// The answer that never came, as the endpoint gave it elsewhere, or as far as the changes write it.
  private func follow(
    unseen subject: Subject, include: Bool, by engine: Engine, _ ends: inout Ends
  ) -> Outlook.Basis {
    let asking = Asking(origin: subject.origin, method: subject.method, headers: [])
    let standIns = elsewhere.answers(of: subject.endpoint, method: subject.method, origin: subject.origin)
    for one in standIns {
      let exchange = changes.answer(one, at: subject, .answer, to: asking)
      let answer = Answer(
        status: exchange.status, headers: exchange.response, expectedOrigin: subject.origin,
        httpVersion: exchange.httpVersion)
      let outcomes = Checks.access(answer, include: include, by: engine)
      ends.add(outcomes.failures, at: .response, include: include)
      if outcomes.canPass { ends.passes.append(include) }
    }
    if !standIns.isEmpty { return .elsewhere }
    let blank = Exchange(locator: Locator(entry: 0, offset: 0), method: subject.method, url: "", response: .nothing)
    let written = changes.answer(blank, at: subject, .answer, to: asking)
    let answer = Answer(
      status: nil, headers: written.response, expectedOrigin: subject.origin, httpVersion: written.httpVersion)
    let outcomes = Checks.access(answer, include: include, by: engine)
    if outcomes == [.pass] {
      ends.passes.append(include)
      return .change
    }
    if outcomes.canPass {
      ends.unknown.append(include)
      return .notKnown
    }
    ends.add(outcomes, at: .response, include: include)
    return .change
  }
}
