import Evidence
import Fetch

/// Decides what a file's entries mean, and hands them on.
///
/// Who wrote a HAR may stand behind its entries, and whether it was sanitised is told by what none of its entries holds. So entries
/// wait, a bounded number of them, until both are known.
struct HARAssembler {
  /// How many entries wait at most; about 3 KB each.
  static let waitingLimit = 2048
  /// From this version on, DevTools sanitises unless told otherwise.
  private static let sanitizingVersion = 130

  private(set) var kept = 0
  private(set) var latePageOrigins: [Int: String] = [:]

  private let sink: any HARSink
  private var waiting: [HAREntry] = []
  private var signs: HAREntry.Signs = []
  private var creator: (name: String, version: String)?
  private var browser: (name: String, version: String)?
  private var interpreter: EntryInterpreter?
  private var holdsSecrets = false
  private var wasSanitized = false
  private var agentsSeen = 0
  private var userAgentEngine: Engine?
  private var pageOrigins: [Int: String] = [:]
  private var emittedPages: Set<Int> = []
  private var frameOrigins: [String: String] = [:]
  private var authorizedTargets: Set<String> = []
  private var profiles: [SourceProfile] = []
  private var saidProfile = false
  /// Whether an entry had removed lines, or may have had some.
  private var mayLackLines = false

  init(sink: any HARSink) { self.sink = sink }

  mutating func setCreator(_ name: String, _ version: String) {
    creator = (name, version)
    decideDialect(atLimit: false)
    drain(isLast: false)
  }

  mutating func setBrowser(_ name: String, _ version: String) { browser = (name, version) }

  mutating func addPage(_ page: Int, title: String) {
    guard let url = URLRecord(title), url.isHTTP else { return }
    let origin = url.origin.serialized
    pageOrigins[page] = origin
    if emittedPages.contains(page) { latePageOrigins[page] = origin }
  }

  mutating func add(_ entry: HAREntry) {
    learn(entry)
    if interpreter == nil { decideDialect(atLimit: waiting.count >= HARAssembler.waitingLimit) }
    if interpreter != nil, !mustWait, waiting.isEmpty {
      emit(entry)
      return
    }
    waiting.append(entry)
    drain(isLast: waiting.count > HARAssembler.waitingLimit)
  }

  /// At the end of one HAR; another, by another exporter, may follow in the same input.
  mutating func endDocument() {
    guard !waiting.isEmpty || interpreter != nil || creator != nil else { return }
    decideDialect(atLimit: true)
    drain(isLast: true)
    if let profile = currentProfile() { profiles.append(profile) }
    creator = nil
    browser = nil
    interpreter = nil
    holdsSecrets = false
    wasSanitized = false
    mayLackLines = false
    saidProfile = false
    signs = []
    agentsSeen = 0
    userAgentEngine = nil
    authorizedTargets = []
    frameOrigins = [:]
  }

  /// The whole input's profile, once every document has ended.
  func finalProfile() -> SourceProfile {
    guard var profile = profiles.first else {
      return SourceProfile(kind: .har, format: "HAR by an unknown exporter", recorder: .unknown)
    }
    for other in profiles.dropFirst() {
      if !profile.format.contains(other.format) { profile.format += " + " + other.format }
      if profile.recorder != other.recorder { profile.recorder = .unknown }
      if profile.engine != other.engine { profile.engine = nil }
      profile.marksOutcome = profile.marksOutcome && other.marksOutcome
      profile.recordsPreflights = profile.recordsPreflights && other.recordsPreflights
      profile.isSanitized = profile.isSanitized || other.isSanitized
      profile.isBrowserTraffic = profile.isBrowserTraffic || other.isBrowserTraffic
      profile.blindSpots += other.blindSpots.filter { !profile.blindSpots.contains($0) }
    }
    return profile
  }

  private var mustWait: Bool {
    guard let interpreter else { return true }
    return interpreter.dialect.family == .devTools && interpreter.mayBeSanitized && !wasSanitized
  }

  private mutating func learn(_ entry: HAREntry) {
    signs.formUnion(entry.signs)
    if !holdsSecrets, entry.holdsSecrets { setUnsanitized() }
    if userAgentEngine == nil, agentsSeen < 64, let agent = entry.exchange.request.list.get(.userAgent) {
      agentsSeen += 1
      userAgentEngine = Engine(userAgent: agent)
      if userAgentEngine == .chromium {
        if let version = Engine.majorVersion(of: .chromium, in: agent), version < HARAssembler.sanitizingVersion {
          setUnsanitized()
        }
      }
    }
    if entry.exchange.method == "OPTIONS",
      !holdsSecrets, authorizedTargets.count < 4 * HARAssembler.waitingLimit,
      let announced = entry.exchange.request.list.get(.accessControlRequestHeaders),
      announced.asciiLowercased().contains("authorization")
    {
      authorizedTargets.insert(entry.exchange.url)
      interpreter?.authorizedTargets.insert(entry.exchange.url)
    }
  }

  private mutating func setUnsanitized() {
    holdsSecrets = true
    interpreter?.mayBeSanitized = false
  }

  private mutating func decideDialect(atLimit: Bool) {
    guard interpreter == nil else { return }
    let named = creator.flatMap { HARDialect.named($0.name) }
    // Where the name tells nothing, the entries have to be seen first.
    guard named != nil || atLimit else { return }
    let dialect = named ?? HARDialect.told(by: signs)
    var interpreter = EntryInterpreter(
      dialect: dialect, mayBeSanitized: dialect.family == .devTools && !holdsSecrets)
    interpreter.authorizedTargets = authorizedTargets
    self.interpreter = interpreter
  }

  /// Hands on what has been waiting, once nothing more can be learnt for it; `isLast` where it may wait no longer.
  private mutating func drain(isLast: Bool) {
    guard interpreter != nil, isLast || !mustWait else {
      if isLast {
        decideDialect(atLimit: true)
        if interpreter != nil { drain(isLast: true) }
      }
      return
    }
    if mustWait { wasSanitized = true }
    for entry in waiting { emit(entry) }
    waiting.removeAll()
  }

  private mutating func emit(_ entry: HAREntry) {
    guard let interpreter else { return }
    if !saidProfile, let profile = currentProfile() {
      saidProfile = true
      sink.profile(profile)
    }
    var exchange = interpreter.exchange(entry)
    if let page = entry.pageref {
      exchange.pageOrigin = pageOrigins[page]
      if exchange.pageOrigin == nil { emittedPages.insert(page) }
    }
    if let frame = entry.frame {
      // A frame's own document tells whose requests the next ones are.
      if exchange.kind == .document, let target = exchange.target, target.isHTTP {
        frameOrigins[frame] = target.origin.serialized
      } else if let origin = frameOrigins[frame] {
        exchange.pageOrigin = origin
      }
    }
    if !interpreter.isComplete(entry, exchange) { mayLackLines = true }
    kept += 1
    sink.exchange(exchange, page: entry.pageref)
  }

  private func currentProfile() -> SourceProfile? {
    guard let interpreter else { return nil }
    let dialect = interpreter.dialect
    let name = [creator?.name ?? "", creator?.version ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    var profile = SourceProfile(
      kind: .har, format: name.isEmpty ? "HAR by an unknown exporter" : name, recorder: dialect.recorder,
      engine: dialect.engine)
    profile.marksOutcome = dialect.marksOutcome
    profile.recordsPreflights = dialect.recordsPreflights
    profile.isBrowserTraffic = dialect.isBrowserTraffic
    profile.isSanitized = interpreter.mayBeSanitized && mayLackLines
    profile.blindSpots = dialect.blindSpots
    if profile.isSanitized { profile.blindSpots.append(HARDialect.sanitizedBlindSpot) }
    switch dialect.family {
    case .playwright, .chromeHAR, .webPageTest:
      let told = browser.flatMap { HARAssembler.engine(browser: $0.name) } ?? userAgentEngine
      guard let told else { break }
      profile.engine = told
      profile.recorder = Recorder(told)
    default: break
    }
    return profile
  }

  private static func engine(browser name: String) -> Engine? {
    let name = name.asciiLowercased()
    if name.contains("firefox") { return .firefox }
    if name.contains("webkit") || name.contains("safari") { return .webkit }
    return ["chrom", "edge", "brave", "opera"].contains { name.contains($0) } ? .chromium : nil
  }
}
