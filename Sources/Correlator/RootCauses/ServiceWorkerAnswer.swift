import Evidence
import Words

extension RootCause {
  static let serviceWorkerAnswer = RootCause(
    key: "service-worker",
    title: "A service worker answered",
    meaning: """
      The page's service worker answered instead of the server. Such answers are not checked by CORS, but an opaque one \
      (from a fetch with no-cors, or an old cache) and an error are refused to the page all the same.
      """,
    signature: { context in
      guard context.decision != .allowed else { return nil }
      // The inference is a fact of the ruling already.
      if context.isLeftToWorker { return [] }
      guard context.request?.servedByServiceWorker == true else { return nil }
      return [Fact("answered by", "a service worker", from: "exporter")]
    },
    fix: { context in
      """
      In the service worker of \(context.fix.originName), fetch \
      \(FixContext.quoted(FixContext.address(context.fix.url))) with mode cors and do not hand opaque or failed \
      answers to the page.
      """
    })
}
