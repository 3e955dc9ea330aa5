import Correlator
import Evidence
import Words

/// The answer in one sentence, and what qualifies it.
struct Answer {
  let sentence: Message
  let notes: [Message]

  init(_ findings: Findings) {
    let distinct = findings.problems.count + findings.problemsLeftOut
    var notes: [Message] = []
    if findings.matchesNothing {
      sentence = "Nothing matches: no request of this time, origin and endpoint was judged."
    } else if findings.requests == 0 {
      let read = findings.sources.reduce(0) { $0 + $1.read }
      let count = Moments.count(read, "request")
      if read == 0 {
        sentence = "Nothing was judged: the input holds no requests."
      } else if findings.sources.contains(where: { $0.kind == .log }) {
        sentence = "Nothing to judge: none of the \(count) read shows that CORS applied to it."
        notes.append(
          """
          Same-origin requests, page loads and plain images or scripts are not subject to CORS. Where a log has no Origin, a \
          request that was, and needed no preflight, looks like them: it may have failed unseen.
          """)
      } else {
        sentence = "Nothing to judge: none of the \(count) read was cross-origin under CORS."
        notes.append(
          """
          Same-origin requests, page loads and plain images or scripts are not subject to CORS; if something failed, it \
          failed for another reason.
          """)
      }
    } else if findings.blocked == 0 {
      sentence = Answer.nothingBlocked(findings)
    } else {
      sentence = Answer.blocked(findings, distinct)
      if findings.undetermined > 0 {
        let count = Moments.count(findings.undetermined)
        notes.append(
          findings.undetermined == 1
            ? "\(count) more is undetermined: the recording does not tell."
            : "\(count) more are undetermined: the recording does not tell.")
      }
    }
    if findings.blockedOtherwise > 0, findings.blocked > 0 {
      let count = Moments.count(findings.blockedOtherwise)
      notes.append(
        findings.blockedOtherwise == 1
          ? "\(count) more was blocked for another reason." : "\(count) more were blocked for other reasons.")
    }
    self.notes = notes
  }

  private static func nothingBlocked(_ findings: Findings) -> Message {
    if findings.blockedOtherwise > 0 {
      let judged = Moments.count(findings.requests, "cross-origin request")
      return findings.blockedOtherwise == 1
        ? "None of \(judged) was blocked for this reason, \(1) for another."
        : "None of \(judged) was blocked for this reason, \(Moments.count(findings.blockedOtherwise)) for others."
    }
    if findings.undetermined > 0 {
      let judged = Moments.count(findings.requests, "cross-origin request")
      return """
        No failure was found among \(judged): \(Moments.count(findings.allowed)) allowed, \
        \(Moments.count(findings.undetermined)) could not be decided.
        """
    }
    if findings.requests == 1 { return "Nothing was blocked: the one cross-origin request judged was allowed." }
    return "Nothing was blocked: all \(Moments.count(findings.requests)) cross-origin requests judged were allowed."
  }

  private static func blocked(_ findings: Findings, _ distinct: Int) -> Message {
    let blocked = share(findings)
    guard distinct > 0 else { return "\(blocked)." }
    let by: Message =
      distinct == 1 ? "\(blocked), by one problem" : "\(blocked), by \(Moments.count(distinct)) distinct problems"
    guard let first = findings.problems.first, findings.blocked > 1 else { return "\(by)." }
    if distinct == 1 { return "\(by); fix it and all of them go away." }
    return first.failures == 1
      ? "\(by); fix the first and \(1) goes away."
      : "\(by); fix the first and \(Moments.count(first.failures)) go away."
  }

  /// `3 of 5 cross-origin requests were blocked`.
  static func share(_ findings: Findings) -> Message {
    let all = Moments.count(findings.requests, "cross-origin request")
    return findings.blocked == 1
      ? "\(1) of \(all) was blocked" : "\(Moments.count(findings.blocked)) of \(all) were blocked"
  }

  /// `2026-11-24T07:49:33Z to 2026-11-24T08:10:00Z (20 min)`.
  static func period(_ first: Int64?, _ last: Int64?) -> Message? {
    guard let first, let last else { return (first ?? last).map { "\(Moments.iso($0))" } }
    // Recorded times may lie anywhere: a wrapped difference is no duration.
    let (length, overflow) = last.subtractingReportingOverflow(first)
    if overflow || length < 1_000_000 { return "\(Moments.iso(first))" }
    return "\(Moments.iso(first)) to \(Moments.iso(last)) (\(Moments.duration(length)))"
  }
}
