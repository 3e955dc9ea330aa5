import Correlator
import Evidence
import Fetch

/// What lines of one kind have in common, as the store keeps it: a row of `line_kind`, and what every line's rows repeat.
final class LineRuling {
  /// Who asked whom by what method, as rows of `text`: a subject, but for its endpoint.
  struct Names {
    var origin: Int64?
    var targetOrigin: Int64?
    var method: Int64
  }

  /// Whether lines that look alike but for their target may be of another kind.
  let looksAtTarget: Bool
  let names: Names
  /// What is said of each request as soon as it is read; `nil` where only pairing tells, and for a line that is nothing to CORS.
  var said: Said?
  /// The row of `line_kind`, and what the pairing is told; `nil` for lines that do not pair.
  var item: (kind: Int64, pairing: PairingKind)?

  init(names: Names, looksAtTarget: Bool) {
    self.names = names
    self.looksAtTarget = looksAtTarget
  }
}

/// The rows of what was said last: the same verdict is that of many kinds of lines.
final class SaidTemplates {
  private static let remembered = 4_000

  /// The template stands with what is said: its identity is nobody else's as long as it is there.
  private var known: [ObjectIdentifier: (template: VerdictTemplate, said: Said)] = [:]

  func said(_ template: VerdictTemplate, make: () throws(StoreError) -> Said) throws(StoreError) -> Said {
    if let known = known[ObjectIdentifier(template)] { return known.said }
    if known.count >= SaidTemplates.remembered { known = [:] }
    let said = try make()
    known[ObjectIdentifier(template)] = (template, said)
    return said
  }
}

/// The bits of `line_kind.flags`.
enum LineKindFlag {
  static let preflight: Int64 = 1
  /// A request that gets its verdict only with a preflight: nothing else shows that it ran under CORS.
  static let possible: Int64 = 2
  static let safelisted: Int64 = 4
  /// A preflight or a request that passes without credentials alone: that it did shows that none were included.
  static let refusesCredentials: Int64 = 8
  /// Whether the user agent was recorded.
  static let namesAgent: Int64 = 16
  /// A preflight that was refused for sure.
  static let refused: Int64 = 32
  /// How far to the left the bits of the `PairingManner` stand.
  static let mannerShift: Int64 = 8
}

extension Import {
  /// Puts down what a judgement says of all lines of a kind.
  func ruling(_ judged: LogJudge.Judged, on exchange: Exchange, of subject: LogSubject) throws(StoreError) -> LineRuling
  {
    let words = writer.dictionaries
    let names = LineRuling.Names(
      origin: try words.id(subject.origin), targetOrigin: try words.id(subject.targetOrigin),
      method: try words.id(subject.method))
    let ruling = LineRuling(names: names, looksAtTarget: LogJudge.looksAtTarget(exchange))
    var flags: Int64 = 0
    var role = PairingItem.Role.request
    var (own, other): (Said?, Said?)
    var announced = Announced()
    switch judged {
    case .none: return ruling
    case .refused(let template):
      flags = LineKindFlag.preflight | LineKindFlag.refused
      own = try said(template)
      announced = try self.announced(exchange)
      role = .refused
    case .preflight(let alone, let inDoubt, let refusesCredentials):
      role = .preflight
      flags = LineKindFlag.preflight | (refusesCredentials ? LineKindFlag.refusesCredentials : 0)
      own = try said(alone)
      other = try inDoubt.map { (template) throws(StoreError) in try said(template) }
      announced = try self.announced(exchange)
    case .possible(let template):
      flags = LineKindFlag.possible
      own = try said(template)
    case .request(let asRecorded, let withoutCredentials, let refusesCredentials):
      flags = refusesCredentials ? LineKindFlag.refusesCredentials : 0
      ruling.said = try said(asRecorded)
      own = ruling.said
      other = try withoutCredentials.map { (template) throws(StoreError) in try said(template) }
    }
    let pairing = PairingKind(
      exchange, subject, role, refusesCredentials: flags & LineKindFlag.refusesCredentials != 0)
    if pairing.isSafelisted { flags |= LineKindFlag.safelisted }
    if pairing.namesAgent { flags |= LineKindFlag.namesAgent }
    flags |= Int64(pairing.manner.rawValue) << LineKindFlag.mannerShift
    let kind = try words.kind(
      [
        .int(flags), .int(Int64(pairing.method)), .int(Int64(bitPattern: pairing.origin)), .int(pairing.lifetime),
        .int(Int64(pairing.server.host)), .int(Int64(pairing.server.port)),
        Cell(own?.decision), Cell(own?.judgement), Cell(own?.evidence), Cell(own?.fix),
        Cell(other?.decision), Cell(other?.judgement), Cell(other?.evidence), Cell(other?.fix),
        Cell(announced.origin), Cell(announced.method), Cell(announced.headers),
      ])
    ruling.item = (kind, pairing)
    return ruling
  }

  private func said(_ template: VerdictTemplate) throws(StoreError) -> Said {
    try templates.said(template) { () throws(StoreError) in try writer.dictionaries.said(template.verdict) }
  }

  private func announced(_ preflight: Exchange) throws(StoreError) -> Announced {
    let (request, words) = (preflight.request, writer.dictionaries)
    return Announced(
      origin: try words.id(request.value(.origin)), method: request.value(.accessControlRequestMethod),
      headers: try words.id(request.value(.accessControlRequestHeaders)))
  }
}
