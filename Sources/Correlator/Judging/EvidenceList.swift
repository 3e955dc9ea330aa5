import Evidence
import Fetch

/// Puts together what a verdict rests on: what was recorded, then what was inferred.
enum EvidenceList {
  static func of(_ scene: Scene, _ ruling: Ruling) -> [Fact] {
    var facts: [Fact] = []
    if let fact = scene.originFact { facts.append(fact) }
    if ruling.decision != .allowed, let deciding = scene.deciding(ruling) {
      facts += recorded(in: deciding, isPreflight: scene.preflightDecided(ruling), of: scene)
      if let text = (scene.request ?? deciding).failureText, !text.isEmpty {
        facts.append(Fact("failure", text, from: "exporter"))
      }
    }
    if scene.progress == .heldBack, ruling.phase == .preflight {
      facts.append(Fact("request", "held back after its preflight was answered", from: "exporter"))
    }
    if let grant = scene.grant {
      let source = "inference: entry \(grant.locator.entry)"
      facts.append(Fact("preflight", "none of its own: an earlier one let it through", from: source))
    }
    if scene.pairing < 0.9, scene.preflight != nil, scene.request != nil {
      facts.append(Fact("preflight", "paired by time: others fit as well", from: "inference"))
    }
    facts += ruling.facts.filter { fact in !facts.contains { $0.fact == fact.fact && $0.value == fact.value } }
    return facts
  }

  /// Where a field of an answer, and its status, come from.
  static func side(isPreflight: Bool) -> (field: String, status: String) {
    isPreflight ? ("preflight response", "preflight response") : ("response header", "response")
  }

  /// The fields that the checks looked at, absent ones named so.
  private static func recorded(in exchange: Exchange, isPreflight: Bool, of scene: Scene) -> [Fact] {
    guard let status = exchange.status else { return [] }
    let side = side(isPreflight: isPreflight)
    var facts = [Fact("status", String(status), from: side.status)]
    var fields: [KnownField] = [.accessControlAllowOrigin, .accessControlAllowCredentials]
    if isPreflight {
      for field in [KnownField.accessControlRequestMethod, .accessControlRequestHeaders] {
        if let value = exchange.request.value(field) {
          facts.append(Fact(field.name, value, from: "preflight request"))
        }
      }
      fields += [.accessControlAllowMethods, .accessControlAllowHeaders]
    }
    for field in fields {
      let lines = exchange.response.list.values(field)
      if lines.isEmpty {
        if exchange.response.covers(field) { facts.append(Fact(field.name, "(absent)", from: side.field)) }
      } else {
        for line in lines {
          // In a log the words are those of all lines of a kind: their own origins are in columns.
          let isOrigin = scene.profile.kind == .log && line == (scene.origin ?? "")
          facts.append(Fact(field.name, isOrigin ? "the request's origin" : String(line), from: side.field))
        }
      }
    }
    if let location = exchange.response.value(.location) { facts.append(Fact("location", location, from: side.field)) }
    return facts
  }
}
