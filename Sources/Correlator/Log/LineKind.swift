import Evidence

/// What lines of one kind have in common: what they are, and how they are decided.
///
/// What is said of one of them is worked out by itself where it names the origin and the server.
struct LineKind {
  private enum Role {
    case none
    case refusedPreflight(Ruling)
    case preflight(ifAlone: Ruling, inDoubt: Ruling?, refusesCredentials: Bool)
    case request(Ruling, withoutCredentials: Ruling?, refusesCredentials: Bool)
    case possibleRequest(Ruling)
  }

  private let role: Role

  init(_ found: LogScene.Role) {
    switch found {
    case .none: role = .none
    case .refusedPreflight(let scene): role = .refusedPreflight(Judge.rule(on: scene))
    case .preflight(let scene):
      let alone = Judge.rule(on: LineKind.alone(scene))
      role = .preflight(
        ifAlone: alone, inDoubt: alone.decision == .blocked ? LineKind.inDoubt(scene) : nil,
        refusesCredentials: LogScene.refusesCredentials(scene, of: .preflight))
    case .possibleRequest(let scene): role = .possibleRequest(Judge.rule(on: scene))
    case .request(let scene):
      let ruling = Judge.rule(on: scene)
      let isOpen = ruling.decision == .undetermined
      role = .request(
        LineKind.inDoubt(ruling, of: scene),
        withoutCredentials: isOpen ? Judge.rule(on: LineKind.withoutCredentials(scene)) : nil,
        refusesCredentials: LogScene.refusesCredentials(scene, of: .response))
    }
  }

  /// Whether what is said holds for one origin and endpoint alone.
  var namesItsSubject: Bool {
    switch role {
    case .none: false
    case .refusedPreflight(let ruling), .preflight(let ruling, _, _), .request(let ruling, _, _),
      .possibleRequest(let ruling):
      ruling.decision == .blocked
    }
  }

  /// What is to be said of a line of this kind, and of those like it.
  func judged(_ scene: @autoclosure () -> Scene, _ endpoint: String) -> LogJudge.Judged {
    func template(_ scene: Scene, _ ruling: Ruling) -> VerdictTemplate {
      VerdictTemplate(
        VerdictBuilder.verdict(for: scene, ruling, endpoint: endpoint, hasAllowOriginElsewhere: false))
    }
    switch role {
    case .none: return .none
    case .refusedPreflight(let ruling): return .refused(template(scene(), ruling))
    case .preflight(let ruling, let doubted, let refusesCredentials):
      return .preflight(
        ifAlone: template(LineKind.alone(scene()), ruling), inDoubt: doubted.map { template(scene(), $0) },
        refusesCredentials: refusesCredentials)
    case .possibleRequest(let ruling): return .possible(template(scene(), ruling))
    case .request(let ruling, let other, let refusesCredentials):
      return .request(
        template(scene(), ruling),
        withoutCredentials: other.map { template(LineKind.withoutCredentials(scene()), $0) },
        refusesCredentials: refusesCredentials)
    }
  }

  /// The preflight when nothing followed it although the log goes on.
  private static func alone(_ scene: Scene) -> Scene {
    var alone = scene
    alone.goesOn = true
    return alone
  }

  /// The same where nearly all like it were followed, or something near it may have been its request: that explains it as well as
  /// that it was refused.
  private static func inDoubt(_ scene: Scene) -> Ruling {
    var ruling = Judge.rule(on: scene)
    ruling.facts.append(.followUpInDoubt)
    return ruling
  }

  /// The ruling where the line leaves open whether its request was bound by CORS at all: then it may have been refused.
  private static func inDoubt(_ ruling: Ruling, of scene: Scene) -> Ruling {
    guard ruling.decision == .blocked, LogScene.mayBeForm(scene) else { return ruling }
    var ruling = ruling
    ruling.facts.removeAll { $0.fact == "mode" }
    return Judge.leftOpen(ruling, by: .mayBeForm)
  }

  private static func withoutCredentials(_ scene: Scene) -> Scene {
    var known = scene
    known.credentials = .inferred(
      false, "not include: its preflight passes only without credentials, and was followed")
    return known
  }
}

extension Fact {
  /// Why nothing is concluded from a POST without the fields of an answer that scripts may read.
  static let mayBeForm = Fact(
    "mode", "not logged: it may be a form's, which is not bound by CORS and sends the same", from: "inference")

  /// Why nothing is concluded from a preflight that seems not to be followed.
  static let followUpInDoubt = Fact(
    "follow-up",
    "none that is surely its own: its page was left, a request near it was its own, or the answer was cached",
    from: "inference")
}
