import Evidence
import Fetch
import Words

extension RootCause {
  static let payloadTooLarge = RootCause(
    key: "payload-too-large",
    title: "The upload was too large",
    meaning: """
      A proxy in front of the application refused the body with 413 before the application, which adds the CORS headers, \
      ever saw it. Small uploads work, large ones look like CORS errors.
      """,
    mending: .missingAllowOrigin,
    signature: { context in
      guard context.isBareAnswer, context.status == 413 else { return nil }
      let length = context.request?.request.value(.contentLength)
      return context.statusFact + (length.map { [Fact("content-length", $0, from: "request header")] } ?? [])
    },
    fix: { context in
      """
      On \(context.fix.place), raise the limit for request bodies (nginx: client_max_body_size; IIS: \
      maxAllowedContentLength), and send \(context.fix.allowOriginLine) with the proxy's own error pages too.
      """
    })
}
