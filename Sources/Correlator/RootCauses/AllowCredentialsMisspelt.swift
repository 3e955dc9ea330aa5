import Evidence
import Fetch
import Words

extension RootCause {
  static let allowCredentialsMisspelt = RootCause(
    key: "allow-credentials-misspelt",
    title: "Access-Control-Allow-Credentials is not exactly true",
    meaning: """
      The server means to allow credentials, but writes True, TRUE, 1 or yes, with quotes or as a template. Only true in \
      small letters counts.
      """,
    mending: .missingAllowCredentials,
    signature: { context in
      guard context.reason == .missingAllowCredentials, let value = context.fix.allowCredentials, value != "true",
        value.asciiLowercased() != "false"
      else { return nil }
      return [Fact("access-control-allow-credentials", value, from: context.side)]
    })
}
