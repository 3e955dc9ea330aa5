import Words

extension RootCause {
  static let aborted = RootCause(
    key: "aborted",
    title: "The page or the user gave up",
    meaning: """
      The request was cancelled before its answer was complete: a navigation, a closed tab, an AbortController, a time-out \
      of the page itself. That looks like a failure to the script, and is none of CORS.
      """,
    signature: { context in
      guard context.decision != .allowed, !context.leavesTLS else { return nil }
      // The status is a fact of the ruling already.
      if context.decision == .undetermined, context.status == 499 { return [] }
      return context.failure(
        naming: ["err_aborted", "ns_binding_aborted", "ns_error_abort", "client disconnected"],
        exactly: ["cancelled", "canceled"])
    },
    fix: { context in
      """
      Nothing to change for CORS: the page or the user cancelled \(context.fix.methodName) before the answer was \
      there; look at why it took too long, or was not wanted any more.
      """
    })
}
