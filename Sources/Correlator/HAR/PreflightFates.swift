import Evidence
import Fetch

/// What each preflight of a capture can have ended in, by its own answer, whatever was not recorded.
struct PreflightFates {
  private let exchanges: [Exchange]
  private let profile: SourceProfile
  private var known: [Int: Fate] = [:]

  private struct Fate {
    var mayPass: Bool
    var mayFail: Bool
    /// Whether it may let a request with credentials pass.
    var mayInclude: Bool
  }

  init(_ exchanges: [Exchange], _ profile: SourceProfile) {
    self.exchanges = exchanges
    self.profile = profile
  }

  mutating func mayPass(_ preflight: Int) -> Bool { exchanges[preflight].wasAnswered && fate(preflight).mayPass }

  /// Whether it cannot have let a request with credentials pass.
  mutating func refusesCredentials(_ preflight: Int) -> Bool { !fate(preflight).mayInclude }

  /// Whether a request was answered though this preflight refused it, or was held back though it passed.
  ///
  /// - Parameter included: Whether the request was recorded to have been made with credentials.
  mutating func contradict(_ preflight: Int, _ request: Int, included: Bool) -> Bool {
    if exchanges[request].wasAnswered { return included ? !fate(preflight).mayInclude : !fate(preflight).mayPass }
    let isHeldBack = exchanges[request].delivery != .sent && exchanges[request].failureMark != .aborted
    return isHeldBack && !fate(preflight).mayFail
  }

  private mutating func fate(_ preflight: Int) -> Fate {
    if let known = known[preflight] { return known }
    let exchange = exchanges[preflight]
    let scene = Scene(
      request: nil, preflight: exchange, origin: exchange.request.value(.origin), originFact: nil,
      originIsRecorded: true, credentials: .unknown, engine: profile.engine(of: exchange), profile: profile)
    // Of an answer that is not recorded nothing is known, unless the exporter says that none came.
    let wasLost = !exchange.wasAnswered && exchange.failureMark == nil
    var fate = Fate(mayPass: wasLost, mayFail: !exchange.wasAnswered, mayInclude: wasLost)
    if exchange.wasAnswered {
      for engine in scene.engine.map({ [$0] }) ?? Engine.allCases {
        for include in [false, true] {
          let outcomes = Checks.preflight(scene.preflightAnswer, include: include, by: engine)
          fate.mayPass = fate.mayPass || outcomes.canPass
          fate.mayFail = fate.mayFail || outcomes.canFail
          fate.mayInclude = fate.mayInclude || include && outcomes.canPass
        }
      }
    }
    known[preflight] = fate
    return fate
  }
}
