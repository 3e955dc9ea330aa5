import Correlator
import Words

/// The answer in one sentence, and what share of the requests fails.
struct AnswerHeader {
  private let findings: Findings
  private let answer: Answer

  /// In terms of faults where they are known: the few things behind all failures, not each place where they show.
  let sentence: Message

  init(_ findings: Findings) {
    self.findings = findings
    answer = Answer(findings)
    sentence = AnswerHeader.sentence(findings) ?? answer.sentence
  }

  private static func sentence(_ findings: Findings) -> Message? {
    guard let overview = findings.overview, let first = overview.faults.first, findings.blocked > 1 else { return nil }
    let faults = overview.faults.count + overview.faultsLeftOut
    let blocked = Answer.share(findings)
    if faults == 1 { return "\(blocked), by one problem: mend it and all of them go away." }
    let by: Message = "\(blocked), by \(Moments.count(faults)) problems"
    return first.failures == 1
      ? "\(by): mend the first and \(1) goes away."
      : "\(by): mend the first and \(Moments.count(first.failures)) go away."
  }

  func write(into html: inout HTML) {
    html.element(.header) { html in
      html.element(.p, [.class("kicker")], say: "CORS report")
      html.element(.h1, say: sentence)
      for note in answer.notes { html.element(.p, say: note) }
      if let period = Answer.period(findings.firstSeen, findings.lastSeen) {
        html.element(.p, [.class("quiet")], say: period)
      }
      if findings.requests > 0 { share(into: &html) }
    }
  }

  private func share(into html: inout HTML) {
    let parts: [(decision: Verdict.Decision, count: Int)] = [
      (.blocked, findings.blocked), (.undetermined, findings.undetermined), (.allowed, findings.allowed),
    ]
    // With a filter by reason the failures are narrowed and the requests are not.
    let total = max(findings.requests, parts.reduce(0) { $0 + $1.count })
    let said = parts.filter { $0.count > 0 }.map { "\(Moments.count($0.count)) \($0.decision.word)" as Message }
      .joined(separator: ", ")
    let label: Message = "Of \(Moments.count(total, "request")): \(said)"
    Bars.chart(label: label, height: 10, class: "share", into: &html) { html in
      var x = 0
      for (decision, count) in parts where count > 0 {
        let width = max(4, Bars.width(count, of: total))
        Bars.rect(x: x, y: 0, width: min(width, Bars.span - x), height: 10, class: decision.rawValue, into: &html)
        x += width
      }
    }
    html.element(.ul, [.class("legend")]) { html in
      for (decision, count) in parts where count > 0 {
        html.element(.li) { html in
          Bars.swatch(decision.rawValue, into: &html)
          html.element(.strong, Bars.percent(count, of: total))
          html.say(" \(decision.word), \(Moments.count(count))")
        }
      }
    }
  }
}
