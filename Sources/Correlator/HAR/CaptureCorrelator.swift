package import Evidence
import Fetch

/// Judges the requests of a capture whose recorder saw the client: a HAR.
///
/// Entries are taken in file order and judged in overlapping stretches, so that memory is bounded by the stretch and not by the
/// file; a preflight and its request are written next to each other, never thousands of entries apart.
package struct CaptureCorrelator {
  package enum Output {
    case verdict(Verdict)
    case preflight(PreflightRecord)
  }

  /// Entries that are judged together, and how many of them the next stretch sees again.
  static let stretch = 10_240
  static let overlap = 512

  private var waiting: [Exchange] = []
  private var pages: [Int?] = []
  /// How many of `waiting` were judged with the stretch before, and are here as neighbours only.
  private var judged = 0
  private var credentials = CredentialsReader()
  private var facts = CaptureFacts()

  package init() {}

  /// Takes the next entry; `profile` is what is known of the capture so far.
  ///
  /// - Parameter page: A number for the entry's page, where the capture may describe it only later.
  package mutating func add<Failure>(
    _ exchange: Exchange, page: Int? = nil, profile: SourceProfile, into sink: (Output) throws(Failure) -> Void
  ) throws(Failure) {
    credentials.note(exchange)
    waiting.append(exchange)
    pages.append(exchange.pageOrigin == nil ? page : nil)
    if waiting.count >= CaptureCorrelator.stretch + judged {
      try judge(upTo: waiting.count - CaptureCorrelator.overlap, profile: profile, into: sink)
      let kept = max(0, waiting.count - 2 * CaptureCorrelator.overlap)
      judged = waiting.count - CaptureCorrelator.overlap - kept
      waiting.removeFirst(kept)
      pages.removeFirst(kept)
    }
  }

  /// Judges what is left.
  ///
  /// - Parameter pageOrigins: By the number that `add` was given: origins of pages that the capture described late.
  package mutating func finish<Failure>(
    profile: SourceProfile, pageOrigins: [Int: String] = [:], into sink: (Output) throws(Failure) -> Void
  ) throws(Failure) {
    for (index, page) in pages.enumerated() {
      if let page, let origin = pageOrigins[page] { waiting[index].pageOrigin = origin }
    }
    try judge(upTo: waiting.count, profile: profile, into: sink)
    waiting = []
    pages = []
    judged = 0
  }

  private mutating func judge<Failure>(
    upTo end: Int, profile: SourceProfile, into sink: (Output) throws(Failure) -> Void
  ) throws(Failure) {
    guard judged < end else { return }
    let capture = Capture(waiting, profile: profile, credentials: credentials)
    facts.note(capture)
    for index in judged..<end {
      if capture.isPreflight[index] {
        var ruling: Ruling?
        if let scene = capture.announcedScene(of: index, facts: facts) {
          let announced = Judge.rule(on: scene)
          ruling = announced
          try sink(.verdict(verdict(for: scene, announced, capture)))
        }
        try sink(.preflight(record(of: index, announced: ruling, capture)))
      } else if let scene = capture.scene(of: index, facts: facts) {
        try sink(.verdict(verdict(for: scene, Judge.rule(on: scene), capture)))
      }
    }
  }

  private func verdict(for scene: Scene, _ ruling: Ruling, _ capture: Capture) -> Verdict {
    let exchange = scene.request ?? scene.preflight
    let endpoint = exchange?.foldedEndpoint ?? ""
    return VerdictBuilder.verdict(
      for: scene, ruling, endpoint: endpoint,
      hasAllowOriginElsewhere: capture.endpointsWithAllowOrigin.contains(endpoint))
  }

  private func record(of index: Int, announced: Ruling?, _ capture: Capture) -> PreflightRecord {
    let preflight = capture.exchanges[index]
    var record = PreflightRecord(preflight: preflight, outcome: .undetermined)
    if let pair = capture.pairing.pairs[index] {
      let request = capture.exchanges[pair.request]
      record.pairedBy = pair.basis
      record.confidence = pair.confidence
      if let begun = request.startedAt, let asked = preflight.startedAt {
        record.gap = begun - (asked + (preflight.duration ?? 0))
      }
      record.followUp = request.locator
      let held = !request.wasAnswered && request.delivery != .sent && request.failureMark != .aborted
      record.outcome = request.isPending ? .undetermined : held ? .refused : .followed
      record.covers = capture.pairing.covers[index] ?? 0
    } else if let announced {
      record.outcome =
        switch announced.decision {
        case .blocked: .refused
        case .allowed: .abandoned
        case .undetermined: .undetermined
        }
    }
    return record
  }
}

extension PreflightRecord {
  /// The preflight's own facts, before anything is known of what followed.
  package init(preflight: Exchange, outcome: Outcome) {
    self.init(preflight: preflight.locator, url: preflight.url, outcome: outcome)
    origin = preflight.request.value(.origin)
    requestedMethod = preflight.request.value(.accessControlRequestMethod)
    requestedHeaders = preflight.request.value(.accessControlRequestHeaders)
    status = preflight.status
    startedAt = preflight.startedAt
    client = preflight.client
  }
}
