import Correlator

/// The answer in one sentence, and what qualifies it.
struct Answer {
  let sentence: String
  let notes: [String]

  init(_ findings: Findings) {
    let distinct = findings.problems.count + findings.problemsLeftOut
    var notes: [String] = []
    if findings.requests == 0 {
      let read = findings.sources.reduce(0) { $0 + $1.read }
      sentence =
        read == 0
        ? "Nothing was judged: the input holds no requests."
        : "Nothing to judge: none of the \(Moments.count(read, "request")) read was cross-origin under CORS."
      if read > 0 {
        notes.append(
          "Same-origin requests, page loads and plain images or scripts are not subject to CORS; if something failed, it "
            + "failed for another reason.")
      }
    } else if findings.blocked == 0 {
      let judged = Moments.count(findings.requests, "cross-origin request")
      sentence =
        findings.undetermined == 0
        ? "Nothing was blocked: \(findings.requests == 1 ? "the one" : "all \(Moments.count(findings.requests))") "
          + "cross-origin request\(findings.requests == 1 ? "" : "s") judged \(findings.requests == 1 ? "was" : "were") allowed."
        : "No failure was found among \(judged): \(Moments.count(findings.allowed)) allowed, "
          + "\(Moments.count(findings.undetermined)) could not be decided."
    } else {
      sentence = Answer.blocked(findings, distinct)
      if findings.undetermined > 0 {
        let verb = findings.undetermined == 1 ? "is" : "are"
        notes.append(
          "\(Moments.count(findings.undetermined)) more \(verb) undetermined: the recording does not tell.")
      }
    }
    self.notes = notes
  }

  private static func blocked(_ findings: Findings, _ distinct: Int) -> String {
    let was = findings.blocked == 1 ? "was" : "were"
    var text =
      "\(Moments.count(findings.blocked)) of \(Moments.count(findings.requests, "cross-origin request")) \(was) blocked"
    guard distinct > 0 else { return text + "." }
    text += ", by \(distinct == 1 ? "one problem" : "\(Moments.count(distinct)) distinct problems")"
    guard let first = findings.problems.first, findings.blocked > 1 else { return text + "." }
    if distinct == 1 { return text + "; fix it and all of them go away." }
    let verb = first.failures == 1 ? "goes" : "go"
    return text + "; fix the first and \(Moments.count(first.failures)) \(verb) away."
  }

  /// `2026-11-24T07:49:33Z to 2026-11-24T08:10:00Z (20 min)`.
  static func period(_ first: Int64?, _ last: Int64?) -> String? {
    guard let first, let last else { return (first ?? last).map(Moments.iso) }
    // Recorded times may lie anywhere: a wrapped difference is no duration.
    let (length, overflow) = last.subtractingReportingOverflow(first)
    if overflow || length < 1_000_000 { return Moments.iso(first) }
    return "\(Moments.iso(first)) to \(Moments.iso(last)) (\(Moments.duration(length)))"
  }
}
