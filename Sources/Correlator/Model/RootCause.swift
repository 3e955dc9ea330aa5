package import Evidence
package import Words

/// The cause behind the browser's reason: one file each in `RootCauses/`, found by its signature in the exchange.
package struct RootCause: Sendable {
  /// Stable, kebab-case.
  package let key: String
  package let title: Message
  /// One paragraph: what happened, and why the browser's words do not say so.
  package let meaning: Message
  /// The reason whose remedy and configuration mend it; `nil` where no server's configuration does.
  let mending: ReasonKey?
  /// The facts that show it; `nil` where it does not apply.
  package let signature: @Sendable (CauseContext) -> [Fact]?
  /// One sentence that replaces the reason's own fix; `nil` keeps that one.
  package let fix: (@Sendable (CauseContext) -> Message?)?

  package init(
    key: String, title: Message, meaning: Message, mending: ReasonKey? = nil,
    signature: @escaping @Sendable (CauseContext) -> [Fact]?,
    fix: (@Sendable (CauseContext) -> Message?)? = nil
  ) {
    self.key = key
    self.title = title
    self.meaning = meaning
    self.mending = mending
    self.signature = signature
    self.fix = fix
  }
}

extension RootCause {
  /// The reason as whose remedy says what to change, and its configuration how; `nil` where no server's does.
  package var mended: Reason? { mending.flatMap(Reason.of) }
}

/// What a root cause's signature looks at: the decision, and the exchange that decided.
package struct CauseContext: Sendable {
  package var decision: Verdict.Decision
  package var reason: ReasonKey?
  package var phase: Verdict.Phase?
  package var fix: FixContext
  /// The exchange that decided: the preflight, or the request itself.
  package var deciding: Exchange?
  /// The request, where it was recorded.
  package var request: Exchange?
  /// Whether another answer of the same endpoint carried `Access-Control-Allow-Origin`.
  package var endpointHasAllowOriginElsewhere: Bool
  /// Whether the page's service worker may have taken the request on, and given no answer.
  package var isLeftToWorker: Bool
  /// Whether the request is known to have been redirected as often as browsers follow.
  package var isOneTooMany: Bool
  /// The directive of its page's policy that forbids the request, or where it was redirected to.
  package var forbiddingDirective: String?

  package init(
    decision: Verdict.Decision, reason: ReasonKey?, phase: Verdict.Phase?, fix: FixContext, deciding: Exchange?,
    request: Exchange?, endpointHasAllowOriginElsewhere: Bool, isLeftToWorker: Bool = false,
    isOneTooMany: Bool = false, forbiddingDirective: String? = nil
  ) {
    self.decision = decision
    self.reason = reason
    self.phase = phase
    self.fix = fix
    self.deciding = deciding
    self.request = request
    self.endpointHasAllowOriginElsewhere = endpointHasAllowOriginElsewhere
    self.isLeftToWorker = isLeftToWorker
    self.isOneTooMany = isOneTooMany
    self.forbiddingDirective = forbiddingDirective
  }
}
