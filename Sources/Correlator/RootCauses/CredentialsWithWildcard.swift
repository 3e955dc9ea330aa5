import Evidence
import Fetch
import Words

extension RootCause {
  static let credentialsWithWildcard = RootCause(
    key: "credentials-with-wildcard",
    title: "* together with credentials",
    meaning: """
      The server is open to everybody with *, and the page asks with credentials. The two never go together, whatever \
      Access-Control-Allow-Credentials says.
      """,
    mending: .notSupportingCredentials,
    signature: { context in
      guard context.reason == .notSupportingCredentials else { return nil }
      let fields = [context.fact(.accessControlAllowOrigin), context.fact(.accessControlAllowCredentials)]
      return fields.compactMap { $0 }
    })
}
