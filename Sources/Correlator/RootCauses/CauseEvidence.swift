import Evidence
import Fetch

/// What the signatures read from a context.
extension CauseContext {
  /// The exporter's own words for the failure: of the exchange that decided, else of the request.
  var failureText: String? {
    // Asked by every signature: no exchange is copied for it.
    if case .failed(let text)? = deciding?.outcome, !text.isEmpty { return text }
    if case .failed(let text)? = request?.outcome, !text.isEmpty { return text }
    return fix.transportError
  }

  var status: Int? { deciding?.status ?? fix.status }

  var inPreflight: Bool { phase == .preflight || fix.inPreflight }

  /// Whether the deciding answer is known to lack `Access-Control-Allow-Origin`, or is blocked for lacking it.
  var lacksAllowOrigin: Bool { reason == .missingAllowOrigin }

  /// Whether an answer's status and lost headers may be the whole story: blocked for lacking the origin, or not decided.
  var isBareAnswer: Bool {
    guard decision != .allowed, let answer = deciding?.response else { return false }
    return lacksAllowOrigin || reason == nil && answer.value(.accessControlAllowOrigin) == nil
  }

  /// Whether a preflight's status may be the whole story.
  var isRefusedPreflight: Bool {
    guard decision != .allowed, inPreflight else { return false }
    switch reason {
    case nil, .missingAllowOrigin, .preflightDidNotSucceed, .externalRedirectNotAllowed: return true
    default: return false
    }
  }

  /// Whether the reason is that no answer came.
  var gotNoAnswer: Bool { decision != .allowed && (reason == .didNotSucceed || reason == nil) }

  /// Where a field of the deciding answer comes from.
  var side: String { EvidenceList.side(isPreflight: inPreflight).field }

  func answer(_ field: KnownField) -> String? { deciding?.response.value(field) }

  /// The field as a fact, where it was sent.
  func fact(_ field: KnownField) -> Fact? { answer(field).map { Fact(field.name, $0, from: side) } }

  var statusFact: [Fact] {
    status.map { [Fact("status", String($0), from: EvidenceList.side(isPreflight: inPreflight).status)] } ?? []
  }

  /// The failure's words as a fact, where they hold one of these, or are one of those, whatever their case.
  func failure(naming words: [String], exactly whole: [String] = []) -> [Fact]? {
    // The mark of every refusal by CORS names no cause; most failures carry it.
    guard let text = failureText, text != "net::ERR_FAILED" else { return nil }
    let small = text.asciiLowercased()
    guard whole.contains(small) || words.contains(where: { small.holds($0) }) else { return nil }
    return [Fact("failure", text, from: "exporter")]
  }

  /// `Location` resolved against the request.
  var redirectTarget: URLRecord? {
    guard let status, Redirect.isRedirectStatus(status) else { return nil }
    guard let location = answer(.location) ?? fix.location, !location.trimmingHTTPWhitespace().isEmpty else {
      return nil
    }
    if let base = deciding?.target ?? URLRecord(fix.url) { return URLRecord(location, relativeTo: base) }
    return URLRecord(location)
  }
}

extension CauseContext {
  /// A field of the deciding answer by its name in lower case, known or not, as facts.
  func recordedField(_ name: String) -> [Fact] {
    guard let fields = deciding?.response.list.fields else { return [] }
    return fields.filter { $0.name.asciiLowercased() == name }.prefix(1).map { Fact(name, $0.value, from: side) }
  }
}

extension String {
  /// Whether the other text's bytes occur in this one's: unlike `contains`, without a look at characters.
  func holds(_ other: String) -> Bool {
    let wanted = other.utf8
    guard let first = wanted.first, wanted.count <= utf8.count else { return wanted.isEmpty }
    var rest = utf8[...]
    while let place = rest.firstIndex(of: first) {
      rest = rest[place...]
      if rest.starts(with: wanted) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
