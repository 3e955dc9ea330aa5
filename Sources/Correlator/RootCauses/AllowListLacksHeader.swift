import Evidence
import Words

extension RootCause {
  static let allowListLacksHeader = RootCause(
    key: "allow-list-lacks-header",
    title: "The allow-list lacks a header",
    meaning: """
      The server's list of request headers is there, and lacks one that the page sends: often a new one (a trace id, a \
      client version) that the front end began to send, or content-type for JSON.
      """,
    mending: .missingAllowHeaderFromPreflight,
    signature: { context in
      guard context.reason == .missingAllowHeaderFromPreflight, !context.fix.missingHeaders.isEmpty else { return nil }
      let missing = context.fix.missingHeaders.map { Fact("missing header", $0, from: "preflight request") }
      let list = context.fix.allowHeaders ?? "(absent)"
      return missing + [Fact("access-control-allow-headers", list, from: "preflight response")]
    })
}
