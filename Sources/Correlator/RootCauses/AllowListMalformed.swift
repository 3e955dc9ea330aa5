import Evidence
import Words

extension RootCause {
  static let allowListMalformed = RootCause(
    key: "allow-list-malformed",
    title: "A list was printed by a program, not written as a header",
    meaning: """
      The value shows how it was made: brackets or quotes of a language's own list, semicolons or spaces for commas. One \
      such item makes the whole preflight fail.
      """,
    mending: .invalidAllowHeader,
    signature: { context in
      let value: String?
      let name: String
      switch context.reason {
      case .invalidAllowMethod: (name, value) = ("access-control-allow-methods", context.fix.allowMethods)
      case .invalidAllowHeader: (name, value) = ("access-control-allow-headers", context.fix.allowHeaders)
      default: return nil
      }
      guard let value, let item = CommaList(value).malformed else { return nil }
      return [
        Fact(name, value, from: "preflight response"), Fact("malformed item", item, from: "preflight response"),
      ]
    })
}
