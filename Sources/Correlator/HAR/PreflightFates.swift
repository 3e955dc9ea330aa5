import Evidence
import Fetch

/// What each preflight of a capture can have ended in, by its own answer, whatever was not recorded.
struct PreflightFates {
  private let exchanges: [Exchange]
  private let profile: SourceProfile
  private var known: [Int: (mayPass: Bool, mayFail: Bool)] = [:]

  init(_ exchanges: [Exchange], _ profile: SourceProfile) {
    self.exchanges = exchanges
    self.profile = profile
  }

  mutating func mayPass(_ preflight: Int) -> Bool { fate(preflight).mayPass }

  /// Whether a request was answered though this preflight refused it, or was held back though it passed.
  mutating func contradict(_ preflight: Int, _ request: Int) -> Bool {
    if exchanges[request].wasAnswered { return !fate(preflight).mayPass }
    let isHeldBack = exchanges[request].delivery != .sent && exchanges[request].failureMark != .aborted
    return isHeldBack && !fate(preflight).mayFail
  }

  private mutating func fate(_ preflight: Int) -> (mayPass: Bool, mayFail: Bool) {
    if let known = known[preflight] { return known }
    let exchange = exchanges[preflight]
    let scene = Scene(
      request: nil, preflight: exchange, origin: exchange.request.value(.origin), originFact: nil,
      originIsRecorded: true, credentials: .unknown, engine: profile.engine(of: exchange), profile: profile)
    var fate = (mayPass: false, mayFail: !exchange.wasAnswered)
    if exchange.wasAnswered {
      for engine in scene.engine.map({ [$0] }) ?? Engine.allCases {
        for include in [false, true] {
          let outcomes = Checks.preflight(scene.preflightAnswer, include: include, by: engine)
          fate.mayPass = fate.mayPass || outcomes.canPass
          fate.mayFail = fate.mayFail || outcomes.canFail
        }
      }
    }
    known[preflight] = fate
    return fate
  }
}
