import Words

extension RootCause {
  static let crossOriginResourcePolicy = RootCause(
    key: "cross-origin-resource-policy",
    title: "Cross-Origin-Resource-Policy forbids embedding",
    meaning: """
      The answer, or the embedding page's Cross-Origin-Embedder-Policy, restricts who may embed the resource. It concerns \
      loads without CORS, and is set by another field than those of CORS.
      """,
    signature: { context in
      guard context.decision != .allowed else { return nil }
      return context.failure(
        naming: ["err_blocked_by_response", "cross-origin-resource-policy", "ns_error_dom_corp_failed"],
        exactly: ["coep", "corp"])
    },
    fix: { context in
      """
      On \(context.fix.place), send Cross-Origin-Resource-Policy: cross-origin (or same-site) with this resource, or \
      load it with the attribute crossorigin and CORS headers.
      """
    })
}
